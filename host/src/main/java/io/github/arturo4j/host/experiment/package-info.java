// SPDX-License-Identifier: Apache-2.0

/**
 * Experiments: what is trained, how and on what, as YAML.
 */
package io.github.arturo4j.host.experiment;
