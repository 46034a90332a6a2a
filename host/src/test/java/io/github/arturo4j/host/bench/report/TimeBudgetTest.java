// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TimeBudgetTest {
  private static final Offset<Double> CLOSE = within(1e-6);

  private double now = 5;
  private final TimeBudget budget = new TimeBudget(100, 1, () -> (long) (now * 1e9));

  @Test
  void whatAPartDoesNotUseIsTheOthers() {
    budget.begin(0.2);
    assertThat(budget.share(4)).isCloseTo(5, CLOSE);
    now += 2;
    assertThat(budget.share(3)).isCloseTo(6, CLOSE);
    budget.begin(0.4);
    assertThat(budget.share(1)).isCloseTo(98 * 0.5, CLOSE);
    assertThat(budget.spent()).isCloseTo(2, CLOSE);
  }

  @Test
  void whatAPartTakesTooMuchIsTheirs() {
    budget.begin(0.2);
    now += 50;
    assertThat(budget.share(1)).isNegative();
    budget.begin(0.4);
    assertThat(budget.share(1)).isCloseTo(25, CLOSE);
    now += 60;
    budget.begin(0.4);
    assertThat(budget.share(1)).isNotPositive();
  }
}
