// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.metrics;

import io.github.arturo4j.host.run.Diagnosis;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.JudgingSet;
import io.github.arturo4j.host.train.EpochResult;
import io.github.arturo4j.host.train.TrainingListener;
import io.github.arturo4j.host.train.TrainingStart;
import io.github.arturo4j.models.metric.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * The meters of a training, kept up to date as one of its listeners. Names follow Prometheus' conventions: base units, which the
 * registry puts behind the names given here, and {@code _total} behind counters.
 */
public final class TrainingMeters implements MeterBinder, TrainingListener {
  private final List<Metric> metrics;
  private final JudgingSet judgedBy;
  private Timer steps;
  private Counter images;
  private volatile double throughput = Double.NaN;
  private volatile EpochRow last;
  private volatile List<Diagnosis> diagnoses = List.of();
  private volatile long deviceBytes;

  /**
   * Meters of a training.
   *
   * @param metrics what its evaluations measure
   * @param judgedBy the set that epochs are judged by
   * @param last the row of the epoch before it goes on; null if there is none
   */
  public TrainingMeters(List<Metric> metrics, JudgingSet judgedBy, EpochRow last) {
    this.metrics = List.copyOf(metrics);
    this.judgedBy = judgedBy;
    this.last = last;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    steps = Timer.builder("arturo.step").description("Time of a training step").register(registry);
    images =
        Counter.builder("arturo.images")
            .description("Examples, such as images, trained on")
            .baseUnit("images")
            .register(registry);
    gauge(registry, "arturo.images.per.second", "Examples, such as images, trained on per second, in the last step", null,
        m -> m.throughput);
    counter(registry, "arturo.epochs", "Epochs finished, those before a resume included", EpochRow::epoch);
    epoch(registry, "arturo.train.loss", "Mean loss on the training set after the last epoch", "nats", EpochRow::trainLoss);
    epoch(
        registry, "arturo." + judgedBy + ".loss", "Mean loss on the " + judgedBy + " set after the last epoch", "nats",
        EpochRow::judgedLoss);
    metrics.forEach(metric -> bind(registry, metric));
    epoch(registry, "arturo.rate", "KL bound or learning rate in the last step of the epoch", null, EpochRow::rate);
    epoch(registry, "arturo.eta", "Multiplier of the trust region in the last step of the epoch", null, EpochRow::eta);
    epoch(registry, "arturo.kl.taken", "KL of the means' step in the last step of the epoch", "nats", EpochRow::klTaken);
    diagnosis(registry, "arturo.kl.covariance", "KL of the precisions' step in the last step of the epoch", "nats",
        each -> each.step().klCovariance());
    diagnosis(registry, "arturo.innovation", "Mean squared innovation of the filter in units of its variance", null,
        each -> each.step().innovation());
    diagnosis(registry, "arturo.weight.rate", "Learning rate of the median weight", null, each -> each.rates().median());
    diagnosis(registry, "arturo.weight.curvature", "Curvature of the median weight", null,
        each -> each.curvatures().median());
    epoch(registry, "arturo.negative.curvature", "Share of weights with negative estimated curvature", "ratio",
        EpochRow::negativeCurvature);
    counter(registry, "arturo.skipped.steps", "Steps skipped because the gradient was not finite",
        EpochRow::skippedSteps);
    gauge(registry, "arturo.device.memory", "Device memory that the training's arrays take", "bytes",
        m -> m.deviceBytes);
  }

  private void bind(MeterRegistry registry, Metric metric) {
    epoch(
        registry, "arturo." + judgedBy + "." + metric.name().replace('_', '.'),
        "The " + metric.title() + " on the " + judgedBy + " set after the last epoch", metric.isShare() ? "ratio" : null,
        row -> row.judged().metric(metric.name()));
  }

  private void epoch(
      MeterRegistry registry, String name, String description, String unit, ToDoubleFunction<EpochRow> value) {
    gauge(registry, name, description, unit, m -> m.last == null ? Double.NaN : value.applyAsDouble(m.last));
  }

  /** Of the group with most weights. */
  private void diagnosis(
      MeterRegistry registry, String name, String description, String unit, ToDoubleFunction<Diagnosis> value) {
    gauge(
        registry, name, description, unit,
        m ->
            m.diagnoses.stream()
                .max(Comparator.comparingInt(Diagnosis::weights))
                .map(value::applyAsDouble)
                .orElse(Double.NaN));
  }

  private void counter(
      MeterRegistry registry, String name, String description, ToDoubleFunction<EpochRow> value) {
    FunctionCounter.builder(name, this, m -> m.last == null ? 0 : value.applyAsDouble(m.last))
        .description(description)
        .register(registry);
  }

  private void gauge(
      MeterRegistry registry, String name, String description, String unit, ToDoubleFunction<TrainingMeters> value) {
    Gauge.builder(name, this, value).description(description).baseUnit(unit).register(registry);
  }

  @Override
  public void started(TrainingStart start) {
    deviceBytes = start.deviceBytes();
  }

  @Override
  public void stepDone(int step, double seconds, int imagesOfStep) {
    steps.record((long) (seconds * 1e9), TimeUnit.NANOSECONDS);
    images.increment(imagesOfStep);
    throughput = imagesOfStep / seconds;
  }

  @Override
  public void epochDone(EpochResult epoch) {
    last = epoch.row();
    diagnoses = epoch.diagnoses();
  }
}
