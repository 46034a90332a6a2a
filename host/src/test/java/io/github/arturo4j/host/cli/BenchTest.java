// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.Cli.refused;
import static io.github.arturo4j.host.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code arturo bench}, as small as its options make it; loops and gemm have none. */
class BenchTest {
  @TempDir Path own;

  @Test
  void numbersOutOfRangeAreWrongUsage() {
    String parameters = "; it must be between 1 and 1000000000";
    refused(2, "--parameters is 0" + parameters, "bench", "optimizer", "--parameters", 0);
    refused(2, "--parameters is -5" + parameters, "bench", "optimizer", "--parameters", "10,-5");
    refused(2, "--parameters is 1000000001" + parameters, "bench", "optimizer", "--parameters", 1_000_000_001);
    refused(2, "'--parameters'", "bench", "optimizer", "--parameters", "many");
    String images = "; it must be between 1 and 65535";
    refused(2, "--batch is 0" + images, "bench", "convolution", "--batch", 0);
    refused(2, "--batch is 2000000" + images, "bench", "convolution", "--batch", 2_000_000);
    refused(2, "--batch-size is -1" + images, "bench", "step", "--batch-size", -1);
    refused(2, "--batch-size is 2000000000" + images, "bench", "step", "--batch-size", 2_000_000_000);
    refused(2, "--processors is 0; it must be between 1 and 65535", "bench", "model", "--gpu", "h100", "--processors", 0);
    refused(1, "there is no such folder", "bench", "epoch", "--data", own.resolve("nowhere"));
  }

  private static String measured(Object... arguments) {
    Cli.Outcome outcome = run(arguments);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    return outcome.out();
  }

  @Test
  void everyOptimizerIsTimed() {
    assertThat(measured("bench", "optimizer", "--parameters", "10,100"))
        .contains("a copy moves ")
        .containsPattern("(?m)^ +10  arturo \\(paper\\) .*%$")
        .containsPattern("(?m)^ +100  sgd .*%$")
        .containsPattern("(?m)^arturo \\(robust\\), 100 parameters: the Hessian filter moves [0-9.]+ GB/s, [0-9]+% of a copy$");
  }

  @Test
  void everyConvolutionIsTimed() {
    assertThat(measured("bench", "convolution", "--batch", 1))
        .contains(", batch of 1\n")
        .containsPattern("(?m)^resnet layer3, 256→256, 3×3/1, 2×2( +[0-9.]+){6}$")
        .containsPattern("(?m)^resnet layer4 \\(linear\\), 1×512×512( +[0-9.]+){6}$")
        .containsPattern("(?m)^fmnist_cnn 3, .*( +[0-9.]+){6}$");
  }

  @Test
  void anEpochIsTimed() throws IOException {
    Path data = SyntheticData.write(own.resolve("data"), 60, 20);
    assertThat(measured("bench", "epoch", "--data", data))
        .contains("training part of an epoch of fmnist_cnn, 60 images\n")
        .containsPattern("(?m)^ +4( +[0-9.]+){4}$");
  }

  @Test
  void streamedPicturesAreTimed() {
    assertThat(measured("bench", "stream", "--pictures", 6, "--batch-size", 2))
        .contains("6 JPEG files of 500×375, batch 2\n")
        .containsPattern("(?m)^in memory +[0-9.]+ +0\\.0 +[0-9]+$")
        .containsPattern("(?m)^streamed, decoded ahead( +[0-9.]+){3}$")
        .containsPattern("(?m)^streamed, decoded in time( +[0-9.]+){3}$")
        .containsPattern("(?m)^decoding a batch alone +[0-9.]+$");
    refused(2, "--batch-size is 7; it must be between 1 and 6", "bench", "stream", "--pictures", 6, "--batch-size", 7);
  }

  @Test
  void gpusAreComparedByPrediction() {
    assertThat(measured("bench", "model", "fmnist_cnn-sgd", "--gpu", "mi300x,h100,mi300x"))
        .contains("fmnist_cnn-sgd, batch of 255: a PREDICTION for AMD Instinct MI300X, NVIDIA H100 SXM; nothing ran there")
        .containsPattern("(?m)^AMD Instinct MI300X +304 +2\\.100 +163\\.4 +5300 +[0-9]+ +[0-9]+ +[0-9]+%( +[0-9]+){3}$")
        .containsPattern("(?m)^NVIDIA H100 SXM +132 ")
        .doesNotContain("kernels of a step");
  }

  @Test
  void aGpuIsPredictedForATable() throws IOException {
    Path table = Files.writeString(own.resolve("t.csv"), "a,b,y\n1,2,p\n2,3,q\n4,5,p\n3,1,q\n");
    Path file =
        Files.writeString(
            own.resolve("mine.yaml"),
            """
            name: mine
            model: [{linear: 8}, relu, {linear: outputs}]
            dataset: {name: table, path: nowhere.csv}
            epochs: 1
            batchSize: 2
            seed: 1
            schedule: {name: constant}
            optimizer: {name: adam}
            """);
    assertThat(measured("bench", "model", file, "--data", table, "--gpu", "a100"))
        .contains("mine, batch of 2: a PREDICTION for NVIDIA A100")
        .containsPattern("(?m)^kernels of a step +[0-9]+ ");
    refused(1, "dataset.path 'nowhere.csv': there is no such file", "bench", "model", file);
  }
}
