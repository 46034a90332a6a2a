// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.SequencedMap;

/**
 * What of an experiment's file a search has to itself; the rest is read as an experiment.
 *
 * @param search what to try, by the paths of the values; null if there is no such section
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record SearchFile(@JsonInclude SequencedMap<String, Domain> search) {}
