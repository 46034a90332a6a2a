// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.device.CutRule;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.graph.GraphTask;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.graph.Launch;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** How products say that they are launched. */
class ProductKernelTest {
  /** What NVIDIA's compiler made of the kernels of fmnist_cnn, by docs/registers.sh and by the loop's PTX. */
  @ParameterizedTest
  @CsvSource({
    "LINEAR_FORWARD,                  8, 8, 130, 64, 142", "LINEAR_FORWARD,                  8, 1,  64, 48,  64",
    "LINEAR_BACKWARD_INPUT,           8, 8, 128, 64, 146", "LINEAR_BACKWARD_PARAMETERS,      8, 8, 130, 64, 174",
    "LINEAR_BACKWARD_PARAMETERS,      1, 8,  47, 48, 108", "BATCHED,                         8, 8, 130, 64, 166",
    "BATCHED,                         4, 4,  63, 32,  69", "CONVOLUTION_FORWARD,             2, 8,  63, 48, 273",
    "CONVOLUTION_FORWARD,             4, 8,  80, 48, 337", "CONVOLUTION_FORWARD,             8, 8, 128, 64, 328",
    "CONVOLUTION_BACKWARD_INPUT,      2, 8,  64, 48, 358", "CONVOLUTION_BACKWARD_INPUT,      4, 8,  80, 48, 399",
    "CONVOLUTION_BACKWARD_PARAMETERS, 2, 1,  37, 32,  61", "CONVOLUTION_BACKWARD_PARAMETERS, 4, 8, 103, 48, 256",
    "CONVOLUTION_BACKWARD_PARAMETERS, 8, 8, 128, 64, 291"
  })
  void isAboutWhatACompilerMadeOfIt(ProductKernel kernel, int down, int across, int registers, int loads, int others) {
    Launch launch = kernel.launch(new TiledProduct(1000, 1000, 1000, 1, new Tile(down, across, 4)));
    assertThat((double) launch.registers()).isCloseTo(registers, within(registers / 3.0));
    assertThat((double) launch.otherInstructions()).isCloseTo(others, within(others / 3.0));
    assertThat(launch.localLoads()).isEqualTo(loads);
    assertThat(launch.multiplyAdds()).isEqualTo(16 * down * across);
  }

  /** Every product of the result is one that a thread computes, and of the others there are no more than tiles and parts overlap. */
  @Property
  void multipliesTheWholeProductAndLittleElse(
      @ForAll @IntRange(min = 1, max = 300) int batch, @ForAll @IntRange(min = 1, max = 9000) int in,
      @ForAll @IntRange(min = 1, max = 600) int out, @ForAll @IntRange(min = 1, max = 300) int processors) {
    TiledProduct product = TiledProduct.byRule(LinearProduct.forward(batch, in, out), CutRule.ofGpu(processors));
    Launch launch = ProductKernel.LINEAR_FORWARD.launch(product);
    long done = (long) launch.groups() * launch.threads() * launch.multiplyAdds() * launch.tiles();
    assertThat(done).isGreaterThanOrEqualTo((long) batch * in * out);
    long rows = batch + product.tile().rows() - 1;
    long columns = out + product.tile().columns() - 1;
    assertThat(done).isLessThanOrEqualTo(rows * columns * ((long) in + 16L * product.parts()));
  }

  private static List<Launch> launches(KernelGraph graph, int tasks) {
    assertThat(graph.tasks()).hasSize(tasks).allSatisfy(task -> assertThat(task.launch()).as(task.name()).isPresent());
    return graph.tasks().stream().map(GraphTask::launch).map(Optional::orElseThrow).toList();
  }

  private static KernelGraph graph() {
    return new KernelGraph("g", Devices.list().getFirst().device());
  }

  @Test
  void everyProductOfLayersSaysHowItIsLaunched() {
    FloatArray any = new FloatArray(1);
    KernelGraph g = graph();
    LinearAlgebra algebra = new TiledLinearAlgebra(2);
    algebra.linearForward(g, "linear", any, any, 0, 0, any, 13, 207, 130, false);
    algebra.linearBackwardInput(g, "back", any, any, 0, any, 13, 207, 130);
    algebra.linearBackwardParameters(g, "back", any, any, any, 0, 0, 13, 207, 130);
    Matrices each = new Matrices(0, 40, 1600, 1600);
    algebra.batchedProduct(g, "heads", any, any, any, new BatchedProduct(5, 3, 33, 17, 40, each, false, each, true, each));
    ConvolutionShape s = new ConvolutionShape(7, 3, 9, 8, 5, 3, 2, 1);
    algebra.convolutionForward(g, "convolution", any, any, 0, 0, any, s, true);
    algebra.convolutionBackwardInput(g, "backConvolution", any, any, 0, any, new ConvolutionShape(7, 3, 9, 8, 5, 3, 1, 1));
    algebra.convolutionBackwardParameters(g, "backConvolution", any, any, any, 0, 0, s);
    List<Launch> launches = launches(g, 9).subList(0, 7); // two sums are behind them
    assertThat(launches).extracting(Launch::groups).containsExactly(2, 2, 4, 15, 2, 4, 2);
    assertThat(launches).extracting(Launch::down).containsExactly(1, 1, 8, 4, 1, 1, 1);
    assertThat(launches).extracting(Launch::across).containsExactly(8, 8, 8, 2, 8, 8, 2);
    assertThat(launches).extracting(Launch::tiles).containsExactly(13, 9, 1, 3, 2, 3, 5);
    assertThat(launches).allMatch(launch -> launch.ahead() && launch.threads() == 256 && launch.localBytes() == 16_896);
    assertThat(launches.getFirst().localTraffic()).isEqualTo(4 * 9 * (16 + 1));
  }

  @Test
  void partsAreWalkedThroughByFour() {
    FloatArray any = new FloatArray(1);
    KernelGraph g = graph();
    new TiledLinearAlgebra(132).linearForward(g, "linear", any, any, 0, 0, any, 100, 1152, 10, false);
    List<Launch> launches = launches(g, 2);
    assertThat(launches.getFirst().groups()).isEqualTo(18);
    assertThat(launches.getFirst().tiles()).isEqualTo(4);
    Launch sum = launches.getLast();
    assertThat(sum.groups()).as("of 16 results").isEqualTo(63);
    assertThat(sum.tiles()).as("16 threads share 18 parts").isEqualTo(1);
    assertThat(sum.multiplyAdds() + sum.localTraffic()).isZero();
    assertThat(sum.ahead()).isFalse();
    KernelGraph few = graph();
    new TiledLinearAlgebra(132).linearForward(few, "linear", any, any, 0, 0, any, 100, 320, 10, false);
    Launch alone = launches(few, 2).getLast();
    assertThat(alone.groups()).as("of 256 results").isEqualTo(4);
    assertThat(alone.tiles()).as("5 parts").isEqualTo(2);
  }
}
