// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.cli.Cli.Outcome;
import io.github.arturo4j.host.data.CifarFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command says of images that are not what they seem to be. */
class DataFaultsTest {
  @TempDir Path own;

  @Test
  void filesInTheCacheThatAreNotCifarsAreNotTrainedOn() throws Exception {
    Path cache = own.resolve("arturo4j/cifar-10");
    CifarFiles.cifar10(cache, 80, 40, 10);
    for (int i = 3; i <= 5; i++) {
      Files.copy(cache.resolve("data_batch_1.bin"), cache.resolve("data_batch_" + i + ".bin"));
    }
    Path err = own.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(Cli.command(List.of(), "train", "cifar10_cnn", "--out", own.resolve("run")))
            .redirectOutput(own.resolve("out").toFile())
            .redirectError(err.toFile());
    builder.environment().put("XDG_CACHE_HOME", own.toString());
    assertThat(builder.start().waitFor()).isEqualTo(1);
    assertThat(Files.readAllLines(err).stream().filter(line -> line.startsWith("arturo: ")))
        .containsExactly(
            "arturo: '" + cache.resolve("data_batch_1.bin") + "' has 40 images, but this file of cifar-10 has 10,000;"
                + " delete it, and the original is fetched at the next start; for images of your own name their folder"
                + " with --data");
    assertThat(own.resolve("run")).doesNotExist();
  }

  @Test
  void aClassWithoutAnImageIsWarnedOfAndTrainedOn() throws IOException {
    Path data = CifarFiles.cifar10(own.resolve("data"), 20, 4, 3);
    Path batch = data.resolve("data_batch_1.bin");
    byte[] records = Files.readAllBytes(batch);
    records[3 * 3073] = 4;
    Files.write(batch, records);
    Outcome outcome =
        Cli.run("train", "cifar10_cnn", "--data", data, "--out", own.resolve("run"), "--epochs", 1, "--batch-size", 10);
    assertThat(outcome.err())
        .startsWith("arturo: warning: of the 5 classes of '" + data + "', 1 has no training image, label 3; the"
            + " greatest label, 4, is that of image 3 of '" + batch + "'")
        .hasLineCount(1);
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("20 images, classes: 5,");
  }

  @Test
  void labelsFromOneAreRefusedAndNothingIsWritten() throws IOException {
    Path data = CifarFiles.cifar10(own.resolve("data"), 8, 4, 4);
    for (String name : List.of("data_batch_1.bin", "data_batch_2.bin")) {
      byte[] records = Files.readAllBytes(data.resolve(name));
      for (int at = 0; at < records.length; at += 3073) {
        records[at]++;
      }
      Files.write(data.resolve(name), records);
    }
    Path run = own.resolve("run");
    Cli.refused(1, "the labels of '" + data + "' begin at 1, but classes are counted from 0; subtract 1 from each"
        + " label", "train", "cifar10_cnn", "--data", data, "--out", run);
    assertThat(run).doesNotExist();
  }
}
