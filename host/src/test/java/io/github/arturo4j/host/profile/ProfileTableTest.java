// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.GraphTask;
import io.github.arturo4j.kernels.graph.Launch;
import io.github.arturo4j.kernels.graph.Phase;
import io.github.arturo4j.kernels.inspect.ExecutionProfile;
import io.github.arturo4j.kernels.inspect.StepProfile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProfileTableTest {
  private static final List<GraphTask> TASKS =
      List.of(
          new GraphTask("product", Phase.FORWARD, Optional.of(new Cost(4_000_000, 60_000, 20_000))),
          new GraphTask("update", Phase.OPTIMIZER, Optional.empty()));

  private static StepProfile step(long step, long product, long update, long wall) {
    Map<String, Long> kernels = Map.of("product", product, "update", update);
    return new StepProfile(
        step, wall, new ExecutionProfile(new LinkedHashMap<>(kernels), Map.of(), 10_000, 1000, 0, 0, 5000));
  }

  private static final List<StepProfile> STEPS =
      List.of(step(5, 9_000_000, 9_000_000, 99_000_000), step(30, 30_000, 20_000, 90_000), step(35, 50_000, 20_000, 110_000));

  @Test
  void meansAreOfTheStepsBehindTheWarmUp() {
    ProfileSummary summary = ProfileSummary.of(TASKS, STEPS);
    assertThat(summary.steps()).isEqualTo(2);
    assertThat(summary.wall()).isEqualTo(100);
    assertThat(summary.tasks().getFirst().micros()).isEqualTo(40);
    assertThat(summary.tasks().getFirst().gigaflops()).isCloseTo(100, within(1e-9));
    assertThat(summary.tasks().getFirst().gigabytes()).isCloseTo(2, within(1e-9));
    assertThat(summary.tasks().getLast().gigaflops()).isNaN();
    assertThat(summary.micros(Phase.OPTIMIZER)).isEqualTo(20);
    assertThat(summary.host()).isCloseTo(100 - 40 - 20 - 10, within(1e-9));
    assertThat(ProfileSummary.of(TASKS, STEPS.subList(0, 1)).steps()).isEqualTo(1);
  }

  @Test
  void theTableHasEveryTaskAndAddsUp() {
    List<String> lines = ProfileTable.lines(ProfileSummary.of(TASKS, STEPS));
    assertThat(lines.getFirst()).contains("2 profiled steps");
    assertThat(lines)
        .contains(
            "forward                                  40.0   40.0%",
            "  product                                40.0   40.0%     100.0      2.0",
            "optimizer                                20.0   20.0%",
            "  update                                 20.0   20.0%",
            "transfers                                10.0   10.0%",
            "host overhead                            30.0   30.0%",
            "step                                    100.0  100.0%");
  }

  @Test
  void aDeviceTakesTheLongerOfTrafficAndArithmeticAndALaunch() {
    DeviceModel model = new DeviceModel(10, 100, 3);
    assertThat(model.micros(new Cost(4_000_000, 60_000, 20_000))).isCloseTo(40 + 3, within(1e-9));
    assertThat(model.micros(new Cost(4_000, 60_000, 20_000))).isCloseTo(8 + 3, within(1e-9));
    assertThat(model.micros(Cost.NONE)).isEqualTo(3);
    assertThatIllegalArgumentException().isThrownBy(() -> new DeviceModel(0, 100, 3)).withMessageContaining("0.0 GB/s");
    assertThatIllegalArgumentException().isThrownBy(() -> new DeviceModel(Double.NaN, 100, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> new DeviceModel(1, 100, -1)).withMessageContaining("-1.0 µs");
  }

  @Test
  void thePredictionStandsBesideTheMeasurement() {
    DeviceModel model = new DeviceModel(10, 100, 3);
    List<String> lines = CostTable.lines(TASKS, 2, model, ProfileSummary.of(TASKS, STEPS));
    assertThat(lines)
        .contains(
            "  product                                 1       4.00      0.08         43.0         40.0    0.93",
            "  update                                  1       0.00      0.00          3.0         20.0    6.67",
            "kernels of a step                         2       4.00      0.08         46.0         60.0    1.30",
            "the step as the host saw it: 100.0 µs, 2.17 times the prediction",
            "an image of a full batch of 2: 2.00 MFLOP forward and backward, 2.00 with the optimizer")
        .last()
        .asString()
        .contains("not known: update");
    assertThat(CostTable.lines(TASKS, 2, model, null))
        .contains("  product                                 1       4.00      0.08         43.0")
        .noneMatch(line -> line.contains("measured"));
  }

  @Test
  void aPredictionTellsHowNearProductsComeToThePeak() {
    Launch launch = new Launch(132, 256, 8, 8, 16, 10, true, 64, 144, 128, 16_896);
    GraphTask product =
        new GraphTask("product", Phase.FORWARD, Optional.of(new Cost(691_000_000, 60_000, 20_000)), Optional.of(launch));
    Gpu gpu = Gpus.find("h100").launch(0);
    double micros = (800 + 10 * 2464) / 1.98e3;
    String efficiency = String.format(Locale.ROOT, "%.1f%%", 100 * 691 / micros / 66_908 * 1e3);
    assertThat(efficiency).isEqualTo("80.4%");
    List<GraphTask> tasks = List.of(product, TASKS.getLast());
    List<String> lines = CostTable.lines(tasks, 2, new GpuModel(gpu), null);
    assertThat(lines.getFirst()).endsWith("predicted µs efficiency");
    assertThat(lines)
        .contains(
            "  product                                 1     691.00      0.08         12.8      80.4%",
            "  update                                  1       0.00      0.00          0.0",
            "tiled products of a step                  1     691.00      0.08         12.8      80.4%",
            "kernels of a step                         2     691.00      0.08         12.8");
    assertThat(StepPrediction.lines(List.of(new StepPrediction(gpu, tasks, 2))))
        .anyMatch(line -> line.matches("NVIDIA H100 SXM +132 +1.980 +66.9 +3350 +2 +13 +80% +0 +13 +155660"))
        .anyMatch(line -> line.startsWith("assumed: ") && line.contains("85% of these bandwidths; 0.0 µs a launch; 800 cycles"));
  }
}
