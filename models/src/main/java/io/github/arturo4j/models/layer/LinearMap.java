// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import java.util.List;
import java.util.Optional;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What a {@link Conv2d} or a {@link Linear} has that is linear, and its biases: y = W x + b, of whole batches. */
interface LinearMap {
  /** W, whose first size is that of the outputs. */
  ParameterSpec weight();

  /** b; null if there is none. */
  ParameterSpec biases();

  /** W and b. */
  default List<ParameterSpec> parameters() {
    return biases() == null ? List.of(weight()) : List.of(weight(), biases());
  }

  /** See {@link Stage#adding}. */
  default Optional<LinearMap> adding(ParameterSpec tensor) {
    return Optional.empty();
  }

  /** Adds y = W x + b, then max(0, ·) if {@code relu}. */
  void addForward(
      KernelGraph graph, String task, LinearAlgebra algebra, FloatArray x, FloatArray parameters, FloatArray y, int batch,
      boolean relu);

  /** Adds the gradients with respect to W and b. */
  void addBackwardParameters(
      KernelGraph graph, String task, LinearAlgebra algebra, FloatArray x, FloatArray dy, FloatArray gradients,
      int batch);

  /** Adds the gradient with respect to x. */
  void addBackwardInput(
      KernelGraph graph, String task, LinearAlgebra algebra, FloatArray dy, FloatArray parameters, FloatArray dx,
      int batch);

  /** Where biases are that are perhaps none. */
  static int offset(ParameterSpec biases) {
    return biases == null ? LinearAlgebra.NO_BIAS : biases.offset();
  }
}
