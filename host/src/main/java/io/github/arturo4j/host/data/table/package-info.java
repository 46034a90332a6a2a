// SPDX-License-Identifier: Apache-2.0

/**
 * Tables in CSV: read ({@link io.github.arturo4j.host.data.table.Table}), understood from the rows to train on ({@link
 * io.github.arturo4j.host.data.table.TableSchema}), and made features and targets of by what was understood ({@link
 * io.github.arturo4j.host.data.table.TableEncoder}), the same way for training, test and prediction.
 */
package io.github.arturo4j.host.data.table;
