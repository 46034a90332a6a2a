// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

/**
 * A file of a data set that was stored.
 *
 * @param dataset the set's name
 * @param file the file's
 * @param bytes its size
 * @param sha256 its checksum, in hexadecimal
 */
public record DatasetFile(String dataset, String file, long bytes, String sha256) {}
