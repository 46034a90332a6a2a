// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.host.run.WeightFile;
import io.github.arturo4j.kernels.optimizer.GroupOverride;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.layer.ParameterSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Micro-batches, limits of the gradient and groups of parameters, on the command line and in files. */
class StepOptionsTest {
  private static final String SECTIONS =
      """
      microBatch: 10
      clipping:
        norm: 0.5
        value: 0.25
      groups:
      - parameters: "0.*"
        frozen: true
      - parameters: "biases"
        klBound: 0.01
        weightDecay: 0.0
      """;

  @TempDir static Path shared;
  @TempDir Path own;
  private static Path data;

  @BeforeAll
  static void writeData() throws IOException {
    data = SyntheticData.write(shared.resolve("data"), 60, 20);
  }

  private static Cli.Outcome train(Object... more) {
    List<Object> words = new ArrayList<>(List.of("train", "fmnist_cnn", "--data", data, "--batch-size", 25));
    words.addAll(List.of(more));
    return Cli.run(words.toArray());
  }

  private static Cli.Outcome whole(Path run, int epochs) {
    return train(
        "--run", run, "--epochs", epochs, "--micro-batch", 10, "--clip-norm", "0.5", "--clip-value", ".25", "--group",
        "biases,weightDecay=0,klBound=1e-2", "--freeze", "0.*");
  }

  private static String builtIn() throws IOException {
    try (InputStream yaml = Experiments.class.getResourceAsStream("/experiments/fmnist_cnn.yaml")) {
      return new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aRunHasThemAndGoesOnToTheBit() throws IOException {
    Path once = own.resolve("once");
    Path twice = own.resolve("twice");
    assertThat(whole(once, 2).err()).isEmpty();
    assertThat(whole(twice, 1).err()).isEmpty();
    assertThat(Files.readString(twice.resolve("config.yaml"))).contains(SECTIONS.indent(2));
    assertThat(whole(twice, 2).err()).isEmpty();
    ResumeTest.assertSame(twice, once);
    assertThat(whole(twice, 2).out()).startsWith("Nothing to do: ");

    RunConfig config = RunReader.config(once);
    Network network = config.network();
    float[] before = network.initialWeights(config.experiment().seed()).parameters();
    float[] after = WeightFile.open(once.resolve("model.safetensors")).weights(network).parameters();
    for (ParameterSpec spec : network.parameters()) {
      boolean same = true;
      for (int i = spec.offset(); i < spec.offset() + spec.size(); i++) {
        same &= before[i] == after[i];
      }
      assertThat(same).as(spec.name()).isEqualTo(spec.name().startsWith("0."));
    }
  }

  @Test
  void anExperimentsFileHasThemAsSections() throws IOException {
    Path file = Files.writeString(own.resolve("mine.yaml"), builtIn() + SECTIONS);
    Experiment read = Experiments.read(file);
    assertThat(read.microBatch()).isEqualTo(10);
    assertThat(read.clipping().norm()).isEqualTo(0.5);
    assertThat(read.groups())
        .containsExactly(
            GroupOverride.frozen("0.*"), GroupOverride.of("biases", Map.of("weightDecay", 0.0, "klBound", 0.01)));
    assertThat(Experiments.find(file.toString(), "sgd").groups())
        .as("values belong to the optimizer, what is frozen does not")
        .containsExactly(GroupOverride.frozen("0.*"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--micro-batch|0|microBatch (--micro-batch) is 0; it must be between 1 and batchSize, 25",
        "--micro-batch|26|microBatch (--micro-batch) is 26; it must be between 1 and batchSize, 25",
        "--clip-norm|0|clipping.norm (--clip-norm) is 0.0; it must be from 1.1754944E-38 to 3.4028235E38",
        "--clip-value|NaN|clipping.value (--clip-value) is NaN; it must be from 1.1754944E-38 to"
            + " 3.4028235E38",
        "--group|biases|--group is 'biases'; it must be PARAMETERS,KEY=VALUE... such as biases,weightDecay=0",
        "--group|biases,nu=1,nu=2|--group is 'biases,nu=1,nu=2', which has nu twice",
        "--group|bias,nu=2|groups (--group, --freeze): group 'bias' has no parameters that no group before it has; there"
            + " are: 0.weight, 0.bias, 4.weight, 4.bias, 8.weight, 8.bias, 12.weight, 12.bias, 15.weight, 15.bias",
        "--group|biases,momentum=0|groups (--group, --freeze): group 'biases': arturo has no hyperparameter 'momentum'",
        "--group|biases,klBound=x|groups (--group, --freeze): group 'biases': klBound is 'x'; it must be a number",
        "--group|regex:a(,nu=2|a group's parameters are 'regex:a(', which is no regular expression: Unclosed group near"
            + " index 2",
        "--freeze|*|groups (--group, --freeze): all parameters are frozen; there is nothing to train",
        "--freeze|''|a group's parameters are blank; they must be biases, norms, a name with * for any characters, or"
            + " regex:…",
      })
  void refusesInOneLine(String option, String value, String message) {
    Cli.Outcome outcome = train("--out", own.resolve("run"), option, value == null ? "" : value);
    assertThat(outcome.err()).startsWith("arturo: " + message);
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(own.resolve("run")).doesNotExist();
  }

  @Test
  void aMicroBatchOfOneImageIsNoneForANormalisation() {
    Cli.Outcome outcome =
        Cli.run(
            "train", "fmnist_resnet18", "--data", data, "--out", own.resolve("run"), "--batch-size", 25, "--micro-batch", 2);
    assertThat(outcome.err())
        .isEqualTo(
            "arturo: fmnist_resnet18 normalises over the images of a micro-batch, and one image has no variance:"
                + " microBatch (--micro-batch) is 2 for a step of 25 images; choose 3 or more\n");
    assertThat(outcome.code()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`norm: 0.5`|`norm: much`|key 'clipping.norm' is \"much\"; it must be a number",
        "`  norm: 0.5;  value: 0.25`|`  {}`|clipping has no limit; give it norm (--clip-norm) or value (--clip-value)",
        "frozen: true|frozen: 1|key 'groups.0.frozen' is 1; it must be true or false",
        "`parameters: \"biases\";  kl`|kl|key 'groups.1.parameters' is missing",
        "groups:|group:|unknown key 'group'",
      })
  void aFaultOfAFileNamesItsLine(String from, String to, String message) throws IOException {
    String sections = SECTIONS.replace(from.replace(";", "\n"), to);
    assertThat(sections).isNotEqualTo(SECTIONS);
    Path file = Files.writeString(own.resolve("mine.yaml"), builtIn() + sections);
    Cli.Outcome outcome = Cli.run("train", file, "--data", data, "--out", own.resolve("run"));
    assertThat(outcome.err()).contains(message);
    assertThat(outcome.err().lines().count()).isEqualTo(1);
    assertThat(outcome.code()).isEqualTo(2);
  }
}
