// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

/**
 * What runs as a unit: a layer that computes, and the layers behind it that are computed together with it. The stages of
 * a network are in an order in which each comes behind those it takes its input from.
 */
public sealed interface Stage {
  /** The {@link #input} of a stage that takes the images. */
  int IMAGES = -1;

  /** The shortcut of a stage that has none. */
  int NONE = -2;

  /** Unique in the network; tasks are named after it. */
  String name();

  /** Index of the stage whose output it takes, or {@link #IMAGES}. */
  int input();

  /** Shape of what it puts out. */
  Shape output();

  /** Probability of the dropout at its end; 0 for none. */
  default double dropout() {
    return 0;
  }

  /**
   * With a ReLU behind it.
   *
   * @throws IllegalArgumentException if there can be none
   */
  default Stage withRelu() {
    throw misplaced("a ReLU");
  }

  /**
   * With a dropout behind it.
   *
   * @throws IllegalArgumentException if there can be none
   */
  default Stage withDropout(double probability) {
    throw misplaced("a dropout of " + probability);
  }

  /** What to throw if a layer cannot stand behind this one. */
  default IllegalArgumentException misplaced(String what) {
    return new IllegalArgumentException(what + " cannot stand here, behind " + name());
  }

  /**
   * A convolution or linear layer, and the layers without parameters behind it.
   *
   * @param layer the {@link Layer.Convolution} or {@link Layer.Linear}
   * @param in shape of the input
   * @param linear shape of what the layer itself puts out
   * @param weight its weights
   * @param bias its biases; null for none
   * @param relu whether a ReLU follows
   * @param pool whether a 2×2 max-pooling follows
   */
  record Product(String name, int input, Layer layer, Shape in, Shape linear, ParameterSpec weight,
      ParameterSpec bias, boolean relu, boolean pool, double dropout) implements Stage {
    @Override
    public Shape output() {
      return pool ? new Shape(linear.channels(), linear.height() / 2, linear.width() / 2) : linear;
    }

    @Override
    public Product withRelu() {
      if (relu || pool || dropout > 0) {
        throw misplaced("a ReLU");
      }
      return new Product(name, input, layer, in, linear, weight, bias, true, pool, dropout);
    }

    /** Whether a 2×2 max-pooling can follow. */
    boolean poolable() {
      return relu && !pool && dropout == 0;
    }

    Product withPool() {
      return new Product(name, input, layer, in, linear, weight, bias, relu, true, dropout);
    }

    @Override
    public Product withDropout(double probability) {
      if (!relu || dropout > 0 || !(probability >= 0 && probability < 1)) {
        throw misplaced("a dropout of " + probability);
      }
      return new Product(name, input, layer, in, linear, weight, bias, relu, pool, probability);
    }
  }

  /**
   * A batch normalisation, with what is added to it and the ReLU behind that.
   *
   * @param shortcut index of the stage whose output is added, {@link #IMAGES} or {@link #NONE}
   * @param mean the running means among the network's buffers
   * @param variance the running variances among the network's buffers
   */
  record Norm(String name, int input, int shortcut, Shape output, ParameterSpec weight, ParameterSpec bias,
      ParameterSpec mean, ParameterSpec variance, boolean relu) implements Stage {
    /** Whether a shortcut can be added. */
    boolean addable() {
      return shortcut == NONE && !relu;
    }

    Norm withShortcut(int stage) {
      return new Norm(name, input, stage, output, weight, bias, mean, variance, relu);
    }

    @Override
    public Norm withRelu() {
      if (relu) {
        throw misplaced("a ReLU");
      }
      return new Norm(name, input, shortcut, output, weight, bias, mean, variance, true);
    }
  }

  /**
   * The sum of two outputs, and the ReLU behind it.
   *
   * @param shortcut index of the other stage, or {@link #IMAGES}
   */
  record Sum(String name, int input, int shortcut, Shape output, boolean relu) implements Stage {
    @Override
    public Sum withRelu() {
      if (relu) {
        throw misplaced("a ReLU");
      }
      return new Sum(name, input, shortcut, output, true);
    }
  }

  /**
   * A max-pooling.
   *
   * @param in shape of the input
   */
  record Pool(String name, int input, Layer.MaxPool layer, Shape in, Shape output) implements Stage {}

  /**
   * The means of the channels.
   *
   * @param in shape of the input
   */
  record Average(String name, int input, Shape in, Shape output) implements Stage {}
}
