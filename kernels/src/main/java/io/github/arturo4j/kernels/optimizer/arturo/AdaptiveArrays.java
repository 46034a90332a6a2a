// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.optimizer.Parameters;
import io.github.arturo4j.kernels.optimizer.StateArrays;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What the tasks of a step of {@link AdaptiveArturo} work on; n values where nothing else is said.
 *
 * @param control see {@link AdaptiveConstants}
 * @param scalars see {@link AdaptiveScalars}
 * @param gradients g
 * @param mean μ
 * @param center μ where the filter has seen the last gradient
 * @param slope d, the loss's gradient there as estimated
 * @param curvature q
 * @param p00 variance of d in the filter, in units of the noise's
 * @param p01 covariance of d and q, likewise, q in units of σ/ρ
 * @param p11 variance of q, likewise
 * @param noise R, the variance of a gradient
 * @param metric ĥ
 */
record AdaptiveArrays(
    FloatArray control,
    FloatArray scalars,
    FloatArray gradients,
    FloatArray mean,
    FloatArray center,
    FloatArray slope,
    FloatArray curvature,
    FloatArray p00,
    FloatArray p01,
    FloatArray p11,
    FloatArray noise,
    FloatArray metric) {

  /** The arrays before the first step. */
  static AdaptiveArrays of(Parameters parameters, FloatArray control, FloatArray scalars) {
    int n = parameters.size();
    return new AdaptiveArrays(
        control, scalars, parameters.gradients(), parameters.values(), filled(n, 0), filled(n, 0), filled(n, 0), filled(n, 1),
        filled(n, 0), filled(n, AdaptiveConstants.CURVATURE_VARIANCE), filled(n, 0), filled(n, 1));
  }

  /** Whether the step is to be reported, whatever an execution says. */
  boolean isReporting(TornadoExecutionResult result) {
    return control.get(AdaptiveConstants.REPORT) != 0f;
  }

  /** What a checkpoint keeps. */
  StateArrays state() {
    return new StateArrays()
        .add("center", center)
        .add("slope", slope)
        .add("curvature", curvature)
        .add("p00", p00)
        .add("p01", p01)
        .add("p11", p11)
        .add("noise", noise)
        .add("metric", metric)
        .add(AdaptiveArturo.SCALARS, scalars);
  }

  static FloatArray filled(int n, float value) {
    FloatArray array = new FloatArray(n);
    array.init(value);
    return array;
  }
}
