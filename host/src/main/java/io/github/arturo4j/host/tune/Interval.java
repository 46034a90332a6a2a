// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import java.math.BigDecimal;
import java.math.MathContext;

/** The numbers from one to another. Those that are drawn have four digits that count, so that people can read them. */
public record Interval(double min, double max, Scale scale) implements Domain {
  private static final MathContext DIGITS = new MathContext(4);

  /** Checks the ends. */
  public Interval {
    if (!(min < max) || Double.isInfinite(max - min)) {
      throw new IllegalArgumentException("has min " + Values.text(min) + " and max " + Values.text(max) + "; min must be less than max");
    }
    if (scale == Scale.log && min <= 0) {
      throw new IllegalArgumentException("has min " + Values.text(min) + " and scale log; min must be greater than 0, or scale linear");
    }
  }

  @Override
  public Object draw(double u, boolean whole) {
    if (whole) { // so that the ends are as likely as the others
      long drawn = Math.round(scale.at(u, min - 0.5, max + 0.5));
      return Math.clamp(drawn, (long) min, (long) max);
    }
    return Math.clamp(new BigDecimal(scale.at(u, min, max)).round(DIGITS).doubleValue(), min, max);
  }

  @Override
  public boolean contains(Object value) {
    return value instanceof Number number && number.doubleValue() >= min && number.doubleValue() <= max;
  }

  /** Where a value is between the ends, in [0, 1] for those on the interval. */
  double position(Object value) {
    return scale.position(((Number) value).doubleValue(), min, max);
  }

  @Override
  public String words() {
    return "from " + Values.text(min) + " to " + Values.text(max) + (scale == Scale.log ? ", logarithmically" : "");
  }
}
