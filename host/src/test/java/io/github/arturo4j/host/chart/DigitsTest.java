// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.models.metric.Accuracy;
import io.github.arturo4j.models.metric.Rmse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.0000, 0.000000", "0.7234567, 0.7235, 0.723457", "-55.1234567, -55.1235, -55.123457", "0.01234, 0.0123, 0.012340",
    "0.00123456, 0.001235, 0.001235", "1.23456789E-7, 0.0000001235, 1.23457e-07", "171313.17, 171313, 171313.170000",
    "1234.567, 1234.57, 1234.567000", "-3.0421E29, -3.042e+29, -304210000000000000000000000000.000000", "NaN, NaN, NaN",
    "Infinity, Infinity, Infinity"
  })
  void theDigitsThatCountAreTold(double value, String text, String csv) {
    assertThat(Digits.text(new Rmse(), value)).isEqualTo(text);
    assertThat(Digits.csv(value)).isEqualTo(csv);
  }

  @ParameterizedTest
  @CsvSource({"0.00123456, 0.0012", "1, 1.0000"})
  void sharesHaveFour(double value, String text) {
    assertThat(Digits.text(new Accuracy(), value)).isEqualTo(text);
  }
}
