// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

import java.util.List;

/**
 * What a job may ask for.
 *
 * @param experiments the built-in ones
 * @param optimizers their names
 * @param options of all kinds of jobs
 */
public record Catalog(List<ExperimentInfo> experiments, List<String> optimizers, List<OptionInfo> options) {}
