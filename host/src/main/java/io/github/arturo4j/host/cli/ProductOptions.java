// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.kernels.choice.ProductChoice;
import io.github.arturo4j.kernels.choice.Products;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.Precision;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options on what computes products and convolutions. */
final class ProductOptions {
  /** As {@link Products}, spelt as on the command line. */
  enum Algebra {
    auto(Products.AUTO),
    kernels(Products.KERNELS),
    libraries(Products.LIBRARIES);

    private final Products products;

    Algebra(Products products) {
      this.products = products;
    }
  }

  /** As {@link Precision}, spelt as on the command line. */
  enum Exactness {
    fp32(Precision.FP32),
    tf32(Precision.TF32),
    bf16(Precision.BF16);

    private final Precision precision;

    Exactness(Precision precision) {
      this.precision = precision;
    }
  }

  @Option(
      names = "--linalg",
      paramLabel = "WHAT",
      defaultValue = "auto",
      description =
          "What computes products and convolutions: ${COMPLETION-CANDIDATES}. 'auto' takes NVIDIA's libraries, cuBLAS and cuDNN, on"
              + " TornadoVM's CUDA backend where they load and have reproduced a reference, and kernels elsewhere.")
  Algebra algebra;

  @Option(
      names = "--precision",
      paramLabel = "P",
      description =
          "How NVIDIA's libraries multiply: ${COMPLETION-CANDIDATES} (default: fp32). bf16 is for matrix products, and tf32 for"
              + " convolutions then. Weights, sums and the optimizer are in 32 bits always.")
  Exactness exactness;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  /** The device with what was chosen for it; a line on the error stream tells where libraries are there but not taken. */
  Devices.Entry choose(Devices.Entry device) {
    ProductChoice.Chosen chosen;
    try {
      chosen =
          new ProductChoice().choose(device.device(), algebra.products, exactness == null ? null : exactness.precision);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          (algebra == Algebra.libraries ? "--linalg libraries: " : "--precision: ") + e.getMessage(), e);
    }
    if (chosen.note() != null) {
      PrintWriter err = command.commandLine().getErr();
      err.println("arturo: " + Printable.of(chosen.note()));
      err.flush();
    }
    return device.with(chosen.traits());
  }
}
