// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known name that somebody has meant. */
final class Nearest {
  /** Names longer than this are nobody's slip of the pen. */
  private static final int LENGTH = 100;

  private Nearest() {}

  /** The known name that is the fewest changed letters away, if those are less than about a third of it. */
  static Optional<String> of(String name, Collection<String> known) {
    if (name.length() > LENGTH) {
      return Optional.empty();
    }
    return known.stream()
        .filter(each -> distance(name, each) <= Math.max(1, each.length() / 3))
        .min(Comparator.<String>comparingInt(each -> distance(name, each)).thenComparing(Comparator.naturalOrder()));
  }

  /** What to say behind a name that is not known. */
  static String remedy(String name, Collection<String> known) {
    if (known.isEmpty()) {
      return "leave it out";
    }
    return of(name, known).map(each -> "did you mean '" + each + "'?")
        .orElseGet(() -> "known are " + String.join(", ", known.stream().sorted().toList()));
  }

  /** Letters that are changed, added, left out or swapped with the next one, without regard to capitals. */
  private static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[][] rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          rows[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int best = Math.min(rows[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        rows[i][j] = swapped ? Math.min(best, rows[i - 2][j - 2] + 1) : best;
      }
    }
    return rows[a.length()][b.length()];
  }
}
