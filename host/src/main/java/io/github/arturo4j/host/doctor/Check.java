// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import io.github.arturo4j.kernels.inspect.MissingApi;
import io.github.arturo4j.kernels.inspect.TornadoVmMessage;
import java.util.List;
import java.util.function.Supplier;

/**
 * A check of a device.
 *
 * @param name what is checked, for people
 * @param examination makes it; a line for each fault
 */
public record Check(String name, Supplier<List<String>> examination) {
  /** Makes the check; what it throws is a fault. */
  public CheckResult run() {
    long start = System.nanoTime();
    List<String> faults;
    try {
      faults = examination.get();
    } catch (RuntimeException | Error e) { // a compiler of kernels throws errors, too
      faults = List.of(MissingApi.of(e).orElseGet(() -> said(e)));
    }
    return new CheckResult(name, List.copyOf(faults), (System.nanoTime() - start) * 1e-9);
  }

  /** The first line of a failure's message; its kind where it has none. */
  private static String said(Throwable failure) {
    String line = TornadoVmMessage.plain(failure.getMessage() == null ? "" : failure.getMessage());
    return line.isEmpty() ? failure.getClass().getSimpleName() : line;
  }
}
