// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

/**
 * A file on the web.
 *
 * @param name its name, in each folder where it is published
 * @param bytes how long it is; where it was packed by others, about
 * @param checksum of it
 */
record PublishedFile(String name, long bytes, Checksum checksum) {
  /** Bytes that are taken at most. */
  long max() {
    return bytes + bytes / 8 + 4096;
  }
}
