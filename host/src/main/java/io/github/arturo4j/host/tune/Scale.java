// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

/** How the values of a range are spread; spelt as in files. */
public enum Scale {
  /** Evenly. */
  linear {
    @Override
    double at(double u, double min, double max) {
      return min + u * (max - min);
    }

    @Override
    double position(double value, double min, double max) {
      return (value - min) / (max - min);
    }
  },
  /** Evenly in the logarithm: each factor is as likely as any other of its size. */
  log {
    @Override
    double at(double u, double min, double max) {
      return Math.exp(linear.at(u, Math.log(min), Math.log(max)));
    }

    @Override
    double position(double value, double min, double max) {
      return linear.position(Math.log(value), Math.log(min), Math.log(max));
    }
  };

  /** The value that a part u of the range lies below. */
  abstract double at(double u, double min, double max);

  /** The part of the range that lies below a value. */
  abstract double position(double value, double min, double max);
}
