// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.arturo4j.host.data.DataException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TokenizerTest {
  private static final String TEXT =
      "She sells sea shells by the sea shore; the shells she sells are sea shells, I'm sure.\n\n"
          + "So if she sells sea shells  on the sea shore, in 1905 or in 1906: größere Größe, größer noch.\n";
  private static final Tokenizer TRAINED = Tokenizer.train(bytes(TEXT), 300);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Tokenizer tokenizer, int... tokens) {
    return new String(tokenizer.decode(tokens), StandardCharsets.UTF_8);
  }

  @Property(tries = 500)
  void anyBytesComeBack(@ForAll byte[] bytes) {
    for (Tokenizer tokenizer : List.of(Tokenizer.bytes(), TRAINED, Tokenizer.train(bytes, 270))) {
      int[] tokens = tokenizer.encode(bytes);
      assertThat(tokenizer.decode(tokens)).isEqualTo(bytes);
      assertThat(Arrays.stream(tokens)).allMatch(token -> token >= 0 && token < tokenizer.vocabulary());
      assertThat(Tokenizer.parse(tokenizer.merges())).isEqualTo(tokenizer);
    }
  }

  /** Of few different bytes, which are often pairs: also what was trained on is encoded with the merges that training made. */
  @Property(tries = 300)
  void trainingIsTheOneThatCountsEverythingAnew(@ForAll @Size(max = 300) List<@ByteRange(min = 95, max = 99) Byte> letters) {
    byte[] text = new byte[letters.size()];
    for (int i = 0; i < text.length; i++) {
      text[i] = letters.get(i) == 95 ? (byte) ' ' : letters.get(i);
    }
    List<List<Integer>> words = new ArrayList<>();
    Pieces.of(text, piece -> words.add(new ArrayList<>(piece.chars().boxed().toList())));
    assertThat(Tokenizer.train(text, 272).merges()).isEqualTo(counted(words, 16));
    assertThat(Tokenizer.train(text, 272).encode(text))
        .containsExactly(words.stream().flatMap(List::stream).mapToInt(token -> token).toArray());
  }

  /** The merges, by counting all pairs of all words for each; leaves the words as they are then. */
  private static String counted(List<List<Integer>> words, int max) {
    List<String> merges = new ArrayList<>();
    while (merges.size() < max) {
      Map<List<Integer>, Integer> counts = new HashMap<>();
      for (List<Integer> word : words) {
        for (int i = 1; i < word.size(); i++) {
          counts.merge(List.of(word.get(i - 1), word.get(i)), 1, Integer::sum);
        }
      }
      List<Integer> best = null;
      for (List<Integer> pair : counts.keySet()) {
        int difference = best == null ? 1 : counts.get(pair) - counts.get(best);
        boolean less =
            best != null
                && (pair.get(0) < best.get(0) || pair.get(0).equals(best.get(0)) && pair.get(1) < best.get(1));
        if (difference > 0 || difference == 0 && less) {
          best = pair;
        }
      }
      if (best == null || counts.get(best) < 2) {
        break;
      }
      for (List<Integer> word : words) {
        for (int i = 1; i < word.size(); i++) {
          if (word.get(i - 1).equals(best.get(0)) && word.get(i).equals(best.get(1))) {
            word.set(i - 1, Tokenizer.BYTES + merges.size());
            word.remove(i);
          }
        }
      }
      merges.add(best.get(0) + "+" + best.get(1));
    }
    return String.join(" ", merges);
  }

  @Test
  void mergesAreThoseCountedMostOfWordsWithTheBlankInFrontOfThem() {
    assertThat(TRAINED.merges()).startsWith("32+115 104+101 "); // " s", which is there most, then "he"
    int[] tokens = TRAINED.encode(bytes(" sea shells 1905"));
    assertThat(Arrays.stream(tokens).mapToObj(token -> text(TRAINED, token))).startsWith(" sea", " shells");
    assertThat(text(TRAINED, tokens)).isEqualTo(" sea shells 1905");
    assertThat(TRAINED.vocabulary()).isLessThanOrEqualTo(300).isGreaterThan(280);
    assertThat(Tokenizer.train(bytes(TEXT), 300)).isEqualTo(TRAINED).hasSameHashCodeAs(TRAINED);
    assertThat(TRAINED.merges()).startsWith(Tokenizer.train(bytes(TEXT), 280).merges());
  }

  @Test
  void piecesAreWordsNumbersBlanksAndSigns() {
    List<String> pieces = new ArrayList<>();
    Pieces.of(bytes("It's  1905,\n\n so  "), pieces::add);
    assertThat(pieces).containsExactly("It", "'", "s", " ", " 1905", ",", "\n\n", " so", "  ");
    pieces.clear();
    Pieces.of(bytes(" " + "x".repeat(150)), pieces::add);
    assertThat(pieces).extracting(String::length).containsExactly(64, 64, 23);
  }

  @Test
  void aTextWithoutPairsHasNoMerges() {
    for (String text : List.of("", "a", "abcdef", "a b c")) {
      assertThat(Tokenizer.train(bytes(text), 1000)).isEqualTo(Tokenizer.bytes());
    }
    assertThat(Tokenizer.train(bytes(TEXT), 256).vocabulary()).isEqualTo(256);
    assertThatIllegalArgumentException().isThrownBy(() -> Tokenizer.train(bytes(TEXT), 255))
        .withMessage("a vocabulary of 255 tokens has none for some bytes; it must be at least 256");
  }

  @Test
  void mergesAreAValueThatJacksonWrites() throws Exception {
    ObjectMapper json = new ObjectMapper();
    String written = json.writeValueAsString(Map.of("merges", TRAINED.merges()));
    assertThat(Tokenizer.parse(json.readTree(written).get("merges").asText())).isEqualTo(TRAINED);
    assertThat(written).doesNotContain("\\");
  }

  @Test
  void damagedMergesAreRefusedInALine() {
    for (String merges : List.of("x", "104", "104+", "+", "104+256", "-1+3", "104+101 104+101", "104+101  257+1", "1+2,3+4",
        "99999999999+1", "\u0000")) {
      assertThatThrownBy(() -> Tokenizer.parse(merges)).isInstanceOf(DataException.class).message().doesNotContain("\n")
          .contains("of a tokenizer is ").contains("it must be two earlier tokens, such as 101+32");
    }
    String doubling = "1+1 " + String.join(" ", IntStream.range(256, 300).mapToObj(i -> i + "+" + i).toList());
    assertThatThrownBy(() -> Tokenizer.parse(doubling)).isInstanceOf(DataException.class).hasMessageStartingWith("merge 6 of ");
  }

  @Test
  void whateverIsDoneToMergesNothingElseIsThrown() {
    Random random = new Random(7);
    int read = 0;
    for (int i = 0; i < 3000; i++) {
      StringBuilder damaged = new StringBuilder(TRAINED.merges());
      for (int change = 0; change <= random.nextInt(3); change++) {
        int at = random.nextInt(damaged.length());
        switch (random.nextInt(3)) {
          case 0 -> damaged.deleteCharAt(at);
          case 1 -> damaged.setCharAt(at, " +0123456789x\n".charAt(random.nextInt(14)));
          default -> damaged.setLength(at);
        }
        if (damaged.isEmpty()) {
          break;
        }
      }
      try {
        Tokenizer tokenizer = Tokenizer.parse(damaged.toString());
        assertThat(text(tokenizer, tokenizer.encode(bytes(TEXT)))).isEqualTo(TEXT);
        read++;
      } catch (DataException _) {
        // as it should
      }
    }
    assertThat(read).isBetween(1, 2999);
  }

  @Test
  void unknownTokensAreRefusedInALine() {
    assertThatThrownBy(() -> Tokenizer.bytes().decode(1, 256)).isInstanceOf(DataException.class)
        .hasMessage("there is no token 256; tokens are 0 to 255");
    assertThatThrownBy(() -> Tokenizer.bytes().decode(-1)).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> TRAINED.decode(-1)).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> TRAINED.decode(TRAINED.vocabulary())).isInstanceOf(DataException.class)
        .hasMessageContaining("; tokens are 0 to " + (TRAINED.vocabulary() - 1));
  }
}
