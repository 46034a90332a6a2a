// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

import java.util.List;
import java.util.Map;

/**
 * What a client wants to have run.
 *
 * @param kind a training, a comparison or a search; null for a training
 * @param experiment the name of a built-in one; null with a text
 * @param experimentYaml an experiment in YAML; null with a name
 * @param options options of the command without their dashes, each with a text, a number, a Boolean, or a list of
 *     texts; null for none
 * @param dataset a data set below the data root in place of the experiment's own; null for that
 * @param name what to call it; null for the experiment's name
 * @param labels null for none
 * @param priority from 0 to 100, the greater the sooner; null for 50
 * @param devices how many it gets; null for one
 * @param device the only one that it may get; null for any
 */
public record JobRequest(
    JobKind kind, String experiment, String experimentYaml, Map<String, Object> options, String dataset, String name,
    List<String> labels, Integer priority, Integer devices, String device) {}
