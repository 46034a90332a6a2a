// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.GraphTask;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.graph.Launch;
import io.github.arturo4j.kernels.graph.Phase;
import io.github.arturo4j.kernels.linalg.ConvolutionShape;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.linalg.TiledLinearAlgebra;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class GpuModelTest {
  private static final Gpu H100 = Gpus.find("h100");

  /** That sustains 59 TFLOP/s, and starts tasks for nothing. */
  private static final GpuModel SUSTAINED = new GpuModel(H100.clock(1.746).launch(0));

  private static Launch launch(int groups, int tiles, boolean ahead, int registers) {
    return new Launch(groups, 256, 8, 8, 16, tiles, ahead, 64, 144, registers, 16_896);
  }

  private static GraphTask task(Launch launch, Cost cost) {
    return new GraphTask("product", Phase.FORWARD, Optional.of(cost), Optional.of(launch));
  }

  /**
   * The products of fmnist_cnn in kernels of 4×4 results a thread, 16 apart, that load neither four values at a time nor ahead, which
   * this project had before: a look at their machine code, by hand, gave these microseconds.
   */
  @ParameterizedTest
  @CsvSource({
    "convolution0 weights,  32, 2, 338, 350", "convolution4,         483, 4,  18,  56", "convolution4 input,   674, 2,  36, 143",
    "convolution4 weights, 160, 4,  61,  94", "convolution8,          72, 4,  36,  45", "convolution8 input,   100, 4,  72,  89",
    "convolution8 weights, 520, 4,   6,  20", "linear12,              16, 4,  72,  88", "linear12 input,        72, 4,  16,  21",
    "linear12 weights,      76, 4,  16,  21"
  })
  void kernelsOfBeforeTakeWhatTheirMachineCodeSaysWithinATenth(String product, int groups, int down, int tiles, double micros) {
    Launch launch = new Launch(groups, 256, down, 4, 16, tiles, false, 16 * (down + 4), 300, 58, 8320);
    assertThat(SUSTAINED.micros(task(launch, Cost.NONE))).as(product).isCloseTo(micros, within(micros / 10));
  }

  @Test
  void aGroupOnItsOwnWaitsForMemoryUnlessItLoadsAhead() {
    double tile = (1024 + 64 + 144) * 256 / 128.0;
    assertThat(SUSTAINED.cycles(launch(132, 10, false, 128))).isEqualTo(10 * (tile + 800));
    assertThat(SUSTAINED.cycles(launch(132, 10, true, 128))).isEqualTo(10 * tile + 800);
    assertThat(SUSTAINED.cycles(launch(133, 10, true, 128))).isEqualTo(2 * 10 * tile);
    Launch little = new Launch(132, 256, 1, 1, 16, 10, true, 32, 18, 40, 16_896);
    assertThat(SUSTAINED.cycles(little)).isEqualTo(11 * 800);
  }

  @Test
  void registersLocalMemoryAndThreadsBoundTheGroupsThatAreThere() {
    assertThat(SUSTAINED.resident(launch(1, 1, true, 128))).isEqualTo(2);
    assertThat(SUSTAINED.resident(launch(1, 1, true, 129))).isEqualTo(1);
    assertThat(SUSTAINED.resident(launch(1, 1, true, 255))).isEqualTo(1);
    assertThat(new GpuModel(Gpus.find("mi300x")).resident(launch(1, 1, true, 32))).isEqualTo(3);
    assertThat(new GpuModel(Gpus.find("rtx4090")).resident(new Launch(1, 256, 0, 0, 4, 1, false, 0, 16, 32, 0))).isEqualTo(6);
    double alone = 800 + 10 * (1024 + 64 + 144) * 2.0;
    assertThat(SUSTAINED.cycles(launch(264, 10, true, 130))).isEqualTo(2 * alone);
  }

  @Test
  void theSlowestOfARatesDecides() {
    GpuModel a100 = new GpuModel(Gpus.find("a100"));
    GpuModel mi300x = new GpuModel(Gpus.find("mi300x"));
    assertThat(a100.cycles(launch(108, 10, true, 128))).as("multiply-adds").isEqualTo(800 + 10 * 1024 * 256 / 64.0);
    assertThat(mi300x.cycles(launch(304, 10, true, 128))).as("instructions").isEqualTo(800 + 10 * (512 + 64 + 144) * 256 / 64.0);
    Launch flat = new Launch(132, 256, 1, 8, 16, 10, true, 48, 20, 60, 16_896);
    assertThat(SUSTAINED.cycles(flat)).as("local memory").isEqualTo(800 + 10 * 9 * 17 * 4 * 256 / 128.0);
  }

  @Test
  void otherTasksTakeWhatTheirTrafficTakesAndALaunch() {
    GraphTask copy = new GraphTask("copy", Phase.FORWARD, Optional.of(Cost.elements(10_000_000, 1, 1, 1)));
    assertThat(new GpuModel(H100).micros(copy)).isCloseTo(80e6 / (0.85 * 3350e3) + 3, within(1e-9));
    assertThat(new GpuModel(H100).micros(new GraphTask("unknown", Phase.LOSS, Optional.empty()))).isEqualTo(3);
    GraphTask product = task(launch(1, 1, true, 128), new Cost(1, 40_000_000, 40_000_000));
    assertThat(new GpuModel(H100).micros(product)).isCloseTo(new GpuModel(H100).micros(copy), within(1e-9));
  }

  @Test
  void sumsOfManyPartsWaitForTheCache() {
    Launch sum = new Launch(1, 256, 0, 0, 4, 64, false, 0, 16, 32, 0);
    assertThat(SUSTAINED.cycles(sum)).isEqualTo(64 * (300 + 16 * 256 / 128.0));
  }

  @Property
  void moreOfAGpuTakesNoLongerAndMoreToDoNoLess(
      @ForAll @IntRange(min = 1, max = 5000) int groups, @ForAll @IntRange(min = 1, max = 500) int tiles,
      @ForAll @IntRange(min = 32, max = 255) int registers, @ForAll boolean ahead, @ForAll @IntRange(min = 1, max = 400) int processors) {
    GraphTask task = task(launch(groups, tiles, ahead, registers), new Cost(1, 50_000_000, 0));
    Gpu gpu = H100.processors(processors);
    double micros = new GpuModel(gpu).micros(task);
    assertThat(new GpuModel(gpu.processors(processors + 1)).micros(task)).isLessThanOrEqualTo(micros);
    assertThat(new GpuModel(gpu.clock(2.5)).micros(task)).isLessThanOrEqualTo(micros);
    assertThat(new GpuModel(gpu.bandwidth(4000)).micros(task)).isLessThanOrEqualTo(micros);
    assertThat(new GpuModel(gpu.launch(4)).micros(task)).isCloseTo(micros + 1, within(1e-9));
    GpuModel model = new GpuModel(gpu);
    assertThat(model.cycles(launch(groups + 1, tiles, ahead, registers))).isGreaterThanOrEqualTo(model.cycles(task.launch().get()));
    assertThat(model.cycles(launch(groups, tiles + 1, ahead, registers))).isGreaterThan(model.cycles(task.launch().get()));
    assertThat(model.cycles(launch(groups, tiles, false, registers))).isGreaterThanOrEqualTo(model.cycles(task.launch().get()));
    assertThat(model.cycles(launch(groups, tiles, ahead, registers + 8))).isGreaterThanOrEqualTo(model.cycles(task.launch().get()));
  }

  /** Of every product, also of one that costs no launch and of few values. */
  @Property(tries = 200)
  void noProductIsFasterThanThePeak(
      @ForAll @IntRange(min = 1, max = 1100) int batch, @ForAll @IntRange(min = 1, max = 3000) int in,
      @ForAll @IntRange(min = 1, max = 1100) int out, @ForAll @IntRange(min = 0, max = 3) int which) {
    Gpu gpu = Gpus.ALL.get(which).launch(0);
    KernelGraph graph = new KernelGraph("g", Devices.list().getFirst().device());
    LinearAlgebra algebra = new TiledLinearAlgebra(gpu.processors());
    FloatArray any = new FloatArray(1);
    algebra.linearForward(graph, "linear", any, any, 0, 0, any, batch, in, out, true);
    algebra.linearBackwardParameters(graph, "back", any, any, any, 0, 0, batch, in, out);
    ConvolutionShape shape = new ConvolutionShape(1 + batch / 100, 1 + in / 100, 9, 8, out, 3, 1, 1);
    algebra.convolutionForward(graph, "convolution", any, any, 0, 0, any, shape, true);
    algebra.convolutionBackwardInput(graph, "convolutionBack", any, any, 0, any, shape);
    assertThat(graph.tasks()).filteredOn(GraphTask::isTiledProduct).hasSize(4);
    for (GraphTask task : graph.tasks()) {
      GpuModel model = new GpuModel(gpu);
      double efficiency = model.efficiency(task.cost().orElseThrow().flops(), model.micros(task));
      assertThat(efficiency).as(task.toString()).isGreaterThan(0).isLessThanOrEqualTo(1);
    }
  }
}
