// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.text;

import io.github.arturo4j.host.data.DataException;

/**
 * Makes tokens of bytes, and bytes of tokens; {@code decode(encode(b))} is b, whatever the bytes are. Tokens 0 to 255 are the bytes
 * themselves.
 */
public sealed interface Tokenizer permits ByteTokenizer, BytePairTokenizer {
  /** Tokens of single bytes. */
  int BYTES = 256;

  /** The bytes themselves. */
  static Tokenizer bytes() {
    return new ByteTokenizer();
  }

  /**
   * Byte-pair encoding (Sennrich, Haddow, Birch, ACL 2016; of bytes: Radford et al., 2019), whose merges are those that are
   * counted most often in a text, the least pair of several: the same text always gives the same ones.
   *
   * @param vocabulary tokens wanted, at least 256; there will be fewer where no pair is in the text twice
   * @throws IllegalArgumentException if there are fewer wanted; one line
   */
  static Tokenizer train(byte[] text, int vocabulary) {
    if (vocabulary < BYTES) {
      throw new IllegalArgumentException(
          "a vocabulary of " + vocabulary + " tokens has none for some bytes; it must be at least " + BYTES);
    }
    return parse(new BytePairTraining(text).merges(vocabulary - BYTES));
  }

  /**
   * Reads what {@link #merges} has written.
   *
   * @throws DataException if it is damaged; one line
   */
  static Tokenizer parse(String merges) {
    return merges.isBlank() ? bytes() : BytePairTokenizer.parse(merges);
  }

  /** Tokens that there are: 0 to vocabulary − 1. */
  int vocabulary();

  /** All that there is to know about it, in a line: the pairs that tokens from 256 on stand for; empty of single bytes. */
  String merges();

  /** The tokens of some bytes. */
  int[] encode(byte[] text);

  /**
   * The bytes of some tokens.
   *
   * @throws DataException if there is no such token; one line
   */
  byte[] decode(int... tokens);
}
