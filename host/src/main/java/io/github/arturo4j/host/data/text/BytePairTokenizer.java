// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.text;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.host.io.Printable;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Byte-pair encoding: token 256 + i stands for the two tokens of merge i. Of a piece of text, the pair whose merge comes first is
 * merged, wherever it is, as long as there is one.
 */
final class BytePairTokenizer implements Tokenizer {
  /** Different pieces whose tokens are kept during {@link #encode}, at most. */
  private static final int KEPT = 1 << 20;

  private final String merges;
  private final List<byte[]> texts = new ArrayList<>();
  private final Map<Long, Integer> tokens = new HashMap<>();

  private BytePairTokenizer(String merges) {
    this.merges = merges;
    for (int b = 0; b < BYTES; b++) {
      texts.add(new byte[] {(byte) b});
    }
  }

  static Tokenizer parse(String merges) {
    BytePairTokenizer tokenizer = new BytePairTokenizer(merges.strip());
    for (String merge : tokenizer.merges.split(" ")) {
      tokenizer.add(merge);
    }
    return tokenizer;
  }

  private void add(String merge) {
    try {
      String[] pair = merge.split("\\+", 2);
      int left = Integer.parseInt(pair[0]);
      int right = Integer.parseInt(pair[1]);
      byte[] text = Arrays.copyOf(texts.get(left), texts.get(left).length + texts.get(right).length);
      System.arraycopy(texts.get(right), 0, text, texts.get(left).length, texts.get(right).length);
      if (text.length <= Pieces.MAX && tokens.putIfAbsent(key(left, right), texts.size()) == null) {
        texts.add(text);
        return;
      }
    } catch (NumberFormatException | IndexOutOfBoundsException _) {
      // as what is too long, or there twice
    }
    throw new DataException(
        "merge " + (texts.size() - BYTES) + " of a tokenizer is " + Printable.value(merge)
            + "; it must be two earlier tokens, such as 101+32, of at most " + Pieces.MAX
            + " bytes, and no merge before it: take the text as it was written");
  }

  @Override
  public int vocabulary() {
    return texts.size();
  }

  @Override
  public String merges() {
    return merges;
  }

  @Override
  public int[] encode(byte[] text) {
    int[] encoded = new int[text.length];
    int[] count = {0};
    Map<String, int[]> known = new HashMap<>();
    Pieces.of(
        text,
        piece -> {
          int[] its = known.get(piece);
          if (its == null) {
            its = merged(bytes(piece));
            if (known.size() < KEPT) {
              known.put(piece, its);
            }
          }
          System.arraycopy(its, 0, encoded, count[0], its.length);
          count[0] += its.length;
        });
    return Arrays.copyOf(encoded, count[0]);
  }

  private static int[] bytes(String piece) {
    return Tokenizer.bytes().encode(piece.getBytes(StandardCharsets.ISO_8859_1));
  }

  private int[] merged(int[] piece) {
    int[] left = piece;
    while (true) {
      int first = Integer.MAX_VALUE;
      int at = 0;
      for (int i = 1; i < left.length; i++) {
        int token = tokens.getOrDefault(key(left[i - 1], left[i]), Integer.MAX_VALUE);
        if (token < first) {
          first = token;
          at = i;
        }
      }
      if (at == 0) {
        return left;
      }
      left = merged(left, left[at - 1], left[at], first);
    }
  }

  /** Tokens with one in place of each pair of these two, from left to right. */
  static int[] merged(int[] tokens, int left, int right, int token) {
    int[] merged = new int[tokens.length];
    int count = 0;
    for (int i = 0; i < tokens.length; i++) {
      boolean pair = i + 1 < tokens.length && tokens[i] == left && tokens[i + 1] == right;
      merged[count++] = pair ? token : tokens[i];
      i += pair ? 1 : 0;
    }
    return Arrays.copyOf(merged, count);
  }

  /** A number for each pair of tokens. */
  static long key(int left, int right) {
    return (long) left << Integer.SIZE | right;
  }

  @Override
  public byte[] decode(int... encoded) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(2 * encoded.length);
    for (int token : encoded) {
      if (token < 0 || token >= texts.size()) {
        throw new DataException("there is no token " + token + "; tokens are 0 to " + (texts.size() - 1));
      }
      out.writeBytes(texts.get(token));
    }
    return out.toByteArray();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof BytePairTokenizer other && merges.equals(other.merges);
  }

  @Override
  public int hashCode() {
    return merges.hashCode();
  }

  @Override
  public String toString() {
    return vocabulary() + " tokens of byte pairs";
  }
}
