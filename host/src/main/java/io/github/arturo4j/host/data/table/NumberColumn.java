// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

/**
 * A column of numbers, which becomes a standardised feature, and if some were missing in training, a second that is 1 where
 * they are, else 0. A missing number counts as the mean.
 *
 * @param name of the column
 * @param scale mean and deviation of the numbers that are there
 * @param indicator whether there is the second feature
 */
public record NumberColumn(String name, Scale scale, boolean indicator) {
  /** Checks that there are name and scale. */
  public NumberColumn {
    if (name == null || scale == null) {
      throw new IllegalArgumentException("column of numbers '" + name + "' lacks its name or its scale");
    }
  }

  /** Features that it becomes. */
  int width() {
    return indicator ? 2 : 1;
  }
}
