// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.device.Cut;
import io.github.arturo4j.kernels.device.CutRule;
import io.github.arturo4j.kernels.device.ProductCuts;
import java.util.Comparator;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid3D;

/**
 * A matrix product as the tiled kernels compute it: its sizes, and how it is cut into work-groups.
 *
 * @param rows rows of the result
 * @param columns columns of the result
 * @param terms products that each result sums, over all parts
 * @param parts parts that the sums are cut into, each of which writes a result of its own
 * @param tile the results of a thread
 */
record TiledProduct(int rows, int columns, int terms, int parts, Tile tile) {
  /** Parts at most: they are summed one after the other. */
  static final int MAX_PARTS = 256;

  /** Terms of a part at least: with fewer, writing and summing the parts would take longer than the products. */
  static final int MIN_TERMS = 4 * TileLayout.TERMS;

  /** Work-groups for each processor of the device, about, at most, if sums are cut. */
  private static final int GROUPS_EACH = 2;

  /**
   * A product as it is cut on a device: as was measured to be the fastest, or else with the largest tile that fits the result, and as
   * many parts as keep all processors busy for the shortest time.
   */
  static TiledProduct of(Product product, CutRule rule, ProductCuts cuts) {
    return cuts.find(product.key()).map(cut -> of(product, cut)).orElseGet(() -> byRule(product, rule));
  }

  /** A product that is cut as wanted, but into no more parts than it has tiles of terms. */
  static TiledProduct of(Product product, Cut cut) {
    return parted(product, new Tile(cut.down(), cut.across(), cut.adjacent()), cut.parts());
  }

  /** A product that was not measured. */
  static TiledProduct byRule(Product product, CutRule rule) {
    return byRule(product, Tile.of(product.rows(), product.columns(), rule.side()), rule.processors());
  }

  /** The same of another tile. */
  static TiledProduct byRule(Product product, Tile tile, int processors) {
    return parted(product, tile, parts(product, tile, processors));
  }

  /** The fewest parts with which the busiest processor has the fewest tiles to go through. */
  private static int parts(Product product, Tile tile, int processors) {
    int groups = parted(product, tile, 1).groups();
    int most = Math.min(Math.ceilDiv(GROUPS_EACH * processors, groups), Math.min(MAX_PARTS, product.terms() / MIN_TERMS));
    return IntStream.rangeClosed(1, Math.max(1, most))
        .boxed()
        .min(Comparator.comparingLong(parts -> parted(product, tile, parts).tilesOfTheBusiest(processors)))
        .orElseThrow();
  }

  private long tilesOfTheBusiest(int processors) {
    return (long) Math.ceilDiv(groups(), processors) * (share() / TileLayout.TERMS);
  }

  private static TiledProduct parted(Product product, Tile tile, int parts) {
    int rows = product.rows();
    int columns = product.columns();
    int terms = product.terms();
    if (product instanceof BatchedProduct) {
      return new TiledProduct(rows, columns, terms, product.count(), tile); // each product in the place of a part
    }
    if (parts < 2) {
      return new TiledProduct(rows, columns, terms, 1, tile);
    }
    int share = new TiledProduct(rows, columns, terms, parts, tile).share();
    return new TiledProduct(rows, columns, terms, Math.ceilDiv(terms, share), tile); // rounding up may leave the last without any
  }

  /** How it is cut. */
  Cut cut(Product product) {
    return new Cut(tile.down(), tile.across(), tile.adjacent(), product instanceof BatchedProduct ? 1 : parts);
  }

  /** Terms of a part, but perhaps of the last: whole tiles. */
  int share() {
    return Math.ceilDiv(Math.ceilDiv(terms, parts), TileLayout.TERMS) * TileLayout.TERMS;
  }

  /** The work-groups. */
  int groups() {
    return Math.ceilDiv(rows, tile.rows()) * Math.ceilDiv(columns, tile.columns()) * parts;
  }

  /** The threads: a work-group for each block of the result, in each part. */
  WorkerGrid grid() {
    int group = TileLayout.GROUP;
    WorkerGrid grid =
        new WorkerGrid3D(Math.ceilDiv(columns, tile.columns()) * group, Math.ceilDiv(rows, tile.rows()) * group, parts);
    grid.setLocalWork(group, group, 1);
    return grid;
  }
}
