// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench.report;

import io.github.arturo4j.host.bench.LayerSpeed;
import io.github.arturo4j.host.bench.PassSpeed;
import io.github.arturo4j.host.bench.Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The tables of products.
 *
 * @param limits by which they are measured
 */
record LayerSections(Limits limits) {
  /** Below this part of the fastest product, a convolution needs a reason. */
  private static final double FEW = 0.5;

  /** Of matrices. */
  Section products(List<LayerSpeed> layers) {
    return table("products", "Products", layers).note("Sizes: examples × values before a layer × values behind it.").build();
  }

  /** Of convolutions. */
  Section convolutions(List<LayerSpeed> layers) {
    Section.Builder table = table("convolutions", "Convolutions", layers);
    Double best = limits.productGigaflopsPerSecond();
    if (best != null) {
      List<String> slow =
          layers.stream()
              .flatMap(
                  layer ->
                      layer.passes().stream()
                          .filter(pass -> pass.gigaflopsPerSecond() < FEW * best)
                          .map(pass -> layer.name() + " " + Words.pass(pass.pass())))
              .toList();
      table.note(
          slow.isEmpty()
              ? "None is below half of the fastest product."
              : Words.count(slow.size(), "pass").replace("passs", "passes") + " below half of the fastest product: "
                  + String.join("; ", slow) + ".");
    }
    return table.note("Sizes: channels, kernel and stride, pixels. Operations are counted as if padding were pixels.").build();
  }

  private Section.Builder table(String part, String title, List<LayerSpeed> layers) {
    Section.Builder table =
        new Section.Builder(part, title)
            .columns("layer")
            .texts("sizes")
            .columns("forward GFLOP/s", "input GFLOP/s", "weights GFLOP/s")
            .shares("forward share", "input share", "weights share")
            .columns("spread", "runs", "PyTorch by ours, forward", "PyTorch by ours, input", "PyTorch by ours, weights");
    for (LayerSpeed layer : layers) {
      List<String> cells = new ArrayList<>(List.of(layer.name(), layer.sizes()));
      layer.passes().forEach(pass -> cells.add(Words.number(pass.gigaflopsPerSecond())));
      layer.passes().forEach(pass -> cells.add(Words.share(pass.gigaflopsPerSecond(), limits.productGigaflopsPerSecond())));
      Times widest = layer.passes().stream().map(PassSpeed::times).max(Comparator.comparingDouble(LayerSections::spread)).orElseThrow();
      cells.add(Words.spread(widest));
      cells.add(Integer.toString(layer.passes().stream().mapToInt(pass -> pass.times().runs()).min().orElseThrow()));
      layer.passes().forEach(pass -> cells.add(Words.number(pass.pytorchByOurs())));
      table.row(cells);
    }
    return table.note(
        "Forward, gradients of the input, gradients of the weights; share: of the fastest product. Spread: between the"
            + " quartiles of the least even pass, of its median; runs: of the pass with the fewest.");
  }

  private static double spread(Times times) {
    return (times.upperQuartileSeconds() - times.lowerQuartileSeconds()) / times.medianSeconds();
  }

  /** Products that were made in several ways. */
  Section ways(BenchReport report) {
    Section.Builder table =
        new Section.Builder("products", "The same product made in several ways")
            .columns("product")
            .texts("way")
            .columns("ms", "GFLOP/s")
            .texts("other way")
            .columns("its ms", "its GFLOP/s", "as fast");
    Stream.concat(report.products().stream(), report.convolutions().stream())
        .forEach(
            layer ->
                layer.passes()
                    .forEach(pass -> pass.others().forEach((way, times) -> ways(table, layer.name(), pass, Map.entry(way, times)))));
    return table.note("As fast: how many times as fast the other way is. Rule and tuned: how the sums are cut, see tune-device.").build();
  }

  private static void ways(Section.Builder table, String layer, PassSpeed pass, Map.Entry<String, Times> other) {
    double seconds = other.getValue().medianSeconds();
    table.row(
        layer + ", " + Words.pass(pass.pass()), pass.way() == null ? Words.UNKNOWN : pass.way(),
        Words.millis(pass.times().medianSeconds()), Words.number(pass.gigaflopsPerSecond()), other.getKey(), Words.millis(seconds),
        Words.number(other.getValue().billions(pass.flops())), Words.number(pass.times().medianSeconds() / seconds));
  }
}
