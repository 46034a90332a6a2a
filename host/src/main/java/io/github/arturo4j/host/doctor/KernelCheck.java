// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.ProductCuts;
import io.github.arturo4j.kernels.linalg.BlasLinearAlgebra;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.linalg.TiledLinearAlgebra;
import io.github.arturo4j.kernels.reference.Execution;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * Compares the kernels of one area with their references.
 *
 * @param name what is checked, for people
 * @param body runs the kernels and says what it expects
 */
record KernelCheck(String name, Consumer<CheckContext> body) {
  /** The checks of everything but the optimizer, for that device. */
  static List<KernelCheck> all(TornadoDevice device) {
    List<KernelCheck> checks = new ArrayList<>();
    DeviceTraits traits = DeviceTraits.of(device);
    checks.add(linearAlgebra(new TiledLinearAlgebra(traits.cutRule(), ProductCuts.NONE)));
    if (traits.plainJvm()) {
      checks.add(linearAlgebra(new BlasLinearAlgebra()));
    }
    checks.add(new KernelCheck("batch gathering and augmentation", BatchGatherCheck::run));
    checks.add(new KernelCheck("resized crops and colour jitter", AugmentationCheck::run));
    checks.add(new KernelCheck("ReLU and dropout", ActivationCheck::run));
    checks.add(new KernelCheck("max-pooling", MaxPoolCheck::run));
    checks.add(new KernelCheck("pooling of any windows", PoolingCheck::run));
    checks.add(new KernelCheck("batch normalisation", BatchNormCheck::run));
    checks.add(new KernelCheck("residual sums", ResidualCheck::run));
    checks.add(new KernelCheck("losses", LossCheck::run));
    return checks;
  }

  private static KernelCheck linearAlgebra(LinearAlgebra algebra) {
    return new KernelCheck(
        "matrix products and convolutions, " + algebra.name(), probe -> LinearAlgebraCheck.run(probe, algebra));
  }

  /** Runs the kernels there; a line for each fault. */
  List<String> run(Execution device) {
    CheckContext probe = new CheckContext(device);
    body.accept(probe);
    return probe.faults();
  }
}
