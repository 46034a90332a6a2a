// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

/** The ranges of hyperparameters, each in words and as a check, see {@link Require}. */
public enum Range {
  /** A value that is no number. */
  CHOICE(""),
  POSITIVE("positive") {
    @Override
    void check(String name, double value) {
      Require.positive(name, value);
    }
  },
  NOT_NEGATIVE("0 or greater") {
    @Override
    void check(String name, double value) {
      Require.notNegative(name, value);
    }
  },
  SHARE("0 or greater, and less than 1") {
    @Override
    void check(String name, double value) {
      Require.share(name, value);
    }
  },
  FRACTION("in (0, 1]") {
    @Override
    void check(String name, double value) {
      Require.fraction(name, value);
    }
  },
  FRACTION_OR_ZERO("in [0, 1]") {
    @Override
    void check(String name, double value) {
      Require.fractionOrZero(name, value);
    }
  },
  COUNT("1 or greater") {
    @Override
    void check(String name, double value) {
      Require.count(name, value);
    }
  },
  MODERATE("from 1e-15 to 1e15") {
    @Override
    void check(String name, double value) {
      Require.moderate(name, value);
    }
  },
  MODERATE_OR_ZERO("from 0 to 1e15") {
    @Override
    void check(String name, double value) {
      Require.moderateOrZero(name, value);
    }
  };

  private final String words;

  Range(String words) {
    this.words = words;
  }

  /** Throws one line that begins with the name, unless the value is in the range. */
  void check(String name, double value) {}

  /** What help texts say; empty of a value that is no number. */
  public String words() {
    return words;
  }
}
