// SPDX-License-Identifier: Apache-2.0

/**
 * Files of a training for TensorBoard.
 */
package io.github.arturo4j.host.tensorboard;
