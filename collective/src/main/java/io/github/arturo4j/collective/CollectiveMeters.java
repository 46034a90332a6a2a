// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

/**
 * What the calls of a {@link Collective} have cost this rank since it was opened.
 *
 * @param calls that have ended
 * @param seconds spent in them, most of which may be waiting for slower ranks
 * @param bytes of arrays that had to leave this rank or reach it, by the least that any algorithm can do with
 */
public record CollectiveMeters(long calls, double seconds, long bytes) {
  /** Of a process that trains alone. */
  public static final CollectiveMeters NONE = new CollectiveMeters(0, 0, 0);
}
