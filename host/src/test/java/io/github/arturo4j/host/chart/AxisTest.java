// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
  @ParameterizedTest
  @CsvSource({"0.1,0.97", "12.3,12.4", "-3,1e6", "5,5", "0,0", "2.2859,2.3011", "1e-9,2e-9"})
  void anAxisHoldsItsValuesBetweenRoundTicks(double min, double max) {
    Axis axis = Axis.covering(min, max);
    assertThat(axis.position(min)).isBetween(-1e-6, 1.0);
    assertThat(axis.position(max)).isBetween(0.0, 1 + 1e-6);
    assertThat(axis.ticks()).hasSizeBetween(3, 9);
    assertThat(axis.ticks().stream().map(axis::label)).as("all different").doesNotHaveDuplicates();
  }

  @Test
  void epochsAreWhole() {
    assertThat(Axis.epochs(1).ticks()).containsExactly(1.0);
    assertThat(Axis.epochs(4).ticks()).containsExactly(1.0, 2.0, 3.0, 4.0);
    assertThat(Axis.epochs(120).ticks()).containsExactly(20.0, 40.0, 60.0, 80.0, 100.0, 120.0);
    assertThat(Axis.epochs(10).ticks()).containsExactly(2.0, 4.0, 6.0, 8.0, 10.0);
  }
}
