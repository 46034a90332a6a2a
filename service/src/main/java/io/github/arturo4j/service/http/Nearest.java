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

  /** Levenshtein's distance (1966), without regard to capitals. */
  private static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
