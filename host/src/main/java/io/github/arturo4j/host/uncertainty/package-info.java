// SPDX-License-Identifier: Apache-2.0

/** Whether a network knows what it does not know: calibration, out-of-distribution detection, temperatures, pruning. */
package io.github.arturo4j.host.uncertainty;
