// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench.report;

import io.github.arturo4j.host.bench.CopySpeed;
import io.github.arturo4j.host.bench.LayerSpeed;
import io.github.arturo4j.host.bench.PassSpeed;
import io.github.arturo4j.host.profile.Gpu;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the device can do at best, by which the rest is measured; what was not measured is null.
 *
 * @param copyGigabytesPerSecond of a copy within the device, bytes read and bytes written
 * @param productGigaflopsPerSecond of the fastest product of matrices
 * @param product which that is
 * @param launchMicroseconds that one more kernel in a graph costs
 * @param dataSheet the GPU whose data sheet the next two are of; null where none is known
 * @param dataSheetGigabytesPerSecond bandwidth of its memory
 * @param dataSheetGigaflopsPerSecond its peak of 32-bit floats
 */
public record Limits(
    Double copyGigabytesPerSecond, Double productGigaflopsPerSecond, String product, Double launchMicroseconds, String dataSheet,
    Double dataSheetGigabytesPerSecond, Double dataSheetGigaflopsPerSecond) {
  /** A product that is the fastest. */
  private record Best(String name, double gigaflops) {}

  static Limits of(List<CopySpeed> copies, List<LayerSpeed> products, Double launch, Optional<Gpu> gpu) {
    Optional<Best> best =
        products.stream()
            .flatMap(layer -> layer.passes().stream().map(pass -> best(layer, pass)))
            .max(Comparator.comparingDouble(Best::gigaflops));
    return new Limits(
        copies.isEmpty() ? null : copies.getFirst().gigabytesPerSecond(), best.map(Best::gigaflops).orElse(null),
        best.map(Best::name).orElse(null), launch, gpu.map(Gpu::title).orElse(null), gpu.map(Gpu::bandwidth).orElse(null),
        gpu.map(Gpu::peak).orElse(null));
  }

  private static Best best(LayerSpeed layer, PassSpeed pass) {
    double others = pass.others().values().stream().mapToDouble(times -> times.billions(pass.flops())).max().orElse(0);
    return new Best(layer.name() + ", " + Words.pass(pass.pass()), Math.max(pass.gigaflopsPerSecond(), others));
  }
}
