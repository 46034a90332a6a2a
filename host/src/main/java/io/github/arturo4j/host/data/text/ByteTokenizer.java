// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.text;

import io.github.arturo4j.host.data.DataException;

/** A token a byte. */
record ByteTokenizer() implements Tokenizer {
  @Override
  public int vocabulary() {
    return BYTES;
  }

  @Override
  public String merges() {
    return "";
  }

  @Override
  public int[] encode(byte[] text) {
    int[] tokens = new int[text.length];
    for (int i = 0; i < text.length; i++) {
      tokens[i] = text[i] & 0xff;
    }
    return tokens;
  }

  @Override
  public byte[] decode(int... tokens) {
    byte[] text = new byte[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] < 0 || tokens[i] >= BYTES) {
        throw new DataException("there is no token " + tokens[i] + "; tokens are 0 to " + (BYTES - 1));
      }
      text[i] = (byte) tokens[i];
    }
    return text;
  }
}
