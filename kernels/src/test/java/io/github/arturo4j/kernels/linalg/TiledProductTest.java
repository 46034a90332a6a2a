// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.device.Cut;
import io.github.arturo4j.kernels.device.CutRule;
import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.KernelShape;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How tiled products are cut. */
class TiledProductTest {
  @ParameterizedTest
  @CsvSource({"1,1,1,1", "13,37,20,1", "64,64,16,1", "65,130,33,1", "200,3000,70,1", "512,577,900,5"})
  void workGroupsCoverTheResultAndNoMore(int rows, int columns, int terms, int parts) {
    Tile tile = Tile.of(rows, columns, 8);
    TiledProduct product = new TiledProduct(rows, columns, terms, parts, tile);
    long[] grid = product.grid().getGlobalWork();
    assertThat(grid[0] % 16 + grid[1] % 16).isZero();
    assertThat(grid[2]).isEqualTo(parts);
    assertThat(grid[0] / 16 * tile.columns()).isBetween((long) columns, columns + tile.columns() - 1L);
    assertThat(grid[1] / 16 * tile.rows()).isBetween((long) rows, rows + tile.rows() - 1L);
    assertThat(product.groups()).isEqualTo(Math.toIntExact(grid[0] * grid[1] * grid[2] / 256));
  }

  @Test
  void givesAThreadFewerResultsWhereThereAreFew() {
    assertThat(Tile.of(65, 100_000, 8)).isEqualTo(new Tile(8, 8, 4));
    assertThat(Tile.of(64, 33, 8)).isEqualTo(new Tile(4, 4, 4));
    assertThat(Tile.of(32, 100_000, 8)).isEqualTo(new Tile(2, 8, 4));
    assertThat(Tile.of(16, 17, 8)).isEqualTo(new Tile(1, 2, 4));
    assertThat(Tile.of(65, 100_000, 4)).isEqualTo(new Tile(4, 4, 4));
    assertThat(Tile.of(16, 17, 4)).isEqualTo(new Tile(1, 2, 4));
  }

  private static TiledProduct byRule(Product product) {
    return TiledProduct.byRule(product, CutRule.ofGpu(1));
  }

  /** On a CPU, which has fewer registers. */
  @Test
  void givesAThreadOfACpuFewerResults() {
    LinearProduct product = LinearProduct.forward(255, 1152, 256);
    DeviceTraits jvm = DeviceTraits.of(Devices.list().getLast().device());
    Cut ofCpu = CutCandidates.byRule(product, jvm.in(KernelShape.CHUNKS).cutRule());
    assertThat(ofCpu).extracting(Cut::down, Cut::across).containsExactly(4, 4);
    Cut ofGpu = CutCandidates.byRule(product, jvm.in(KernelShape.GROUPS).cutRule());
    assertThat(ofGpu).extracting(Cut::down, Cut::across).containsExactly(8, 8);
    assertThat(CutCandidates.tiles(product, CutRule.ofCpu(2))).extracting(Cut::down).contains(2, 8);
  }

  /** Tiles of terms that the busiest processor goes through. */
  private static long busiest(TiledProduct product, int processors) {
    return (long) Math.ceilDiv(product.groups(), processors) * Math.ceilDiv(product.share(), 16);
  }

  /** Parts that keep all processors busy for the shortest time, but none without terms, and none with few. */
  @Property
  void cutsSumsWhereThereAreFewGroups(
      @ForAll @IntRange(min = 1, max = 300) int batch, @ForAll @IntRange(min = 1, max = 100_000) int in,
      @ForAll @IntRange(min = 1, max = 600) int out, @ForAll @IntRange(min = 1, max = 300) int processors) {
    TiledProduct product = TiledProduct.byRule(LinearProduct.forward(batch, in, out), CutRule.ofGpu(processors));
    int parts = product.parts();
    TiledProduct whole = new TiledProduct(batch, out, in, 1, product.tile());
    assertThat(product.share() % 16).isZero();
    assertThat((parts - 1) * product.share()).isLessThan(in);
    assertThat((long) parts * product.share()).isGreaterThanOrEqualTo(in);
    assertThat(parts).isBetween(1, 256);
    if (whole.groups() >= 2 * processors) {
      assertThat(parts).isEqualTo(1);
    }
    if (parts > 1) {
      assertThat(product.share()).isGreaterThanOrEqualTo(64);
      assertThat((parts - 1) * whole.groups()).isLessThan(2 * processors);
    }
    long busiest = busiest(product, processors);
    assertThat(busiest).isLessThanOrEqualTo(busiest(whole, processors));
    for (int other = 2; other <= Math.min(256, in / 64) && (other - 1) * whole.groups() < 2 * processors; other++) {
      Cut cut = new Cut(whole.tile().down(), whole.tile().across(), 4, other);
      TiledProduct tried = TiledProduct.of(LinearProduct.forward(batch, in, out), cut);
      assertThat(busiest).isLessThanOrEqualTo(busiest(tried, processors));
    }
  }

  @Test
  void keepsALargeGpuBusyWithTheProductsOfThePaper() {
    ConvolutionShape first = new ConvolutionShape(255, 1, 28, 28, 32, 3, 1, 0);
    TiledProduct weights = TiledProduct.byRule(ConvolutionProduct.parameters(first, true), CutRule.ofGpu(132));
    assertThat(weights.tile()).isEqualTo(new Tile(2, 1, 4));
    assertThat(weights.parts()).isBetween(120, 132);
    assertThat(TiledProduct.byRule(LinearProduct.forward(255, 1152, 256), CutRule.ofGpu(132)).parts()).isGreaterThan(16);
    assertThat(TiledProduct.byRule(ConvolutionProduct.forward(first), CutRule.ofGpu(132)).parts()).isEqualTo(1);
  }

  @Test
  void convolutionsAreProductsOfTheirShapes() {
    ConvolutionShape s = new ConvolutionShape(7, 3, 9, 8, 5, 3, 2, 1);
    assertThat(byRule(ConvolutionProduct.forward(s))).isEqualTo(new TiledProduct(5, 7 * 5 * 4, 27, 1, new Tile(1, 8, 4)));
    ConvolutionShape whole = new ConvolutionShape(7, 3, 9, 8, 5, 3, 1, 1);
    assertThat(byRule(ConvolutionProduct.input(whole))).isEqualTo(new TiledProduct(3, 7 * 72, 45, 1, new Tile(1, 8, 4)));
  }

  /** With a stride of 2, three of four factors would be zeros. */
  @Test
  void gradientsOfPatchesHaveNoZeros() {
    ConvolutionShape s = new ConvolutionShape(7, 3, 9, 8, 5, 3, 2, 1);
    assertThat(s.folds()).isTrue();
    assertThat(byRule(ConvolutionProduct.input(s))).isEqualTo(new TiledProduct(27, 7 * 20, 5, 1, new Tile(2, 8, 4)));
    assertThat(new ConvolutionShape(255, 64, 5, 5, 128, 3, 1, 0).folds()).as("2.8 times the products").isTrue();
    assertThat(new ConvolutionShape(255, 32, 13, 13, 64, 3, 1, 0).folds()).as("1.4 times").isFalse();
    assertThat(new ConvolutionShape(1, 64, 32, 32, 64, 3, 1, 1).folds()).isFalse();
    assertThat(new ConvolutionShape(1, 3, 60, 60, 64, 7, 2, 3).folds()).as("12 times the input").isFalse();
  }
}
