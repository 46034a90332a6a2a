// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.text;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Finds the merges of a {@link BytePairTokenizer}. Pairs are counted in the different pieces of a text, each as often as it is
 * there; a merge counts anew in the pieces that have its pair, and in no others.
 */
final class BytePairTraining {
  /** A piece of the text, as the tokens that the merges so far have made of it. */
  private static final class Word {
    private int count;
    private int[] tokens;
  }

  /** A pair, how often it is there, and the words that it is in, or was. */
  private static final class Pair {
    private final int left;
    private final int right;
    private final Set<Word> words = new LinkedHashSet<>();
    private long count;
    private long enqueued;

    private Pair(int left, int right) {
      this.left = left;
      this.right = right;
    }
  }

  /** A pair with what its count was; it is out of date if the count is another now. */
  private record Entry(Pair pair, long count) {}

  private static final Comparator<Entry> MOST_FIRST =
      Comparator.comparingLong(Entry::count)
          .reversed()
          .thenComparingInt(entry -> entry.pair.left)
          .thenComparingInt(entry -> entry.pair.right);

  private final Map<Long, Pair> pairs = new HashMap<>();
  private final Set<Pair> changed = new LinkedHashSet<>();
  private final PriorityQueue<Entry> queue = new PriorityQueue<>(MOST_FIRST);

  BytePairTraining(byte[] text) {
    Map<String, Word> words = new LinkedHashMap<>();
    Pieces.of(text, piece -> words.computeIfAbsent(piece, _ -> new Word()).count++);
    words.forEach(
        (piece, word) -> {
          word.tokens = Tokenizer.bytes().encode(piece.getBytes(StandardCharsets.ISO_8859_1));
          count(word, 1, 0);
        });
    enqueue();
  }

  /** The merges, at most so many, as {@link Tokenizer#merges} has them. */
  String merges(int max) {
    StringJoiner merges = new StringJoiner(" ");
    int token = Tokenizer.BYTES;
    while (token < Tokenizer.BYTES + max && !queue.isEmpty()) {
      Entry first = queue.remove();
      if (first.count == first.pair.count) {
        merges.add(first.pair.left + "+" + first.pair.right);
        merge(first.pair, token++);
      }
    }
    return merges.toString();
  }

  private void merge(Pair pair, int token) {
    for (Word word : pair.words) {
      int[] merged = BytePairTokenizer.merged(word.tokens, pair.left, pair.right, token);
      if (merged.length < word.tokens.length) {
        count(word, -1, token);
        word.tokens = merged;
        count(word, 1, token);
      }
    }
    pairs.remove(BytePairTokenizer.key(pair.left, pair.right));
    enqueue();
  }

  /** Adds a word's pairs to the counts, or takes them off; the word is known to pairs of tokens before {@code newest}. */
  private void count(Word word, int sign, int newest) {
    for (int i = 1; i < word.tokens.length; i++) {
      int left = word.tokens[i - 1];
      int right = word.tokens[i];
      Pair pair = pairs.computeIfAbsent(BytePairTokenizer.key(left, right), _ -> new Pair(left, right));
      pair.count += (long) sign * word.count;
      if (left >= newest || right >= newest) {
        pair.words.add(word);
      }
      changed.add(pair);
    }
  }

  /** Of the pairs whose count has changed, those that are there twice or more can be merged. */
  private void enqueue() {
    for (Pair pair : changed) {
      if (pair.count != pair.enqueued && pair.count > 1) {
        queue.add(new Entry(pair, pair.count));
      }
      pair.enqueued = pair.count;
    }
    changed.clear();
  }
}
