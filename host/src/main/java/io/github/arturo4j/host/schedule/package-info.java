// SPDX-License-Identifier: Apache-2.0

/**
 * Schedules: how the rate of an optimizer, a learning rate or arTuRO's KL bound, changes from step to step.
 */
package io.github.arturo4j.host.schedule;
