// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.util.LinkedHashMap;
import java.util.Map;

/** Measures an execution of a graph: the time of each task, and of the copies to and from the device's memory. */
public final class Profile {
  private final String graph;
  private final Map<String, Long> tasks = new LinkedHashMap<>();
  private long start;
  private long total;
  private long copyIn;
  private long copyOut;
  private long bytesIn;
  private long bytesOut;

  /** An empty profile of the graph with that name. */
  public Profile(String graph) {
    this.graph = graph;
  }

  /** An execution begins; what was measured before it is forgotten. */
  public void begin() {
    tasks.clear();
    copyIn = copyOut = bytesIn = bytesOut = 0;
    start = System.nanoTime();
  }

  /** The inputs are on the device: that many bytes, since {@link #begin}. */
  public void uploaded(long bytes) {
    copyIn = System.nanoTime() - start;
    bytesIn = bytes;
  }

  void ran(String task, long nanos) {
    tasks.put(task, nanos);
  }

  /** The results are on the host: that many bytes, since {@code from} on {@link System#nanoTime}'s clock. */
  public void downloaded(long bytes, long from) {
    long now = System.nanoTime();
    copyOut = now - from;
    bytesOut = bytes;
    total = now - start;
  }

  /** The last execution as TornadoVM logs it; empty if there was none. */
  public String log() {
    if (tasks.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("{\n    \"" + graph + "\": {\n");
    entry(text, 8, "TOTAL_TASK_GRAPH_TIME", total);
    entry(text, 8, "TOTAL_KERNEL_TIME", tasks.values().stream().mapToLong(Long::longValue).sum());
    entry(text, 8, "COPY_IN_TIME", copyIn);
    entry(text, 8, "TOTAL_COPY_IN_SIZE_BYTES", bytesIn);
    entry(text, 8, "COPY_OUT_TIME", copyOut);
    entry(text, 8, "TOTAL_COPY_OUT_SIZE_BYTES", bytesOut);
    int left = tasks.size();
    for (Map.Entry<String, Long> task : tasks.entrySet()) {
      text.append("        \"").append(task.getKey()).append("\": {\n");
      text.append("            \"BACKEND\": \"JAVA\",\n");
      text.append("            \"TASK_KERNEL_TIME\": \"").append(task.getValue()).append("\"\n        }");
      text.append(--left > 0 ? ", \n" : "\n");
    }
    return text.append("    }\n}\n").toString();
  }

  private static void entry(StringBuilder text, int indent, String key, long value) {
    text.repeat(' ', indent).append('"').append(key).append("\": \"").append(value).append("\",\n");
  }
}
