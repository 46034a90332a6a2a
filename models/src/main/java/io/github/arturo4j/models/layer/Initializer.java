// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import java.util.SplittableRandom;

/** How the values of a tensor begin. */
public sealed interface Initializer {
  /** Uniform in ± 1/√fanIn, the default of PyTorch's Conv2d and Linear for weights and biases. */
  static Initializer ofFanIn(int fanIn) {
    return new Uniform(1 / Math.sqrt(fanIn));
  }

  /**
   * Reads one of a file: {@code normal:0.02}, {@code uniform:0.1}, {@code orthogonal}, or a number for the same value everywhere.
   *
   * @throws IllegalArgumentException if it is none; one line, as the end of a sentence that begins with what it is of
   */
  static Initializer parse(String text) {
    if (text.equals("orthogonal")) {
      return new Orthogonal();
    }
    String[] parts = text.split(":", 2);
    try {
      double number = Double.parseDouble(parts[parts.length - 1]);
      boolean positive = number > 0 && number < Double.POSITIVE_INFINITY;
      if (parts.length == 1 && Double.isFinite(number)) {
        return new Constant((float) number);
      } else if (positive && parts[0].equals("normal")) {
        return new Normal(number);
      } else if (positive && parts[0].equals("truncated_normal")) {
        return new TruncatedNormal(number);
      } else if (positive && parts[0].equals("uniform")) {
        return new Uniform(number);
      }
    } catch (NumberFormatException _) {
      // as what is not known
    }
    throw new IllegalArgumentException(
        "is '" + text + "'; it must be a number, normal:DEVIATION, truncated_normal:DEVIATION, uniform:BOUND, or orthogonal");
  }

  /**
   * Fills a tensor.
   *
   * @param values of all tensors
   * @param offset index of the tensor's first
   * @param rows its first size
   * @param columns the product of its others
   */
  void fill(float[] values, int offset, int rows, int columns, SplittableRandom random);

  /**
   * Uniform in ± bound.
   *
   * @param bound 1/√fanIn is the default of PyTorch's Conv2d and Linear
   */
  record Uniform(double bound) implements Initializer {
    @Override
    public void fill(float[] values, int offset, int rows, int columns, SplittableRandom random) {
      for (int i = offset; i < offset + rows * columns; i++) {
        values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
      }
    }
  }

  /**
   * Normal around 0.
   *
   * @param deviation √(2/fanOut) keeps the variance of gradients through ReLUs (He et al., ICCV 2015)
   */
  record Normal(double deviation) implements Initializer {
    @Override
    public void fill(float[] values, int offset, int rows, int columns, SplittableRandom random) {
      for (int i = offset; i < offset + rows * columns; i++) {
        values[i] = (float) (random.nextGaussian() * deviation);
      }
    }
  }

  /**
   * Normal around 0, what is beyond ± 2 drawn again: as PyTorch's trunc_normal_ by default, the bound is no number
   * of deviations.
   */
  record TruncatedNormal(double deviation) implements Initializer {
    private static final double BOUND = 2;

    @Override
    public void fill(float[] values, int offset, int rows, int columns, SplittableRandom random) {
      for (int i = offset; i < offset + rows * columns; i++) {
        values[i] = (float) draw(random);
      }
    }

    private double draw(SplittableRandom random) {
      while (true) {
        if (deviation < BOUND) {
          double normal = random.nextGaussian() * deviation;
          if (Math.abs(normal) <= BOUND) {
            return normal;
          }
        } else { // few normal numbers are within: uniform ones, kept in proportion to the density
          double uniform = (2 * random.nextDouble() - 1) * BOUND;
          if (random.nextDouble() <= Math.exp(-uniform * uniform / (2 * deviation * deviation))) {
            return uniform;
          }
        }
      }
    }
  }

  /** The same value everywhere. */
  record Constant(float value) implements Initializer {
    @Override
    public void fill(float[] values, int offset, int rows, int columns, SplittableRandom random) {
      for (int i = offset; i < offset + rows * columns; i++) {
        values[i] = value;
      }
    }
  }

  /** Rows that are orthonormal, or columns if there are more rows, of any direction alike: a normal matrix's, by {@link Orthonormal}. */
  record Orthogonal() implements Initializer {
    @Override
    public void fill(float[] values, int offset, int rows, int columns, SplittableRandom random) {
      boolean wide = rows <= columns;
      int vectors = Math.min(rows, columns);
      double[][] basis = Orthonormal.basis(vectors, Math.max(rows, columns), random);
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          values[offset + row * columns + column] = (float) (wide ? basis[row][column] : basis[column][row]);
        }
      }
    }
  }
}
