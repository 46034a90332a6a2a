// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Threads and costs of the tiled products, against counts one by one. */
class TiledProductTest {
  @ParameterizedTest
  @CsvSource({"1,1,1,1", "13,37,20,1", "64,64,16,1", "65,130,33,1", "200,3000,70,1", "512,577,900,5"})
  void countsWhatEachWorkGroupReadsAndWrites(int rows, int columns, int terms, int parts) {
    TiledProduct product = new TiledProduct(rows, columns, terms, parts);
    long[] grid = product.grid().getGlobalWork();
    int blockRows = product.each() * 16;
    assertThat(grid[0] % 16 + grid[1] % 16).isZero();
    assertThat(grid[2]).isEqualTo(parts);
    assertThat(grid[0] / 16 * 64).isBetween((long) columns, columns + 63L);
    assertThat(grid[1] / 16 * blockRows).isBetween((long) rows, rows + blockRows - 1L);
    long values = 0;
    long products = 0;
    for (int y = 0; y < grid[1] / 16; y++) {
      for (int x = 0; x < grid[0] / 16; x++) {
        int height = Math.min(blockRows, rows - y * blockRows);
        int width = Math.min(64, columns - x * 64);
        values += (long) (height + width) * terms + (long) height * width * parts;
        products += (long) height * width * terms;
      }
    }
    assertThat(product.work()).isEqualTo(new Work(2 * products, 4 * values));
  }

  @Test
  void readsEachFactorOnceWhereOneBlockHoldsTheResult() {
    TiledProduct product = TiledProduct.linearForward(10, 100, 12);
    assertThat(product.work()).isEqualTo(new Work(2 * 10 * 100 * 12, 4 * (10 * 100 + 12 * 100 + 10 * 12)));
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
    assertThat(product.sumOfParts()).isEqualTo(new Work(64L * 577 * 32, 4L * 64 * 577 * 33));
    assertThat(product.work().plus(product.sumOfParts()).flops()).isEqualTo(64L * 577 * (2 * 255 * 49 + 32));
    ConvolutionShape large = new ConvolutionShape(255, 512, 1, 1, 512, 3, 1, 1);
    assertThat(TiledProduct.convolutionBackwardParameters(large, false).parts()).isEqualTo(1);
  }

  @Test
  void countsConvolutionsLikeTheirShapes() {
    ConvolutionShape s = new ConvolutionShape(7, 3, 9, 8, 5, 3, 2, 1);
    long flops = 2L * s.outputSize() * s.patch();
    assertThat(TiledProduct.convolutionForward(s).work().flops()).isEqualTo(flops);
    assertThat(TiledProduct.convolutionBackwardParameters(s, false).work().flops()).isEqualTo(flops);
    assertThat(TiledProduct.convolutionBackwardInput(s)).isEqualTo(new TiledProduct(3, 7 * 72, 45, 1));
  }
}
