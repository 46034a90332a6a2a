// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Threads of the tiled products. */
class TiledProductTest {
  @ParameterizedTest
  @CsvSource({"1,1,1,1", "13,37,20,1", "64,64,16,1", "65,130,33,1", "200,3000,70,1", "512,577,900,5"})
  void workGroupsCoverTheResultAndNoMore(int rows, int columns, int terms, int parts) {
    TiledProduct product = new TiledProduct(rows, columns, terms, parts);
    long[] grid = product.grid().getGlobalWork();
    int blockRows = product.each() * 16;
    assertThat(grid[0] % 16 + grid[1] % 16).isZero();
    assertThat(grid[2]).isEqualTo(parts);
    assertThat(grid[0] / 16 * 64).isBetween((long) columns, columns + 63L);
    assertThat(grid[1] / 16 * blockRows).isBetween((long) rows, rows + blockRows - 1L);
  }

  @Test
  void givesAThreadFewerRowsWhereRowsAreFew() {
    assertThat(new TiledProduct(64, 100_000, 9, 1).each()).isEqualTo(4);
    assertThat(new TiledProduct(32, 100_000, 9, 1).each()).isEqualTo(2);
    assertThat(new TiledProduct(10, 100_000, 9, 1).each()).isEqualTo(1);
  }

  @Test
  void cutsTheSumOfAConvolutionsWeightsIntoWholeImages() {
    ConvolutionShape s = new ConvolutionShape(255, 64, 7, 7, 64, 3, 1, 1);
    TiledProduct product = TiledProduct.convolutionBackwardParameters(s, true);
    assertThat(product).isEqualTo(new TiledProduct(64, 577, 255 * 49, 32));
    ConvolutionShape large = new ConvolutionShape(255, 512, 1, 1, 512, 3, 1, 1);
    assertThat(TiledProduct.convolutionBackwardParameters(large, false).parts()).isEqualTo(1);
  }

  @Test
  void convolutionsAreProductsOfTheirShapes() {
    ConvolutionShape s = new ConvolutionShape(7, 3, 9, 8, 5, 3, 2, 1);
    assertThat(TiledProduct.convolutionForward(s)).isEqualTo(new TiledProduct(5, 7 * 5 * 4, 27, 1));
    assertThat(TiledProduct.convolutionBackwardInput(s)).isEqualTo(new TiledProduct(3, 7 * 72, 45, 1));
  }
}
