// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import java.util.Optional;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;

/**
 * Measures single executions of a plan's graph. TornadoVM 5.2 keeps the text of every profiled execution (300 to 450
 * bytes a task) as long as the plan lives, so profile few of many.
 */
public final class Profiler {
  private Profiler() {}

  /** Has the next executions measured. */
  public static void begin(TornadoExecutionPlan plan) {
    plan.withProfiler(ProfilerMode.SILENT);
  }

  /** Ends measuring; what the last execution took, or nothing where the backend does not tell. */
  public static Optional<ExecutionProfile> end(TornadoExecutionPlan plan, TornadoExecutionResult result) {
    String log = result.getProfilerResult().getProfileLog();
    plan.withoutProfiler();
    return log == null ? Optional.empty() : ProfileLog.last(log);
  }
}
