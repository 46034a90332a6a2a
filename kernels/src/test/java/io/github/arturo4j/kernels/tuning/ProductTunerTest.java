// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.device.Cut;
import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.device.ProductCuts;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.BatchedProduct;
import io.github.arturo4j.kernels.linalg.ConvolutionProduct;
import io.github.arturo4j.kernels.linalg.ConvolutionShape;
import io.github.arturo4j.kernels.linalg.CutCandidates;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.linalg.LinearProduct;
import io.github.arturo4j.kernels.linalg.Matrices;
import io.github.arturo4j.kernels.linalg.Product;
import io.github.arturo4j.kernels.linalg.TiledLinearAlgebra;
import io.github.arturo4j.kernels.tuning.Tuned.Trial;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class ProductTunerTest {
  private static final TornadoDevice DEVICE = Devices.find(null).device();
  private static final int PROCESSORS = 6;
  private static final DeviceTraits TRAITS = DeviceTraits.of(DEVICE).in(KernelShape.GROUPS).processors(PROCESSORS);
  private static final ConvolutionShape PADDED = new ConvolutionShape(3, 5, 7, 6, 20, 3, 2, 1);
  private static final ConvolutionShape WINOGRAD = new ConvolutionShape(3, 5, 7, 6, 20, 3, 1, 1);
  private static final ConvolutionShape BARE = new ConvolutionShape(2, 18, 9, 8, 7, 2, 1, 0);

  static List<Product> products() {
    Matrices a = new Matrices(3, 40, 500, 40 * 19);
    return List.of(
        LinearProduct.forward(37, 150, 19),
        LinearProduct.input(5, 35, 260),
        LinearProduct.parameters(137, 20, 33, true),
        LinearProduct.parameters(17, 20, 33, false),
        ConvolutionProduct.forward(PADDED),
        ConvolutionProduct.forward(BARE),
        ConvolutionProduct.forward(WINOGRAD),
        ConvolutionProduct.input(WINOGRAD),
        ConvolutionProduct.parameters(WINOGRAD, true),
        ConvolutionProduct.input(PADDED),
        ConvolutionProduct.input(BARE),
        ConvolutionProduct.parameters(PADDED, true),
        ConvolutionProduct.parameters(BARE, false),
        new BatchedProduct(2, 3, 18, 35, 20, a, false, new Matrices(0, 20, 35 * 20 * 3, 35 * 20), true, new Matrices(0, 35, 0, 0)),
        new BatchedProduct(3, 1, 17, 5, 21, new Matrices(1, 17, 17 * 21, 0), true, new Matrices(0, 5, 105, 0), false,
            new Matrices(0, 5, 0, 0)));
  }

  @ParameterizedTest
  @MethodSource("products")
  void everyCandidateGivesThePlainSums(Product product) {
    Tuned tuned = new ProductTuner(DEVICE, TRAITS).tune(product, () -> true);
    assertThat(tuned.complete()).isTrue();
    assertThat(tuned.rule().cut()).isEqualTo(CutCandidates.byRule(product, TRAITS.cutRule()));
    assertThat(tuned.trials()).hasSizeGreaterThan(2).allMatch(Trial::right).extracting(Trial::cut).doesNotHaveDuplicates();
    assertThat(tuned.trials()).allSatisfy(trial -> assertThat(trial.seconds()).isPositive());
    assertThat(tuned.best().orElseThrow().seconds())
        .isEqualTo(tuned.trials().stream().mapToDouble(Trial::seconds).min().orElseThrow());
    assertThat(tuned.gain()).isGreaterThanOrEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("products")
  void anyCutIsRight(Product product) {
    for (Cut cut : List.of(new Cut(1, 8, 4, 3), new Cut(8, 1, 4, 2), new Cut(2, 4, 1, 200), new Cut(4, 2, 2, 1), new Cut(8, 8, 4, 5))) {
      Tuned tuned =
          new ProductTuner(
                  DEVICE, TRAITS, (p, asked) -> new TiledLinearAlgebra(TRAITS.cutRule(), ProductCuts.of(Map.of(p.key(), cut))))
              .tune(product, () -> false);
      assertThat(tuned.rule().right()).as("%s", cut).isTrue();
    }
  }

  static Stream<Product> inParts() {
    return products().stream().filter(p -> !(p instanceof BatchedProduct) && p.terms() > 128);
  }

  @ParameterizedTest
  @MethodSource("inParts")
  void longSumsAreTriedInSeveralNumbersOfParts(Product product) {
    assertThat(CutCandidates.parts(product, new Cut(1, 1, 4, 1))).extracting(Cut::parts).contains(2).doesNotContain(1);
    assertThat(CutCandidates.parts(product, new Cut(1, 1, 4, 2))).extracting(Cut::parts).contains(1).doesNotContain(2);
  }

  /** A cut whose kernel misses a value of the result is the fastest of all. */
  @Test
  void aWrongCandidateIsNeverChosen() {
    LinearProduct product = LinearProduct.forward(37, 150, 19);
    Cut rule = CutCandidates.byRule(product, TRAITS.cutRule());
    Tuned others =
        new ProductTuner(DEVICE, TRAITS, (p, cut) -> cut.equals(rule) ? right(p, cut) : wrong(p, cut)).tune(product, () -> true);
    assertThat(others.best().map(Trial::cut)).contains(rule);
    assertThat(others.wrong()).isEqualTo(others.trials().size() - 1).isPositive();
    assertThat(others.gain()).isEqualTo(1);
    Tuned theRules =
        new ProductTuner(DEVICE, TRAITS, (p, cut) -> cut.equals(rule) ? wrong(p, cut) : right(p, cut)).tune(product, () -> true);
    assertThat(theRules.rule().right()).isFalse();
    assertThat(theRules.best().map(Trial::cut)).isPresent().get().isNotEqualTo(rule);
    Tuned all = new ProductTuner(DEVICE, TRAITS, this::wrong).tune(product, () -> true);
    assertThat(all.best()).isEmpty();
    assertThat(all.gain()).isEqualTo(1);
  }

  private LinearAlgebra right(Product product, Cut cut) {
    return new TiledLinearAlgebra(TRAITS.cutRule(), ProductCuts.of(Map.of(product.key(), cut)));
  }

  /** Of a result whose last row is left as it was. */
  private LinearAlgebra wrong(Product product, Cut cut) {
    return new Narrower(right(product, cut));
  }

  @Test
  void itEndsWhenTheTimeIsOver() {
    int[] asked = {0};
    Tuned tuned = new ProductTuner(DEVICE, TRAITS).tune(LinearProduct.forward(37, 150, 19), () -> ++asked[0] < 2);
    assertThat(tuned.complete()).isFalse();
    assertThat(tuned.trials()).hasSize(2);
    assertThat(tuned.best()).isPresent();
  }

  @Test
  void aResultWithANaNIsNotRight() {
    Operands operands = new LinearOperands(LinearProduct.forward(4, 3, 5));
    ProductArrays arrays = new ProductArrays(operands);
    ExactResult exact = new ExactResult(operands, arrays, 3);
    arrays.result.init(Float.NaN);
    assertThat(exact.is(arrays.result)).isFalse();
    FloatArray sums = new FloatArray(20);
    for (int i = 0; i < 20; i++) {
      sums.set(i, operands.value(arrays.left.toHeapArray(), arrays.right.toHeapArray(), i));
    }
    assertThat(exact.is(sums)).isTrue();
    sums.set(7, sums.get(7) + 1);
    assertThat(exact.is(sums)).isFalse();
  }

  @Test
  void traitsCarryTheCutsToTheKernels() {
    LinearProduct product = LinearProduct.forward(37, 150, 19);
    FloatArray x = new FloatArray(37 * 150);
    FloatArray w = new FloatArray(19 * 150);
    FloatArray y = new FloatArray(37 * 19);
    for (int parts : new int[] {1, 2}) {
      ProductCuts cuts = ProductCuts.of(Map.of(product.key(), new Cut(2, 2, 4, parts)));
      KernelGraph graph = new KernelGraph("cut", DEVICE, TRAITS.cut(cuts));
      LinearAlgebra.forGraph(graph).linearForward(graph, "layer", x, w, 0, LinearAlgebra.NO_BIAS, y, 37, 150, 19, false);
      assertThat(graph.taskCount()).isEqualTo(parts); // the second sums them
    }
  }
}
