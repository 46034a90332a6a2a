// SPDX-License-Identifier: Apache-2.0

/**
 * Tables of where a step's time goes.
 */
package io.github.arturo4j.host.profile;
