// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.text;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Features;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A text file as examples for a language model: windows of tokens, one behind the other, each with the tokens that come next as
 * its targets. What is left at an end, less than a window, is left out.
 *
 * @param tokenizer what has made tokens of the text
 * @param train the windows to train on
 * @param validation those of the file's end, to validate with, if it is held out
 */
public record TextExamples(Tokenizer tokenizer, Examples train, Optional<Examples> validation) {
  /**
   * Reads a file, with byte-pair encoding that is trained on what is not held out, or, of a vocabulary of 256, single bytes.
   *
   * @param file in UTF-8
   * @param vocabulary tokens wanted, at least 256, see {@link Tokenizer#train}
   * @param length tokens of a window
   * @param holdout share of the file, its end, that is to validate with, from 0 and below 1; 0 for none
   * @throws DataException if it cannot be read, is no text, or too short; one line
   * @throws IllegalArgumentException if a number is none of these; one line
   */
  public static TextExamples read(Path file, int vocabulary, int length, double holdout) {
    byte[] text = TextFile.read(file);
    return of(file, text, Tokenizer.train(Arrays.copyOf(text, cut(text, holdout)), vocabulary), length, holdout);
  }

  /**
   * The same with a tokenizer that there is, such as a run's.
   *
   * @throws DataException as there
   * @throws IllegalArgumentException as there
   */
  public static TextExamples read(Path file, Tokenizer tokenizer, int length, double holdout) {
    return of(file, TextFile.read(file), tokenizer, length, holdout);
  }

  private static TextExamples of(Path file, byte[] text, Tokenizer tokenizer, int length, double holdout) {
    if (length < 1) {
      throw new IllegalArgumentException("the length of a window is " + length + "; it must be at least 1");
    }
    int cut = cut(text, holdout);
    Examples train = windows(file, "", Arrays.copyOf(text, cut), tokenizer, length);
    Optional<Examples> validation =
        holdout > 0
            ? Optional.of(
                windows(file, "what is held out of ", Arrays.copyOfRange(text, cut, text.length), tokenizer, length))
            : Optional.empty();
    return new TextExamples(tokenizer, train, validation);
  }

  /** Where the end that is held out begins: at the first byte of a character. */
  private static int cut(byte[] text, double holdout) {
    if (!(holdout >= 0 && holdout < 1)) {
      throw new IllegalArgumentException("the share to hold out is " + holdout + "; it must be from 0 and below 1");
    }
    int cut = text.length - (int) (text.length * holdout);
    while (cut > 0 && cut < text.length && (text[cut] & 0xc0) == 0x80) {
      cut--;
    }
    return cut;
  }

  private static Examples windows(Path file, String part, byte[] text, Tokenizer tokenizer, int length) {
    int[] tokens = tokenizer.encode(text);
    int windows = (tokens.length - 1) / length;
    if (windows < 1) {
      throw new DataException(
          "%s'%s' is %,d tokens, and an example of %,d and the one behind them takes %,d; give a longer text, or a shorter length"
              .formatted(part, file, tokens.length, length, length + 1L));
    }
    int values = windows * length;
    return Examples.of(
        Features.of(Arrays.copyOf(tokens, values), length),
        Targets.classes(Arrays.copyOfRange(tokens, 1, values + 1), tokenizer.vocabulary(), length));
  }
}
