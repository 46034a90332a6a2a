// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import java.util.List;

/**
 * What a suite's folder was begun with; the comparisons in it have the rest.
 *
 * @param problems their names
 * @param optimizers their names
 * @param seeds a run for each, the first one's to choose rates by
 * @param rates how many are tried
 */
public record SuiteSettings(List<String> problems, List<String> optimizers, List<Long> seeds, int rates) {}
