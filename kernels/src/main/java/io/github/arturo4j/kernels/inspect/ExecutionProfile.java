// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What TornadoVM's profiler tells of one execution of a graph, or of several. Times are in nanoseconds, sizes in bytes; what a
 * backend does not tell is 0.
 *
 * @param kernels time of each task's kernel on the device, by the task's name without the graph's, in no set order
 * @param compilation time it took to compile each task's kernel; empty but for a graph's first execution
 * @param copyIn time of the copies to the device
 * @param bytesIn bytes copied to the device
 * @param copyOut time of the copies to the host
 * @param bytesOut bytes copied to the host
 * @param dispatch time between handing a kernel or a copy to the driver and its start
 */
public record ExecutionProfile(
    SequencedMap<String, Long> kernels,
    Map<String, Long> compilation,
    long copyIn,
    long bytesIn,
    long copyOut,
    long bytesOut,
    long dispatch) {
  /** Of nothing. */
  public static final ExecutionProfile NONE =
      new ExecutionProfile(new LinkedHashMap<>(), Map.of(), 0, 0, 0, 0, 0);

  /** This and that one, times of the same task added up. */
  public ExecutionProfile plus(ExecutionProfile other) {
    SequencedMap<String, Long> allKernels = new LinkedHashMap<>(kernels);
    other.kernels.forEach((task, time) -> allKernels.merge(task, time, Long::sum));
    Map<String, Long> allCompilation = new HashMap<>(compilation);
    other.compilation.forEach((task, time) -> allCompilation.merge(task, time, Long::sum));
    return new ExecutionProfile(
        allKernels,
        allCompilation,
        copyIn + other.copyIn,
        bytesIn + other.bytesIn,
        copyOut + other.copyOut,
        bytesOut + other.bytesOut,
        dispatch + other.dispatch);
  }

  /** Time of all kernels. */
  public long kernelTime() {
    return kernels.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Time of a task's kernel, that of its compilation included where it was compiled; 0 for an unknown task. */
  public long timeOf(String task) {
    return kernels.getOrDefault(task, 0L) + compilation.getOrDefault(task, 0L);
  }
}
