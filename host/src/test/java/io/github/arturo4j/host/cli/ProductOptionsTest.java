// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.Cli.refused;
import static io.github.arturo4j.host.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code --linalg} and {@code --precision}, where there are no libraries of NVIDIA's. */
class ProductOptionsTest {
  private static final String NONE = " has no library tasks; choose a device of TornadoVM's CUDA backend, or leave it to kernels with"
      + " --linalg kernels";

  @Test
  void librariesThatAreAskedForAreTakenOrNothing() {
    refused(2, "--linalg libraries: the backend ", "doctor", "--linalg", "libraries");
    refused(2, NONE, "train", "fmnist_cnn", "--linalg", "libraries");
    refused(2, NONE, "bench", "gemm", "--linalg", "libraries", "--precision", "tf32");
  }

  @Test
  void aPrecisionIsTheLibrariesAlone() {
    refused(2, "--precision: tf32 is a precision of NVIDIA's libraries, but the backend ", "doctor", "--precision", "tf32");
    refused(
        2, "--precision: bf16 is a precision of NVIDIA's libraries, and kernels compute in fp32; leave one of the two out", "doctor",
        "--linalg", "kernels", "--precision", "bf16");
  }

  @Test
  void otherWordsAreRefusedWithThoseThereAre() {
    refused(2, "auto, kernels, libraries", "doctor", "--linalg", "cublas");
    refused(2, "fp32, tf32, bf16", "doctor", "--precision", "fp16");
  }

  @Test
  void theyAreInTheHelp() {
    assertThat(run("train", "--help").out()).contains("--linalg=WHAT", "--precision=P", "fp32, tf32, bf16");
  }
}
