// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads TornadoVM's profile log: sections of almost-JSON (some end in a comma), one for each profiled execution or
 * download, of the plan's whole life. Each has a graph's values and, in an object each, those of its tasks.
 */
final class ProfileLog {
  private static final String MARK = "\"TOTAL_KERNEL_TIME\"";
  private static final Pattern LINE = Pattern.compile("\\s*\"([^\"]+)\": (\\{|\"(\\d+)\").*");

  private final Map<String, Long> graph = new HashMap<>();
  private final SequencedMap<String, Long> kernels = new LinkedHashMap<>();
  private final Map<String, Long> compilation = new HashMap<>();

  private ProfileLog() {}

  /** The last execution of a log; nothing if there is none in it. */
  static Optional<ExecutionProfile> last(String log) {
    int mark = log.lastIndexOf(MARK);
    if (mark < 0) {
      return Optional.empty();
    }
    int from = Math.max(0, log.lastIndexOf("\n{", mark));
    int to = log.indexOf("\n}", mark);
    ProfileLog section = new ProfileLog();
    section.read(log.substring(from, to < 0 ? log.length() : to));
    return Optional.of(section.profile());
  }

  private void read(String text) {
    String task = null;
    for (String line : text.lines().toList()) {
      Matcher entry = LINE.matcher(line);
      if (line.strip().startsWith("}")) {
        task = null;
      } else if (entry.matches()) {
        String key = entry.group(1);
        if (entry.group(3) == null) {
          task = key.contains(".") ? key.substring(key.indexOf('.') + 1) : null;
        } else if (task == null) {
          graph.put(key, Long.parseLong(entry.group(3)));
        } else if (key.equals("TASK_KERNEL_TIME")) {
          kernels.put(task, Long.parseLong(entry.group(3)));
        } else if (key.startsWith("TASK_")) { // TASK_COMPILE_GRAAL_TIME, _COMPILE_DRIVER_TIME, _CODE_GENERATION_TIME
          compilation.merge(task, Long.parseLong(entry.group(3)), Long::sum);
        }
      }
    }
  }

  private ExecutionProfile profile() {
    return new ExecutionProfile(
        kernels,
        compilation,
        value("COPY_IN_TIME"),
        value("TOTAL_COPY_IN_SIZE_BYTES"),
        value("COPY_OUT_TIME"),
        value("TOTAL_COPY_OUT_SIZE_BYTES"),
        value("TOTAL_DISPATCH_KERNEL_TIME") + value("TOTAL_DISPATCH_DATA_TRANSFERS_TIME"));
  }

  private long value(String key) {
    return graph.getOrDefault(key, 0L);
  }
}
