// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemperatureSearchTest {
  @ParameterizedTest
  @ValueSource(doubles = {2e-5, 0.003, 0.7, 4})
  void findsTheLeastOfALossWithOneValley(double best) {
    TemperatureSearch.Found found = TemperatureSearch.of(t -> 2 + Math.pow(Math.log(t / best), 2));
    assertThat(found.temperature()).isCloseTo(best, within(0.1 * best));
    assertThat(found.loss()).isCloseTo(2, within(0.01));
  }

  @Test
  void staysInItsRangeAndPassesOverWhatIsNoNumber() {
    assertThat(TemperatureSearch.of(t -> t).temperature()).isCloseTo(1e-5, within(1e-9));
    assertThat(TemperatureSearch.of(t -> -t).temperature()).isCloseTo(10, within(1e-6));
    assertThat(TemperatureSearch.of(t -> t > 1 ? Double.NaN : Math.abs(Math.log(t / 0.1))).temperature())
        .isCloseTo(0.1, within(0.01));
  }
}
