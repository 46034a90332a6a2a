// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

import java.util.List;

/**
 * The data sets.
 *
 * @param datasets by name
 */
public record DatasetList(List<DatasetInfo> datasets) {}
