// SPDX-License-Identifier: Apache-2.0

/**
 * What kernels are compared with: the same in double arithmetic, as plainly as it can be written.
 */
package io.github.arturo4j.kernels.reference;
