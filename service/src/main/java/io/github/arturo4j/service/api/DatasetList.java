// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

import java.util.List;

/**
 * The data sets.
 *
 * @param datasets by name
 * @param maxFileBytes how long a file may be that is stored; null from a server that does not say
 */
public record DatasetList(List<DatasetInfo> datasets, Long maxFileBytes) {}
