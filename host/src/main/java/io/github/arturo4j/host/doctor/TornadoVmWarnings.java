// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import io.github.arturo4j.host.run.Versions;
import io.github.arturo4j.kernels.inspect.Diagnosis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What may be wrong with TornadoVM or its devices although it starts. */
final class TornadoVmWarnings {
  private static final Pattern RELEASE = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\b.*");

  /** The releases that arturo4j knows, from the oldest that it runs on. */
  private static final Release OLDEST = new Release(5, 2);

  private static final Release NEWEST = new Release(8, 2);

  private TornadoVmWarnings() {}

  /** The first two numbers of a version. */
  private record Release(int major, int minor) implements Comparable<Release> {
    static Optional<Release> of(String version) {
      Matcher matcher = RELEASE.matcher(version);
      return matcher.matches()
          ? Optional.of(new Release(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
          : Optional.empty();
    }

    @Override
    public int compareTo(Release other) {
      return major == other.major ? Integer.compare(minor, other.minor) : Integer.compare(major, other.major);
    }

    @Override
    public String toString() {
      return major + "." + minor;
    }
  }

  /** The warnings for this process. */
  static List<String> current() {
    return of(Versions.tornadoVm(), Diagnosis.ofDevices());
  }

  /** The warnings for a version of TornadoVM, and causes why devices may be missing. */
  static List<String> of(String version, List<String> missing) {
    List<String> warnings = new ArrayList<>();
    Optional<Release> release = Release.of(version);
    if (release.isEmpty()) {
      warnings.add("TornadoVM does not say its version; the checks below tell whether it will do");
    } else if (release.get().compareTo(OLDEST) < 0) {
      warnings.add(
          "TornadoVM is " + version + ", older than " + OLDEST + ", the first that arturo4j is made for; if a check"
              + " fails, install a newer one");
    } else if (release.get().compareTo(NEWEST) > 0) {
      warnings.add(
          "TornadoVM is " + version + ", newer than " + NEWEST + ", the last that this arturo4j knows; the checks below"
              + " tell whether it will do");
    }
    missing.forEach(cause -> warnings.add("a device may be missing: " + cause));
    return warnings;
  }
}
