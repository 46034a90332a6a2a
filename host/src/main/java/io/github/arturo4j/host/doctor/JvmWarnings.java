// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What makes the JVM device slow, though right. */
final class JvmWarnings {
  private static final String LIMIT = "LoopUnrollLimit";
  private static final long MIN_LIMIT = 1000;
  private static final String CORE_TYPE = "OPENBLAS_CORETYPE";

  private JvmWarnings() {}

  /** The warnings for this process. */
  static List<String> current() {
    return of(loopUnrollLimit(), System.getenv());
  }

  /** The warnings for a value of HotSpot's LoopUnrollLimit, null if unknown, and an environment. */
  static List<String> of(Long loopUnrollLimit, Map<String, String> environment) {
    List<String> warnings = new ArrayList<>();
    if (loopUnrollLimit == null || loopUnrollLimit < MIN_LIMIT) {
      warnings.add(
          LIMIT + " is " + (loopUnrollLimit == null ? "unknown to this JVM" : loopUnrollLimit)
              + ", so some kernels are not vectorised; start HotSpot with -XX:" + LIMIT + "=" + MIN_LIMIT
              + ", as ./arturo does");
    }
    String core = environment.get(CORE_TYPE);
    if (core != null && !core.isBlank()) {
      warnings.add(
          CORE_TYPE + " is set to '" + core + "', which may force slow matrix products on OpenBLAS; unset it");
    }
    return warnings;
  }

  private static Long loopUnrollLimit() {
    HotSpotDiagnosticMXBean hotSpot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      return hotSpot == null ? null : Long.valueOf(hotSpot.getVMOption(LIMIT).getValue());
    } catch (IllegalArgumentException e) { // no C2, no such option
      return null;
    }
  }
}
