// SPDX-License-Identifier: Apache-2.0

/**
 * Measurements beside a limit of the machine, or beside PyTorch.
 */
package io.github.arturo4j.host.bench;
