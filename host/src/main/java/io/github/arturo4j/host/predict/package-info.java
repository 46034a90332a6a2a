// SPDX-License-Identifier: Apache-2.0

/**
 * Use of trained networks: {@link io.github.arturo4j.host.predict.Predictor} says what the outputs for new examples mean.
 */
package io.github.arturo4j.host.predict;
