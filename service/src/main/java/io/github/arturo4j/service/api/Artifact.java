// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

import java.time.Instant;

/**
 * A file of a run folder.
 *
 * @param name its path in the folder
 * @param bytes its size
 * @param modified when it was written
 */
public record Artifact(String name, long bytes, Instant modified) {}
