// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.arturo4j.kernels.device.Cut;
import io.github.arturo4j.kernels.device.CutRule;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.ProductCuts;
import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.GraphTask;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.graph.KernelProgram;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What becomes of a convolution that is to be computed as Winograd's products. That they are right, {@link LinearAlgebraTest} examines. */
class WinogradTest {
  private static final TornadoDevice DEVICE = Devices.find(null).device();
  private static final Cut CUT = new Cut(4, 4, 4, 3).ofWinograd();

  private static Stream<ConvolutionProduct> products(ConvolutionShape s) {
    return Stream.of(
        ConvolutionProduct.forward(s), ConvolutionProduct.input(s), ConvolutionProduct.parameters(s, true),
        ConvolutionProduct.parameters(s, false));
  }

  /** A result for each pixel, a part for each tile, and no more multiplications than 16 for 4 results, but at the edges. */
  @Property(tries = 300)
  void theProductsHaveAllTiles(
      @ForAll @IntRange(min = 1, max = 20) int batch, @ForAll @IntRange(min = 1, max = 70) int in,
      @ForAll @IntRange(min = 1, max = 33) int height, @ForAll @IntRange(min = 1, max = 33) int width,
      @ForAll @IntRange(min = 1, max = 70) int out, @ForAll @IntRange(min = 1, max = 2) int padding) {
    ConvolutionShape s = new ConvolutionShape(batch, in, height, width, out, 3, 1, padding);
    products(s).forEach(product -> {
      WinogradProduct p = WinogradProduct.of(product, CUT).orElseThrow();
      ConvolutionShape c = p.convolution();
      boolean gradient = product.pass() == Pass.parameters;
      assertThat(c.outputSize()).isEqualTo(product.pass() == Pass.input ? s.inputSize() : s.outputSize());
      assertThat(2 * p.down()).isBetween(c.outHeight(), c.outHeight() + 1);
      assertThat(2 * p.across()).isBetween(c.outWidth(), c.outWidth() + 1);
      int tiles = batch * p.down() * p.across();
      assertThat(p.pitch()).isGreaterThanOrEqualTo(tiles);
      assertThat(p.pitch() - tiles).isLessThan(gradient ? 16 * p.cut().parts() : 1);
      assertThat(p.cut().parts()).isBetween(1, gradient ? 3 : 1);
      BatchedProduct products = p.products();
      assertThat(products.count()).isEqualTo(16 * p.cut().parts());
      assertThat(products.a().offset() + 15 * products.a().outer() + (products.rows() - 1) * products.a().row()
          + (products.inner() - 1) * products.a().inner() + products.terms()).isEqualTo(p.left());
      long last = gradient ? products.columns() - 1 : products.terms() - 1;
      assertThat(15L * products.b().outer() + last * products.b().row() + (products.inner() - 1L) * products.b().inner()
          + (gradient ? products.terms() : products.columns())).isEqualTo(p.right());
      assertThat(16L * products.rows() * products.columns()).isEqualTo(p.results());
    });
  }

  @Test
  void onlyKernelsOfThreeThatStepByOneHaveThem() {
    assertThat(products(new ConvolutionShape(2, 3, 9, 8, 5, 3, 2, 1))).noneMatch(WinogradProduct::isPossible);
    assertThat(products(new ConvolutionShape(2, 3, 9, 8, 5, 1, 1, 0))).noneMatch(WinogradProduct::isPossible);
    assertThat(products(new ConvolutionShape(2, 3, 9, 8, 5, 5, 1, 2))).noneMatch(WinogradProduct::isPossible);
    assertThat(products(new ConvolutionShape(2, 3, 9, 8, 5, 3, 1, 3)).filter(WinogradProduct::isPossible))
        .extracting(ConvolutionProduct::pass)
        .containsExactly(Pass.forward, Pass.parameters, Pass.parameters);
    assertThat(products(new ConvolutionShape(500, 64, 224, 224, 64, 3, 1, 1))).as("6 GiB").noneMatch(WinogradProduct::isPossible);
  }

  @Test
  void whatHasNoneIsComputedAsEver() {
    ConvolutionProduct strided = ConvolutionProduct.forward(new ConvolutionShape(2, 3, 9, 8, 5, 3, 2, 1));
    FloatArray any = new FloatArray(1);
    KernelGraph graph = new KernelGraph("g", DEVICE);
    new TiledLinearAlgebra(CutRule.ofGpu(1), ProductCuts.of(Map.of(strided.key(), new Cut(1, 1, 1, 1).ofWinograd())))
        .convolutionForward(graph, "convolution", any, any, 0, LinearAlgebra.NO_BIAS, any, strided.shape(), false);
    assertThat(graph.tasks()).extracting(GraphTask::name).containsExactly("convolution");
    assertThat(CutCandidates.winograd(strided, CutRule.ofGpu(4))).isEmpty();
    assertThat(CutCandidates.winograd(LinearProduct.forward(3, 3, 3), CutRule.ofCpu(4))).isEmpty();
  }

  /** Of the sums of the weights' gradients alone, and no two the same. */
  @Test
  void candidatesHaveParts() {
    ConvolutionShape s = new ConvolutionShape(30, 20, 12, 12, 20, 3, 1, 1);
    products(s).forEach(product -> {
      boolean gradient = product.pass() == Pass.parameters;
      assertThat(CutCandidates.winograd(product, CutRule.ofGpu(500))).hasSizeGreaterThan(2).doesNotHaveDuplicates().allMatch(Cut::winograd);
      assertThat(CutCandidates.winograd(product, CutRule.ofGpu(500))).allMatch(cut -> cut.parts() > 1 == gradient);
      assertThat(CutCandidates.parts(product, new Cut(2, 2, 4, 1).ofWinograd())).hasSize(gradient ? 2 : 0).allMatch(Cut::winograd);
      assertThat(CutCandidates.places(CUT)).containsExactly(new Cut(4, 4, 1, 3).ofWinograd());
    });
  }

  /** Of two convolutions in two sections, the arrays of the larger. */
  @Test
  void scratchIsShared() {
    ConvolutionShape small = new ConvolutionShape(2, 3, 8, 8, 4, 3, 1, 1);
    ConvolutionShape large = new ConvolutionShape(3, 5, 9, 8, 4, 3, 1, 1);
    assertThat(bytes(small, large)).isEqualTo(bytes(large, large)).isEqualTo(bytes(large, small)).isGreaterThan(bytes(small, small));
    long apart = 4L * 16 * 3 * 5 * 4 * (5 + 4);
    assertThat(bytes(large, large)).isBetween(apart, 2 * apart);
  }

  private static long bytes(ConvolutionShape... shapes) {
    KernelProgram program = new KernelProgram(DEVICE);
    FloatArray x = new FloatArray(2000);
    FloatArray w = new FloatArray(200);
    FloatArray y = new FloatArray(2000);
    for (int i = 0; i < shapes.length; i++) {
      add(program.section("section" + i), shapes[i], x, w, y);
    }
    try (GraphPlan plan = program.plan()) {
      return plan.deviceBytes();
    }
  }

  private static void add(KernelGraph graph, ConvolutionShape s, FloatArray x, FloatArray w, FloatArray y) {
    String key = ConvolutionProduct.forward(s).key();
    new TiledLinearAlgebra(CutRule.ofGpu(1), ProductCuts.of(Map.of(key, CUT)))
        .convolutionForward(graph, "convolution", x, w, 0, LinearAlgebra.NO_BIAS, y, s, false);
  }

  @Test
  void scratchThatWasGivenOutDoesNotGrow() {
    KernelProgram program = new KernelProgram(DEVICE);
    program.scratch("one", 3);
    assertThat(program.scratch("one", 5)).isSameAs(program.scratch("one", 4));
    assertThat(program.scratch("one", 1).array().getSize()).isEqualTo(5);
    assertThat(Optional.of(program.scratch("one", 5).array())).containsSame(program.scratch("one", 2).array());
    assertThatThrownBy(() -> program.scratch("one", 6)).isInstanceOf(IllegalStateException.class).hasMessageContaining("6 values");
  }
}
