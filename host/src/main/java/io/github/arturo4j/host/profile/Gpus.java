// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.profile;

import io.github.arturo4j.host.io.InputException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * GPUs that are known by name. Processors, boost clock and bandwidth are the data sheets'; so is the peak that follows from them, within
 * a hundredth. What a processor can do is from NVIDIA's CUDA C++ Programming Guide, "Arithmetic Instructions" and "Compute
 * Capabilities", and AMD's "CDNA 3 Architecture" white paper and instruction set reference. No data sheet tells a launch: 3 µs are
 * assumed for all.
 */
public final class Gpus {
  private static final double LAUNCH = 3;
  private static final int KIB = 1024;

  /** All, NVIDIA's first. */
  public static final List<Gpu> ALL =
      List.of(
          // NVIDIA H100 data sheet, SXM: 67 TFLOP/s, 3.35 TB/s; compute capability 9.0
          new Gpu("h100", "NVIDIA H100 SXM", new Gpu.Processor(128, 1, 128, 128, 65_536, 228 * KIB, 2048), 132, 1.98, 3350, LAUNCH),
          // NVIDIA A100 data sheet, 80 GB SXM: 19.5 TFLOP/s, 2039 GB/s; compute capability 8.0, with half as many multiply-adds
          new Gpu("a100", "NVIDIA A100 SXM 80 GB", new Gpu.Processor(64, 1, 128, 128, 65_536, 164 * KIB, 2048), 108, 1.41, 2039, LAUNCH),
          // NVIDIA Ada GPU Architecture white paper: 82.6 TFLOP/s, 1008 GB/s; compute capability 8.9
          new Gpu("rtx4090", "NVIDIA GeForce RTX 4090", new Gpu.Processor(128, 1, 128, 128, 65_536, 100 * KIB, 1536), 128, 2.52, 1008,
              LAUNCH),
          // AMD Instinct MI300X data sheet: 163.4 TFLOP/s, 5.3 TB/s; four SIMDs of 16 lanes, which v_pk_fma_f32 keeps busy for two
          // multiply-adds each: clang 19 makes it of our products; 512 vector registers of 64 lanes for each of the four
          new Gpu("mi300x", "AMD Instinct MI300X", new Gpu.Processor(128, 2, 64, 128, 131_072, 64 * KIB, 2048), 304, 2.1, 5300, LAUNCH));

  private Gpus() {}

  /** Their names, for messages. */
  public static String names() {
    return ALL.stream().map(Gpu::name).collect(Collectors.joining(", "));
  }

  /**
   * The one that a device seems to be: its name has the GPU's in it, and it has as many processors.
   *
   * @param deviceName as its driver tells it
   * @param processors compute units
   */
  public static Optional<Gpu> ofDevice(String deviceName, int processors) {
    String plain = deviceName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    return ALL.stream().filter(gpu -> plain.contains(gpu.name()) && gpu.processors() == processors).findFirst();
  }

  /**
   * The one of that name.
   *
   * @throws InputException if there is none; the message names the others
   */
  public static Gpu find(String name) {
    return ALL.stream()
        .filter(gpu -> gpu.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "no GPU is known as '" + name + "'; there are " + names() + ", which --processors, --clock, --bandwidth and"
                        + " --launch turn into others"));
  }
}
