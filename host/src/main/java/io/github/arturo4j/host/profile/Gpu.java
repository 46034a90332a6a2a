// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.profile;

import io.github.arturo4j.host.io.InputException;

/**
 * A GPU, as its maker's data sheet and the manuals of its architecture describe it.
 *
 * @param name by which it is asked for
 * @param title its maker's name for it
 * @param processor what one of its processors can do
 * @param processors compute units, as OpenCL calls them: NVIDIA's streaming multiprocessors, AMD's compute units
 * @param clock of the processors, in GHz
 * @param bandwidth of its memory, in 10⁹ bytes a second
 * @param launch microseconds that a task costs whatever it does
 */
public record Gpu(String name, String title, Processor processor, int processors, double clock, double bandwidth, double launch) {
  /** Processors at most. */
  private static final int MAX_PROCESSORS = 65_535;

  /**
   * A processor.
   *
   * @param multiplyAdds of floats a cycle
   * @param together multiply-adds of a thread that one instruction makes
   * @param instructions of single threads that are begun a cycle
   * @param localBandwidth bytes a cycle from and to local memory
   * @param registers of 32 bits
   * @param localBytes of local memory
   * @param threads that it holds at most
   */
  public record Processor(
      int multiplyAdds, int together, int instructions, int localBandwidth, int registers, int localBytes, int threads) {}

  /** Checks what a user may have changed. */
  public Gpu {
    require(processors >= 1 && processors <= MAX_PROCESSORS, "processors", processors, "between 1 and " + MAX_PROCESSORS);
    require(clock > 0 && clock < Double.POSITIVE_INFINITY, "clock", clock, "above 0, in GHz");
    require(bandwidth > 0 && bandwidth < Double.POSITIVE_INFINITY, "bandwidth", bandwidth, "above 0, in GB/s");
    require(launch >= 0 && launch < Double.POSITIVE_INFINITY, "launch", launch, "at least 0, in µs");
  }

  private static void require(boolean holds, String what, Number value, String range) {
    if (!holds) {
      throw new InputException("--" + what + " is " + value + "; it must be " + range);
    }
  }

  /** The same with so many processors. */
  public Gpu processors(int other) {
    return new Gpu(name, title, processor, other, clock, bandwidth, launch);
  }

  /** The same with another clock, in GHz. */
  public Gpu clock(double other) {
    return new Gpu(name, title, processor, processors, other, bandwidth, launch);
  }

  /** The same with another bandwidth, in GB/s. */
  public Gpu bandwidth(double other) {
    return new Gpu(name, title, processor, processors, clock, other, launch);
  }

  /** The same with another time of a launch, in microseconds. */
  public Gpu launch(double other) {
    return new Gpu(name, title, processor, processors, clock, bandwidth, other);
  }

  /** 10⁹ floating-point operations a second, a multiply-add being two. */
  public double peak() {
    return 2.0 * processors * processor.multiplyAdds * clock;
  }
}
