// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

/**
 * A data set below the data root.
 *
 * @param name by which a job asks for it
 * @param files how many, those in folders included
 * @param bytes of all of them
 */
public record DatasetInfo(String name, int files, long bytes) {}
