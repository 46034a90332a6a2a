// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which of a model's tensors a {@linkplain ParameterGroup group} has: {@code biases}, {@code norms} (weights and biases of
 * normalisations), a name in which {@code *} stands for any characters, such as {@code *.weight} or {@code layer1.*}, or,
 * behind {@code regex:}, a regular expression of the whole name.
 */
public final class ParameterPattern implements Predicate<ParameterSlice> {
  private static final String BIASES = "biases";
  private static final String NORMS = "norms";
  private static final String REGEX = "regex:";

  private final String text;
  private final Predicate<ParameterSlice> test;

  private ParameterPattern(String text, Predicate<ParameterSlice> test) {
    this.text = text;
    this.test = test;
  }

  /**
   * The pattern that is written so.
   *
   * @throws IllegalArgumentException if it is blank or no regular expression; one line
   */
  public static ParameterPattern of(String text) {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException(
          "a group's parameters are blank; they must be biases, norms, a name with * for any characters, or regex:…");
    }
    return new ParameterPattern(
        text,
        switch (text) {
          case BIASES -> ParameterSlice::bias;
          case NORMS -> ParameterSlice::norm;
          default -> named(text);
        });
  }

  private static Predicate<ParameterSlice> named(String text) {
    Pattern pattern = text.startsWith(REGEX) ? regex(text) : glob(text);
    return slice -> pattern.matcher(slice.name()).matches();
  }

  private static Pattern regex(String text) {
    try {
      return Pattern.compile(text.substring(REGEX.length()));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "a group's parameters are '" + text + "', which is no regular expression: " + e.getDescription()
              + " near index " + Math.max(0, e.getIndex()),
          e);
    }
  }

  private static Pattern glob(String text) {
    StringBuilder regex = new StringBuilder();
    for (String part : text.split("\\*", -1)) {
      regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
    }
    return Pattern.compile(regex.toString());
  }

  @Override
  public boolean test(ParameterSlice slice) {
    return test.test(slice);
  }

  @Override
  public String toString() {
    return text;
  }
}
