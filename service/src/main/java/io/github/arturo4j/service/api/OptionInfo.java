// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

import java.util.List;

/**
 * An option that a job may set.
 *
 * @param name without dashes
 * @param type of its value
 * @param values the only ones, of a boolean if leaving it out is a third thing; null if there are others
 * @param many whether values are separated by commas
 * @param repeated whether it may be given several times, as a list
 * @param description for people
 * @param commands kinds of jobs that take it
 */
public record OptionInfo(
    String name, OptionType type, List<String> values, boolean many, boolean repeated, String description, List<JobKind> commands) {}
