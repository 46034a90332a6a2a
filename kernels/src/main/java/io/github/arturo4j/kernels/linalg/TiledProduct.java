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
 */
public record TiledProduct(int rows, int columns, int terms, int parts) {
  /** Parts that the sum over the batch is cut into, at most. */
  private static final int MAX_PARTS = 32;

  /** Work-groups that keep a large GPU busy, several on each of its processors. */
  private static final int GROUPS = 512;

  /** The product of {@link TiledMatrixKernels#forward}. */
  public static TiledProduct linearForward(int batch, int in, int out) {
    return new TiledProduct(batch, out, in, 1);
  }

  /** The product of {@link TiledMatrixKernels#backwardInput}. */
  public static TiledProduct linearBackwardInput(int batch, int in, int out) {
    return new TiledProduct(batch, in, out, 1);
  }

  /** The product of {@link TiledMatrixKernels#backwardParameters}. */
  public static TiledProduct linearBackwardParameters(int batch, int in, int out) {
    return new TiledProduct(out, in + 1, batch, 1);
  }

  /** The products of {@link TiledBatchedKernels#multiply}, in the place of parts. */
  public static TiledProduct batched(BatchedProduct p) {
    return new TiledProduct(p.rows(), p.columns(), p.terms(), p.count());
  }

  /** The product of {@link TiledConvolutionKernels#forward}. */
  public static TiledProduct convolutionForward(ConvolutionShape s) {
    return new TiledProduct(s.outChannels(), s.batch() * s.outHeight() * s.outWidth(), s.patch(), 1);
  }

  /** The product of {@link TiledConvolutionKernels#backwardInput}. */
  public static TiledProduct convolutionBackwardInput(ConvolutionShape s) {
    return new TiledProduct(
        s.inChannels(), s.batch() * s.inHeight() * s.inWidth(), s.weightSize() / s.inChannels(), 1);
  }

  /** The product of {@link TiledConvolutionKernels#backwardPart}, which takes whole images for a part. */
  public static TiledProduct convolutionBackwardParameters(ConvolutionShape s, boolean biased) {
    int terms = s.batch() * s.outHeight() * s.outWidth();
    TiledProduct whole = new TiledProduct(s.outChannels(), s.patch() + (biased ? 1 : 0), terms, 1);
    int parts = Math.min(MAX_PARTS, Math.ceilDiv(GROUPS, whole.groups(TileLayout.EACH)));
    int images = Math.ceilDiv(s.batch(), parts);
    return new TiledProduct(whole.rows, whole.columns, terms, Math.ceilDiv(s.batch(), images));
  }

  private int groups(int each) {
    return Math.ceilDiv(rows, TileLayout.GROUP * each) * columnBlocks() * parts;
  }

  private int columnBlocks() {
    return Math.ceilDiv(columns, TileLayout.BLOCK);
  }

  /** Rows that a thread computes: 4, or less where the result has no more. */
  int each() {
    int each = TileLayout.EACH;
    while (each > 1 && rows <= TileLayout.GROUP * each / 2) {
      each /= 2;
    }
    return each;
  }

  /** The threads: a work-group for each block of the result, in each part. */
  WorkerGrid grid() {
    int group = TileLayout.GROUP;
    WorkerGrid grid =
        new WorkerGrid3D(columnBlocks() * group, Math.ceilDiv(rows, group * each()) * group, parts);
    grid.setLocalWork(group, group, 1);
    return grid;
  }
}
