// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

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
  private static final int MAX_PARTS = 256;

  /** Terms of a part at least: with fewer, writing and summing the parts would take longer than the products. */
  private static final int MIN_TERMS = 4 * TileLayout.TERMS;

  /** Work-groups for each processor of the device, so that all are busy, and one computes while another waits. */
  private static final int GROUPS_EACH = 2;

  /** With the largest tile that fits the result, and as many parts as keep all processors busy. */
  private static TiledProduct of(int rows, int columns, int terms, int processors) {
    Tile tile = Tile.of(rows, columns);
    TiledProduct whole = new TiledProduct(rows, columns, terms, 1, tile);
    int parts = Math.min(Math.ceilDiv(GROUPS_EACH * processors, whole.groups()), Math.min(MAX_PARTS, terms / MIN_TERMS));
    if (whole.groups() >= GROUPS_EACH * processors || parts < 2) {
      return whole;
    }
    int share = new TiledProduct(rows, columns, terms, parts, tile).share();
    return new TiledProduct(rows, columns, terms, Math.ceilDiv(terms, share), tile); // rounding up may leave the last without any
  }

  /** The product of {@link TiledMatrixKernels#forward}, on a device of so many processors. */
  static TiledProduct linearForward(int batch, int in, int out, int processors) {
    return of(batch, out, in, processors);
  }

  /** The product of {@link TiledMatrixKernels#backwardInput}. */
  static TiledProduct linearBackwardInput(int batch, int in, int out, int processors) {
    return of(batch, in, out, processors);
  }

  /** The product of {@link TiledMatrixKernels#backwardParameters}. */
  static TiledProduct linearBackwardParameters(int batch, int in, int out, boolean biased, int processors) {
    return of(out, in + (biased ? 1 : 0), batch, processors);
  }

  /** The products of {@link TiledBatchedKernels#multiply}, in the place of parts. */
  static TiledProduct batched(BatchedProduct p) {
    return new TiledProduct(p.rows(), p.columns(), p.terms(), p.count(), Tile.of(p.rows(), p.columns()));
  }

  /** The product of {@link TiledConvolutionKernels#forward}. */
  static TiledProduct convolutionForward(ConvolutionShape s, int processors) {
    return of(s.outChannels(), s.batch() * s.outHeight() * s.outWidth(), s.patch(), processors);
  }

  /** The product of {@link TiledConvolutionKernels#backwardInput}. */
  static TiledProduct convolutionBackwardInput(ConvolutionShape s, int processors) {
    return of(s.inChannels(), s.batch() * s.inHeight() * s.inWidth(), s.weightSize() / s.inChannels(), processors);
  }

  /** The product of {@link TiledConvolutionKernels#backwardParameters}. */
  static TiledProduct convolutionBackwardParameters(ConvolutionShape s, boolean biased, int processors) {
    return of(s.outChannels(), s.patch() + (biased ? 1 : 0), s.batch() * s.outHeight() * s.outWidth(), processors);
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
