// SPDX-License-Identifier: Apache-2.0

/**
 * Checks of a device: every kernel beside its reference, and recorded runs.
 */
package io.github.arturo4j.host.doctor;
