// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.Cli.refused;
import static io.github.arturo4j.host.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.experiment.Experiments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a text to a network that writes on. */
class TextRunTest {
  @TempDir Path folder;

  @Test
  void aTextIsLearntAndWrittenOn() throws IOException {
    Path text = Files.writeString(folder.resolve("text.txt"), "one two three four five six seven. ".repeat(120));
    Path experiment =
        Files.writeString(
            folder.resolve("small.yaml"),
            """
            name: small
            model:
              - embedding: {name: wte, entries: outputs, dimensions: 16}
              - positions: 12
              - residual:
                  body:
                    - layernorm: 1
                    - attention: {heads: 2, causal: true}
              - residual:
                  body: [layernorm: 1, linear: 32, gelu, linear: 16]
              - layernorm: 1
              - linear: outputs
            dataset: {name: text, length: 12, vocabulary: 280}
            validation: 0.1
            epochs: 12
            batchSize: 16
            seed: 1
            schedule: {milestones: [], factor: 0.1}
            optimizer: {name: arturo}
            """);
    Path run = folder.resolve("run");
    Cli.Outcome trained = run("train", experiment, "--data", text, "--out", run);
    assertThat(trained.err()).isEmpty();
    assertThat(trained.out()).contains("windows, tokens: ");
    String written = run("predict", run, "--prompt", "one two three", "--tokens", 12, "--temperature", 0).out();
    assertThat(written).startsWith("one two three four five");
    assertThat(run("predict", run, "--prompt", "one two three", "--tokens", 12, "--temperature", 0).out()).isEqualTo(written);
    assertThat(run("evaluate", run, "--data", text).out()).matches("(?s)small on \\d+ test windows in '\\Q" + text + "\\E': loss .*");
    assertThat(run("bench", "step", "--model", experiment, "--optimizers", "adam").out()) // without a text
        .containsPattern("steps of small, [0-9,]+ parameters, batch 16\n").containsPattern("(?m)^adam ");
    refused(2, "--most-wrong is of examples with a class or values each, and the run predicts tokens at each position; leave it out",
        "evaluate", run, "--data", text, "--most-wrong", folder.resolve("x.html"));
    refused(2, "the temperature is -1.0; it must be 0 or positive", "predict", run, "--prompt", "one", "--temperature", -1);
    refused(2, "the prompt has no token; give it one", "predict", run, "--prompt", "");
    refused(2, "Missing required parameter: 'INPUT', or --prompt", "predict", run);
    refused(1, "the network takes tokens of a text; let it write on from one with --prompt", "predict", run, text);
    refused(1, "' has nothing to test with; give the experiment's dataset some\n", // --data is the text to train on here
        "evaluate", run.resolve("model.safetensors"), "--experiment", experiment, "--data", text);
    assertThat(run("export", run, "--onnx", folder.resolve("small.onnx")).out()).startsWith("small of ");
    refused(1, "there is no such file; make the folder that it is to be in", "export", run, "--onnx", folder.resolve("no/x.onnx"));
    refused(1, "small.txt' is 2 tokens", "train", experiment, "--data",
        Files.writeString(folder.resolve("small.txt"), "ab"), "--out", folder.resolve("r"));
  }

  @Test
  void theBuiltInExperimentIsOfGptsShape() throws IOException {
    assertThat(Experiments.find("text_gpt").optimizer().name()).isEqualTo("adamw");
    assertThat(Experiments.variants("text_gpt").byOptimizer()).containsOnlyKeys("adamw");
    String shown = run("model", "text_gpt").out();
    assertThat(shown).contains("    transformer.h.3.mlp.c_proj  Linear").contains("transformer.h.0.attn  MultiHeadAttention")
        .contains("lm_head  TiedLinear").contains("2,001,024 parameters");
    Path text = Files.writeString(folder.resolve("few.txt"), "one two three ".repeat(200));
    assertThat(run("model", "text_gpt", "--data", text).out()).as("which has fewer byte pairs").doesNotContain("2,001,024");
  }
}
