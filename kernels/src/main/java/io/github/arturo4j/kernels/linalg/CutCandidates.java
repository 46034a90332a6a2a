// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.device.Cut;
import io.github.arturo4j.kernels.device.CutRule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The ways to cut a product that are worth measuring. */
public final class CutCandidates {
  private CutCandidates() {}

  /** How it is cut by rule. */
  public static Cut byRule(Product product, CutRule rule) {
    return TiledProduct.byRule(product, rule).cut(product);
  }

  /** Tiles beside that of the rule: half and double in each direction, and half in both, each in as many parts as keep all busy. */
  public static List<Cut> tiles(Product product, CutRule rule) {
    List<Cut> cuts = around(product, rule);
    cuts.remove(byRule(product, rule));
    return cuts;
  }

  /** The same of Winograd's products, that of the rule among them; none of a product that has none. */
  public static List<Cut> winograd(Product product, CutRule rule) {
    if (each(product).isEmpty()) {
      return List.of();
    }
    ConvolutionProduct convolution = (ConvolutionProduct) product;
    return around(each(product).get(), rule.among(WinogradProduct.POINTS)).stream()
        .map(cut -> WinogradProduct.parted(convolution, cut).ofWinograd())
        .toList();
  }

  private static Optional<LinearProduct> each(Product product) {
    return product instanceof ConvolutionProduct p && WinogradProduct.isPossible(p)
        ? Optional.of(WinogradProduct.each(p))
        : Optional.empty();
  }

  private static List<Cut> around(Product product, CutRule by) {
    Tile rule = TiledProduct.byRule(product, by).tile();
    List<Cut> cuts = new ArrayList<>();
    for (int down : List.of(rule.down(), rule.down() / 2, rule.down() * 2)) {
      for (int across : List.of(rule.across(), rule.across() / 2, rule.across() * 2)) {
        boolean fits = Math.min(down, across) >= 1 && Math.max(down, across) <= TileLayout.MOST;
        if (fits && down * across <= rule.down() * rule.across() * 2) {
          cuts.add(TiledProduct.byRule(product, new Tile(down, across, rule.adjacent()), by.processors()).cut(product));
        }
      }
    }
    return cuts;
  }

  /** Other places of the results of a thread: in runs of other lengths. */
  public static List<Cut> places(Cut cut) {
    return cut.adjacent() == 1 || Math.max(cut.down(), cut.across()) == 1
        ? List.of()
        : List.of(new Cut(cut.down(), cut.across(), 1, cut.parts(), cut.winograd()));
  }

  /** Other numbers of parts for sums of a product that is cut in this way; none for many products at once. */
  public static List<Cut> parts(Product product, Cut cut) {
    Optional<LinearProduct> each = each(product).filter(p -> cut.winograd());
    Product parted = each.isPresent() ? each.get() : product;
    Set<Cut> cuts = new LinkedHashSet<>();
    if (!(product instanceof BatchedProduct) && (each.isEmpty() || each.get().pass() == Pass.parameters)) {
      for (int parts : List.of(1, cut.parts() / 2, cut.parts() * 2, cut.parts() * 4)) {
        int most = Math.clamp(parted.terms() / TiledProduct.MIN_TERMS, 1, TiledProduct.MAX_PARTS);
        int wanted = Math.clamp(parts, 1, most);
        cuts.add(cut.inParts(TiledProduct.of(parted, cut.inParts(wanted)).parts()));
      }
    }
    cuts.remove(cut);
    return List.copyOf(cuts);
  }
}
