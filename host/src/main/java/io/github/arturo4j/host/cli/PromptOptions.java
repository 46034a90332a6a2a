// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.data.text.Tokenizer;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.models.plan.Generator;
import io.github.arturo4j.models.plan.Sampling;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options with which a network that was trained on a text writes on. */
final class PromptOptions {
  @Option(names = "--prompt", paramLabel = "TEXT", description = "Write on from this text, of a run that was trained on one.")
  String prompt;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      description = "How many tokens are written (default: ${DEFAULT-VALUE}).",
      defaultValue = "200")
  int tokens;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "0 for the likeliest token each time, 1 for what the network says, more for more surprises (default:"
              + " ${DEFAULT-VALUE}).",
      defaultValue = "0.8")
  double temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "Choose among the K likeliest tokens only; 0 for all (default: ${DEFAULT-VALUE}).",
      defaultValue = "0")
  int topK;

  @Option(
      names = "--sampling-seed",
      paramLabel = "N",
      description = "The same seed writes the same text (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  long seed;

  boolean given() {
    return prompt != null;
  }

  /**
   * Writes the prompt, and what comes behind it.
   *
   * @throws UsageException if a value is out of its range; one line
   * @throws InputException if the run was not trained on a text; one line
   */
  void write(Path run, Devices.Entry device, PrintWriter out) {
    RunConfig config = RunReader.config(run);
    if (config.known().merges() == null) {
      throw new InputException("'" + run + "' was not trained on a text, so it writes none; leave out --prompt, and name inputs");
    }
    Tokenizer tokenizer = config.known().tokenizer();
    int[] known = tokenizer.encode(prompt.getBytes(StandardCharsets.UTF_8));
    try (Generator generator = new Generator(config.network(), RunReader.weights(run, config), device.device(), device.traits())) {
      int[] written = generator.generate(known, tokens, new Sampling(temperature, topK, seed));
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      text.writeBytes(prompt.getBytes(StandardCharsets.UTF_8));
      text.writeBytes(tokenizer.decode(written));
      out.println(text.toString(StandardCharsets.UTF_8));
      out.flush();
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }
}
