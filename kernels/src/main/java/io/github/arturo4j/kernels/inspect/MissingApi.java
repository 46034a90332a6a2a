// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A release of TornadoVM that does not have what arturo4j uses of it. */
public final class MissingApi {
  /** The last name in what the JVM says: of a class, or of a field or method, whose class stands before. */
  private static final Pattern NAME =
      Pattern.compile(".*?uk[./]ac[./]manchester[./]tornado[./].*?(\\w+)(?:\\([^()]*\\))?'?");

  private MissingApi() {}

  /** What a failure says of it, as "cause; remedy"; nothing if it has another cause. */
  public static Optional<String> of(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      boolean absent =
          t instanceof IncompatibleClassChangeError // no such method, no such field, …
              || t instanceof NoClassDefFoundError && t.getCause() instanceof ClassNotFoundException;
      Matcher name = NAME.matcher(String.valueOf(t.getMessage()));
      if (absent && name.matches()) {
        return Optional.of(
            "this TornadoVM does not have '" + name.group(1) + "', which arturo4j uses; install a release from 5.2 to 8.2"
                + " and set TORNADOVM_HOME to it, or a newer arturo4j");
      }
    }
    return Optional.empty();
  }
}
