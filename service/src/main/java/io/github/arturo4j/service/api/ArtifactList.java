// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

import java.util.List;

/**
 * The files of a run folder.
 *
 * @param artifacts by name
 */
public record ArtifactList(List<Artifact> artifacts) {}
