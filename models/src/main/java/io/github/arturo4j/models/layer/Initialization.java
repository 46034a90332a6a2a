// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How the weights of convolutions and linear maps begin. But for {@link #PYTORCH}, biases begin at 0.
 *
 * @param scheme the rule
 * @param deviation of {@link Scheme#NORMAL} and {@link Scheme#TRUNCATED_NORMAL}; 0 of others
 */
public record Initialization(Scheme scheme, double deviation) {
  /** As each layer has it by default, which is PyTorch's default. */
  public static final Initialization PYTORCH = new Initialization(Scheme.PYTORCH, 0);

  /** The rules; fanIn and fanOut are the values that an output is made of, and those that an input has a part in. */
  public enum Scheme {
    /** As each layer has it by default. */
    PYTORCH,
    /** Normal of variance 2 / fanIn, for ReLUs (He, Zhang, Ren, Sun, ICCV 2015): PyTorch's kaiming_normal_. */
    HE,
    /** Normal of variance 2 / fanOut: kaiming_normal_ of mode fan_out. */
    HE_FAN_OUT,
    /** Uniform of variance 2 / (fanIn + fanOut) (Glorot, Bengio, AISTATS 2010): PyTorch's xavier_uniform_. */
    XAVIER,
    /** The same, normal: xavier_normal_. */
    XAVIER_NORMAL,
    /** An orthogonal matrix [first size, others] (Saxe, McClelland, Ganguli, ICLR 2014): PyTorch's orthogonal_. */
    ORTHOGONAL,
    /** Normal of a given deviation. */
    NORMAL,
    /** The same, what is beyond ± 2 drawn again: PyTorch's trunc_normal_. */
    TRUNCATED_NORMAL;

    private boolean hasDeviation() {
      return this == NORMAL || this == TRUNCATED_NORMAL;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Checks the deviation. */
  public Initialization {
    if (scheme.hasDeviation() ? !(deviation > 0 && deviation < Double.POSITIVE_INFINITY) : deviation != 0) {
      throw new IllegalArgumentException("the deviation of " + scheme + " is " + deviation + "; it must be " + range(scheme));
    }
  }

  private static String range(Scheme scheme) {
    return scheme.hasDeviation() ? "a positive number" : "left out";
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException if it is none; one line, as the end of a sentence that begins with what it is of
   */
  public static Initialization parse(String text) {
    String[] parts = text.split(":", 2);
    for (Scheme scheme : Scheme.values()) {
      if (scheme.toString().equals(parts[0]) && scheme.hasDeviation() == (parts.length == 2)) {
        try {
          return new Initialization(scheme, parts.length == 2 ? Double.parseDouble(parts[1]) : 0);
        } catch (IllegalArgumentException e) {
          break;
        }
      }
    }
    throw new IllegalArgumentException("is '" + text + "'; it must be one of: " + names());
  }

  /** What {@link #parse} takes. */
  public static String names() {
    return Arrays.stream(Scheme.values())
        .map(scheme -> scheme.hasDeviation() ? scheme + ":DEVIATION" : scheme.toString())
        .collect(Collectors.joining(", "));
  }

  /**
   * How weights begin.
   *
   * @param own the layer's default
   * @param fanIn values that an output is made of
   * @param fanOut values that an input has a part in
   */
  Initializer weights(Initializer own, int fanIn, int fanOut) {
    return switch (scheme) {
      case PYTORCH -> own;
      case HE -> new Initializer.Normal(Math.sqrt(2.0 / fanIn));
      case HE_FAN_OUT -> new Initializer.Normal(Math.sqrt(2.0 / fanOut));
      case XAVIER -> new Initializer.Uniform(Math.sqrt(6.0 / ((double) fanIn + fanOut)));
      case XAVIER_NORMAL -> new Initializer.Normal(Math.sqrt(2.0 / ((double) fanIn + fanOut)));
      case ORTHOGONAL -> new Initializer.Orthogonal();
      case NORMAL -> new Initializer.Normal(deviation);
      case TRUNCATED_NORMAL -> new Initializer.TruncatedNormal(deviation);
    };
  }

  /** How biases begin; {@code own} is the layer's default. */
  Initializer biases(Initializer own) {
    return scheme == Scheme.PYTORCH ? own : new Initializer.Constant(0);
  }

  /** Such as {@code he} or {@code normal:0.02}. */
  @Override
  public String toString() {
    return scheme + (scheme.hasDeviation() ? ":" + deviation : "");
  }
}
