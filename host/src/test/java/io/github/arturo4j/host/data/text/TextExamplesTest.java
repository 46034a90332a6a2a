// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.kernels.optimizer.Adam;
import io.github.arturo4j.kernels.optimizer.AdamHyperparameters;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.plan.EvaluationPlan;
import io.github.arturo4j.models.plan.Generator;
import io.github.arturo4j.models.plan.Sampling;
import io.github.arturo4j.models.plan.TrainingPlan;
import io.github.arturo4j.models.zoo.Gpt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

class TextExamplesTest {
  @TempDir private Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("text.txt"), bytes);
  }

  private Path file(String text) throws IOException {
    return file(text.getBytes(StandardCharsets.UTF_8));
  }

  private static int[] tokens(Examples examples) {
    return ((Features.Tokens) examples.features()).values();
  }

  private static int[] next(Examples examples) {
    return ((Targets.Classes) examples.targets()).labels();
  }

  private static String text(int... tokens) {
    return new String(Tokenizer.bytes().decode(tokens), StandardCharsets.UTF_8);
  }

  @Test
  void aFileIsWindowsAndTheTokensThatComeNext() throws IOException {
    TextExamples read = TextExamples.read(file("abcdefghijklmnopqrstuvwxyz"), 256, 4, .25);
    assertThat(text(tokens(read.train()))).isEqualTo("abcdefghijklmnop"); // of 20: s and t have no window
    assertThat(text(next(read.train()))).isEqualTo("bcdefghijklmnopq");
    Examples validation = read.validation().orElseThrow();
    assertThat(text(tokens(validation))).isEqualTo("uvwx");
    assertThat(text(next(validation))).isEqualTo("vwxy");
    assertThat(read.train().count()).isEqualTo(4);
    assertThat(read.train().shape().sizes()).containsExactly(4);
    assertThat(read.train().targets()).hasToString("256 classes at 4 positions");
    assertThat(TextExamples.read(file("abcde"), 256, 4, 0).validation()).isEmpty();
  }

  @Test
  void aModelLearnsATextAndWritesOn() throws IOException {
    TextExamples text = TextExamples.read(file("one, two, three four; ".repeat(30)), 270, 8, .1);
    Tokenizer tokenizer = text.tokenizer();
    Network network = new Network("gpt", new Shape(8), Gpt.layers(tokenizer.vocabulary(), 8, 16, 1, 2, 0));
    TornadoDevice device = Devices.list().getFirst().device();
    int[] order = IntStream.range(0, text.train().count()).toArray();
    Weights weights;
    try (TrainingPlan plan =
        TrainingPlan.builder(network, new Adam(new AdamHyperparameters()), text.train(), device).batchSize(16).seed(3).build()) {
      for (int step = 0; step < 120; step++) {
        plan.step(order, step % (order.length - 16), 16, 1e-2);
      }
      weights = plan.weights();
    }
    try (Generator generator = new Generator(network, weights, device);
        EvaluationPlan evaluation = new EvaluationPlan(network, text.validation().orElseThrow(), 4, device)) {
      assertThat(evaluation.evaluate(weights).loss()).isLessThan(1); // a window begins anywhere
      int[] prompt = tokenizer.encode("one, two,".getBytes(StandardCharsets.UTF_8));
      byte[] written = tokenizer.decode(generator.generate(prompt, 30, Sampling.GREEDY));
      assertThat(new String(written, StandardCharsets.UTF_8)).startsWith(" three four");
    }
  }

  @Test
  void theTokenizerIsTrainedOnWhatIsNotHeldOutAndMayBeGiven() throws IOException {
    String begin = "the cat and the hat and the bat and the rat. ".repeat(20);
    Path file = file(begin + "zyzzy".repeat(180));
    TextExamples read = TextExamples.read(file, 300, 8, .5);
    assertThat(read.tokenizer()).isEqualTo(Tokenizer.train(begin.getBytes(StandardCharsets.UTF_8), 300));
    int[] tokens = tokens(read.train());
    assertThat(begin).startsWith(new String(read.tokenizer().decode(tokens), StandardCharsets.UTF_8));
    assertThat(tokens.length).isLessThan(begin.length() / 3);
    assertThat(((Targets.Classes) read.train().targets()).classes()).isEqualTo(read.tokenizer().vocabulary());
    TextExamples again = TextExamples.read(file, Tokenizer.parse(read.tokenizer().merges()), 8, .5);
    assertThat(tokens(again.train())).isEqualTo(tokens);
    assertThat(tokens(again.validation().orElseThrow())).isEqualTo(tokens(read.validation().orElseThrow()));
  }

  @Test
  void noCharacterIsCutInTwo() throws IOException {
    for (double holdout : new double[] {.4, .41, .42, .45, .48, .5, .52}) {
      TextExamples read = TextExamples.read(file("äöüß€".repeat(11)), 256, 1, holdout);
      int[] first = tokens(read.validation().orElseThrow());
      assertThat(first[0] & 0xc0).isNotEqualTo(0x80);
    }
  }

  @Test
  void theMarkOfTheOrderOfBytesIsNoText() throws IOException {
    assertThat(text(tokens(TextExamples.read(file("\ufeffabc"), 256, 2, 0).train()))).isEqualTo("ab");
  }

  @Test
  void whatCannotBeReadIsRefusedInALine() throws IOException {
    refuse(file("abcd"), 4, 0, "'%s' is 4 tokens, and an example of 4 and the one behind them takes 5; give a longer text");
    refuse(file(""), 4, 0, "'%s' is 0 tokens, and");
    refuse(file("abcdefgh"), 4, .3, "what is held out of '%s' is 2 tokens");
    refuse(file("a".repeat(20)), Integer.MAX_VALUE, 0, "'%s' is 20 tokens, and an example of 2,147,483,647");
    refuse(file(new byte[] {'a', 'b', (byte) 0xc3, 'c'}), 1, 0, "'%s' is no text in UTF-8: byte 2, from 0, begins no character");
    byte[] late = new byte[200_000];
    Arrays.fill(late, (byte) 'a');
    late[199_999] = (byte) 0xe2;
    refuse(file(late), 1, 0, "'%s' is no text in UTF-8: byte 199,999, from 0");
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(late);
    }
    refuse(file(packed.toByteArray()), 1, 0, "'%s' is compressed with gzip; unpack it with gunzip");
    refuse(folder.resolve("none.txt"), 1, 0, "cannot read '%s': there is no such file");
    refuse(folder, 1, 0, "cannot read '%s': it is a folder");
    Path good = file("abcdef");
    assertThatIllegalArgumentException().isThrownBy(() -> TextExamples.read(good, 256, 0, 0))
        .withMessage("the length of a window is 0; it must be at least 1");
    for (double holdout : new double[] {-.1, 1, Double.NaN}) {
      assertThatIllegalArgumentException().isThrownBy(() -> TextExamples.read(good, 256, 1, holdout))
          .withMessage("the share to hold out is " + holdout + "; it must be from 0 and below 1");
    }
  }

  private static void refuse(Path file, int length, double holdout, String message) {
    assertThatThrownBy(() -> TextExamples.read(file, 256, length, holdout)).isInstanceOf(DataException.class)
        .hasMessageStartingWith(message.formatted(file)).message().doesNotContain("\n");
  }
}
