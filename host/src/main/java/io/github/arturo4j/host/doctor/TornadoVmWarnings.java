// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import io.github.arturo4j.host.run.Versions;
import io.github.arturo4j.kernels.diagnosis.Diagnosis;
import java.util.ArrayList;
import java.util.List;

/** What may be wrong with TornadoVM or its devices although it starts. */
final class TornadoVmWarnings {
  private static final String TESTED = "5.2.0-jdk25";

  private TornadoVmWarnings() {}

  /** The warnings for this process. */
  static List<String> current() {
    return of(Versions.tornadoVm(), Diagnosis.ofDevices());
  }

  /** The warnings for a version of TornadoVM, and causes why devices may be missing. */
  static List<String> of(String version, List<String> missing) {
    List<String> warnings = new ArrayList<>();
    if (!version.equals(TESTED)) {
      warnings.add(
          "TornadoVM is " + version + ", but arturo4j is tested with " + TESTED
              + "; if a check fails, install that one");
    }
    missing.forEach(cause -> warnings.add("a device may be missing: " + cause));
    return warnings;
  }
}
