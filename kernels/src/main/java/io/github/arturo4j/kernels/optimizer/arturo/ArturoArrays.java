// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What the tasks of a step work on.
 *
 * @param control see {@link ArturoConstants}
 * @param dual see {@link DualState}
 * @param gradients g, n values, as all that follow
 * @param mean μ
 * @param linear l
 * @param curvature q
 * @param p00 variance of l in the filter
 * @param p01 covariance of l and q
 * @param p11 variance of q
 * @param precision λ
 */
record ArturoArrays(
    FloatArray control,
    FloatArray dual,
    FloatArray gradients,
    FloatArray mean,
    FloatArray linear,
    FloatArray curvature,
    FloatArray p00,
    FloatArray p01,
    FloatArray p11,
    FloatArray precision) {

  /** Whether η is still looked for, after an execution. */
  boolean isSearching(TornadoExecutionResult result) {
    result.transferToHost(dual);
    return dual.get(DualState.SOLVED) == 0f;
  }

  /** Whether the step is to be reported, whatever an execution says. */
  boolean isReporting(TornadoExecutionResult result) {
    return control.get(ArturoConstants.REPORT) != 0f;
  }
}
