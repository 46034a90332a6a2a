// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

/**
 * A place for one process on a device.
 *
 * @param device the device's id
 * @param number from 0
 */
public record Slot(String device, int number) {
  private static final char BETWEEN = '#';

  /** Such as {@code jvm#0}. */
  @Override
  public String toString() {
    return device + BETWEEN + number;
  }

  /** What {@link #toString} has told. */
  public static Slot of(String text) {
    int end = text.lastIndexOf(BETWEEN);
    return new Slot(text.substring(0, end), Integer.parseInt(text.substring(end + 1)));
  }
}
