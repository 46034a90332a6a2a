// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductCutsTest {
  @Test
  void aLineTellsThemAll() {
    ProductCuts cuts =
        ProductCuts.of(
            Map.of("linear forward 255 784 128", new Cut(8, 4, 4, 2), "convolution input 1 2 3 4 5 kernel 3 1 1", new Cut(1, 8, 4, 1)));
    assertThat(cuts.toString())
        .isEqualTo("convolution input 1 2 3 4 5 kernel 3 1 1=1x8x4x1; linear forward 255 784 128=8x4x4x2");
    assertThat(ProductCuts.parse(cuts.toString())).isEqualTo(cuts);
    assertThat(cuts.find("linear forward 255 784 128")).contains(new Cut(8, 4, 4, 2));
    assertThat(cuts.find("linear forward 255 784 129")).isEmpty();
    assertThat(ProductCuts.NONE).hasToString("");
    assertThat(ProductCuts.parse("")).isEqualTo(ProductCuts.NONE);
  }

  @Test
  void aConvolutionMayBeWinograds() {
    ProductCuts cuts = ProductCuts.of(Map.of("convolution input 1 2 3 4 5 kernel 3 1 1", new Cut(8, 4, 1, 2).ofWinograd()));
    assertThat(cuts).hasToString("convolution input 1 2 3 4 5 kernel 3 1 1=winograd 8x4x1x2");
    assertThat(ProductCuts.parse(cuts.toString())).isEqualTo(cuts);
    assertThat(ProductCuts.parse(cuts.toString().replace("winograd ", ""))).isNotEqualTo(cuts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a", "a=winograd", "a=winograd ", "a=8x4x4x1 winograd", "a=Winograd 8x4x4x1", "a=",
        "a=8x4x2", "a=8x4x4x2x1", "a=8xax1x1", "a=8x4x4x0", "a=3x4x1x1", "a=16x4x1x1", "a=8x8x8x1", "a=0x1x1x1",
        "a=1x1x1x1; b", "a=1x1x1x1=1"
      })
  void whatIsNoneIsRefused(String text) {
    assertThatThrownBy(() -> ProductCuts.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
