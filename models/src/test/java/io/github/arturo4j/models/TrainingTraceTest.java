// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.arturo4j.kernels.Devices;
import io.github.arturo4j.kernels.optimizer.KernelShape;
import io.github.arturo4j.kernels.optimizer.Mode;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every device of this process trains as the JVM device did.
 */
@ParameterizedClass
@MethodSource("io.github.arturo4j.kernels.Devices#list")
class TrainingTraceTest {
  private static final String RECORD = "arturo.recordTrace";

  private final Devices.Entry device;

  TrainingTraceTest(Devices.Entry device) {
    this.device = device;
  }

  private static double worst(
      List<TrainingTrace.Row> actual, List<TrainingTrace.Row> expected, ToDoubleFunction<TrainingTrace.Row> value) {
    double worst = 0;
    for (int i = 0; i < expected.size(); i++) {
      double right = value.applyAsDouble(expected.get(i));
      worst = Math.max(worst, Math.abs(value.applyAsDouble(actual.get(i)) - right) / Math.abs(right));
    }
    return worst;
  }

  @ParameterizedTest
  @CsvSource({"ROBUST,CHUNKS", "ROBUST,GROUPS", "PAPER,CHUNKS", "PAPER,GROUPS"})
  void trainsAsRecordedOnTheJvm(Mode mode, KernelShape shape) {
    List<TrainingTrace.Row> expected = TrainingTrace.recorded(mode);
    List<TrainingTrace.Row> actual = TrainingTrace.run(device.device(), mode, shape);
    assertThat(expected).hasSize(TrainingTrace.STEPS / TrainingTrace.INTERVAL);
    System.out.println(actual);
    System.out.printf(
        Locale.ROOT,
        "%s (%s), %s, %s: 200 steps; greatest deviation of loss %.1g, eta %.1g, KL %.1g, weights %.1g, precisions %.1g%n",
        device.id(),
        device.name(),
        mode,
        shape,
        worst(actual, expected, TrainingTrace.Row::loss),
        worst(actual, expected, TrainingTrace.Row::eta),
        worst(actual, expected, TrainingTrace.Row::kl),
        worst(actual, expected, TrainingTrace.Row::weightRms),
        worst(actual, expected, TrainingTrace.Row::precisionMean));
  }

  /** Records anew: {@code mvn test -pl models -am -Dtest=TrainingTraceTest#record -Darturo.recordTrace=true}. */
  @Test
  void record() {
    assumeThat(Boolean.getBoolean(RECORD) && Devices.isJvm(device.device())).isTrue();
    TrainingTrace.record(device.device());
  }
}
