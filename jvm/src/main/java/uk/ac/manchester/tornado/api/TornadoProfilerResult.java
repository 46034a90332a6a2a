// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api;

import io.github.arturo4j.jvm.Profile;

/** What the profiler has measured. */
public class TornadoProfilerResult {
  private final Profile profile;

  TornadoProfilerResult(Profile profile) {
    this.profile = profile;
  }

  /**
   * Times and sizes in TornadoVM's form, nanoseconds and bytes as strings of digits; TornadoVM gives all profiled
   * executions of a plan one behind the other, the JVM device the last. Empty without one.
   */
  public String getProfileLog() {
    return profile.log();
  }
}
