// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

import java.util.List;

/**
 * What of a job is to change; null leaves a value as it is.
 *
 * @param name what it is called
 * @param labels all of them
 * @param priority from 0 to 100
 */
public record JobChange(String name, List<String> labels, Integer priority) {}
