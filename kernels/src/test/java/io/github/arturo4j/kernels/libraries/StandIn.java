// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.libraries;

import java.util.Arrays;
import java.util.Set;

/** Libraries that compute by plain loops on this machine's own memory what they are asked for. */
final class StandIn {
  final StandInDriver driver = new StandInDriver();
  final StandInCublas cublas = new StandInCublas(driver);
  final StandInCudnn cudnn = new StandInCudnn(driver);

  /** Their functions but for those that are missing. */
  NvidiaLibraries libraries(String... missing) {
    Set<String> without = Set.copyOf(Arrays.asList(missing));
    return new NvidiaLibraries(Upcalls.of(driver, without), Upcalls.of(cublas, without), Upcalls.of(cudnn, without));
  }
}
