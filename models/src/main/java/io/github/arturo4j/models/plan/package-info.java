// SPDX-License-Identifier: Apache-2.0

/**
 * Plans that train and evaluate a network on a device.
 */
package io.github.arturo4j.models.plan;
