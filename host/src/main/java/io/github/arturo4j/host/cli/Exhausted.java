// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which of the machine's resources a failure says is used up, in the words of Java, the system or TornadoVM. */
enum Exhausted {
  THREADS(List.of("unable to create native thread", "unable to create thread"),
      "no more threads can be started; raise the limit of processes (ulimit -u, or a container's --pids-limit), or end"
          + " others of this user"),
  FILES(List.of("too many open files"),
      "too many files are open at once; raise the limit with 'ulimit -n 1024', or a container's --ulimit nofile=1024"),
  ARRAY(List.of("array size exceeds", "array length", "too large for an array"),
      "an array would have more elements than Java's can; choose a smaller --batch-size, or fewer examples with"
          + " --limit-train"),
  DIRECT(List.of("direct buffer memory"),
      "the limit of Java's memory outside of its heap is used up; raise it with ARTURO_OPTS=-XX:MaxDirectMemorySize=%dg"),
  CLASSES(List.of("metaspace", "compressed class space"),
      "the limit of the memory for the program itself is used up; leave -XX:MaxMetaspaceSize and"
          + " -XX:CompressedClassSpaceSize out of ARTURO_OPTS"),
  ADDRESSES(List.of("map failed", "cannot allocate memory", "unable to allocate"),
      "the system gives no more memory; raise its limit (ulimit -v, or a container's --memory), or choose a smaller"
          + " --batch-size"),
  HEAP(List.of("java heap space", "gc overhead limit"),
      "choose a smaller --batch-size, or give more memory with ARTURO_OPTS=-Xmx%dg");

  private static final long GIGABYTE = 1L << 30;
  private static final int MIN_GIGABYTES = 8;

  private final List<String> words;
  private final String remedy;

  Exhausted(List<String> words, String remedy) {
    this.words = words;
    this.remedy = remedy;
  }

  /** What is used up according to a failure or what it is wrapped in, and what to do, in one line; empty if nothing is. */
  static Optional<String> line(Throwable failure) {
    int depth = 0;
    for (Throwable t = failure; t != null && depth < 100; t = t.getCause(), depth++) {
      String message = Main.firstLine(t.getMessage());
      boolean memory = t instanceof OutOfMemoryError;
      if (!memory && t.getClass().getSimpleName().matches("Tornado(OutOf)?MemoryException")) {
        return Optional.of(
            "out of memory (" + message + "); choose a smaller --batch-size, or raise TornadoVM's limit with"
                + " ARTURO_OPTS=-Dtornado.device.memory=8GB");
      }
      for (Exhausted kind : values()) {
        if ((memory || kind == FILES) && kind.isMeant(message)) {
          return Optional.of(kind.line(message));
        }
      }
      if (memory) {
        return Optional.of("out of memory (" + message + "); " + HEAP.remedy());
      }
    }
    return Optional.empty();
  }

  private boolean isMeant(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    return words.stream().anyMatch(lower::contains);
  }

  private String line(String message) {
    return (this == HEAP ? "out of memory (" + message + "); " : "") + remedy();
  }

  /** With twice the memory that the heap may have now, and 8 GB or more. */
  private String remedy() {
    long heap = Math.ceilDiv(Runtime.getRuntime().maxMemory(), GIGABYTE);
    return String.format(Locale.ROOT, remedy, Math.max(MIN_GIGABYTES, 2 * heap));
  }
}
