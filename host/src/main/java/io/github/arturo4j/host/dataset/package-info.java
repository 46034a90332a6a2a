// SPDX-License-Identifier: Apache-2.0

/**
 * The data that an experiment names: published sets, and folders, tables and arrays of the user's own. Each kind is a {@link
 * io.github.arturo4j.host.dataset.DatasetConfig}, which opens a {@link io.github.arturo4j.host.dataset.Dataset}.
 */
package io.github.arturo4j.host.dataset;
