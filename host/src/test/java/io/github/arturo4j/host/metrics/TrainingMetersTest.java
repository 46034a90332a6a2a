// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.run.Diagnosis;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.JudgingSet;
import io.github.arturo4j.host.run.Scores;
import io.github.arturo4j.host.run.TrainingPosition;
import io.github.arturo4j.host.train.EpochResult;
import io.github.arturo4j.host.train.TrainingStart;
import io.github.arturo4j.kernels.optimizer.StepReport;
import io.github.arturo4j.models.metric.Accuracy;
import io.github.arturo4j.models.metric.Rmse;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TrainingMetersTest {
  /** Names as docs/metrics.md has them, with Prometheus' types, and values in base units. */
  @Test
  void everyMeterHasAConventionalName() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    TrainingMeters meters = new TrainingMeters(List.of(new Accuracy(), new Rmse()), JudgingSet.test, null);
    meters.bindTo(registry);
    meters.started(new TrainingStart(null, TrainingPosition.START, 1, false, null, 4096));
    meters.epochStarted(3, 1);
    meters.stepDone(1, 0.5, 100);
    Scores test = new Scores(1.25, new TreeMap<>(Map.of("accuracy", 0.625, "rmse", 0.5)));
    EpochRow row = new EpochRow(3, 0.1, new Scores(0.75, new TreeMap<>()), test, 1, 2, 3, 0.25, 0.0625, 0.125, 7, JudgingSet.test);
    StepReport step = new StepReport(0.5, 0.25, 0.0625, 0.375, 0.875, 0.125, 7);
    Diagnosis.Quantiles rates = new Diagnosis.Quantiles(1, 2, 3);
    Diagnosis.Quantiles curvatures = new Diagnosis.Quantiles(4, 5, 6);
    List<Diagnosis> diagnoses =
        List.of(
            new Diagnosis(3, "few", 1, StepReport.NONE, curvatures, rates), new Diagnosis(3, "many", 9, step, rates, curvatures));
    meters.epochDone(new EpochResult(row, null, new float[0], diagnoses));
    assertThat(registry.scrape().lines().filter(line -> !line.startsWith("# HELP")))
        .containsExactlyInAnyOrder(
            "# TYPE arturo_step_seconds summary",
            "arturo_step_seconds_count 1",
            "arturo_step_seconds_sum 0.5",
            "# TYPE arturo_step_seconds_max gauge",
            "arturo_step_seconds_max 0.5",
            "# TYPE arturo_images_total counter",
            "arturo_images_total 100.0",
            "# TYPE arturo_images_per_second gauge",
            "arturo_images_per_second 200.0",
            "# TYPE arturo_epochs_total counter",
            "arturo_epochs_total 3.0",
            "# TYPE arturo_train_loss_nats gauge",
            "arturo_train_loss_nats 0.75",
            "# TYPE arturo_test_loss_nats gauge",
            "arturo_test_loss_nats 1.25",
            "# TYPE arturo_test_accuracy_ratio gauge",
            "arturo_test_accuracy_ratio 0.625",
            "# TYPE arturo_test_rmse gauge",
            "arturo_test_rmse 0.5",
            "# TYPE arturo_rate gauge",
            "arturo_rate 0.1",
            "# TYPE arturo_eta gauge",
            "arturo_eta 0.25",
            "# TYPE arturo_kl_taken_nats gauge",
            "arturo_kl_taken_nats 0.0625",
            "# TYPE arturo_kl_covariance_nats gauge",
            "arturo_kl_covariance_nats 0.375",
            "# TYPE arturo_innovation gauge",
            "arturo_innovation 0.875",
            "# TYPE arturo_weight_rate gauge",
            "arturo_weight_rate 2.0",
            "# TYPE arturo_weight_curvature gauge",
            "arturo_weight_curvature 5.0",
            "# TYPE arturo_negative_curvature_ratio gauge",
            "arturo_negative_curvature_ratio 0.125",
            "# TYPE arturo_skipped_steps_total counter",
            "arturo_skipped_steps_total 7.0",
            "# TYPE arturo_device_memory_bytes gauge",
            "arturo_device_memory_bytes 4096.0");
  }
}
