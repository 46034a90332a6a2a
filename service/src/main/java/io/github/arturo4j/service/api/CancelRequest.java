// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

/**
 * How a job is cancelled.
 *
 * @param mode null for a checkpoint
 */
public record CancelRequest(CancelMode mode) {}
