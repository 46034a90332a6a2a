// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api.enums;

/** What the profiler does with what it measures. */
public enum ProfilerMode {
  /** Prints it after each execution; the JVM device does not. */
  CONSOLE,

  /** Keeps it for whoever asks the result of an execution. */
  SILENT
}
