// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Sums of a device within a step, and those of all devices, see {@link OptimizerStep}.
 *
 * @param <A> their array
 */
public final class Gathered<A> {
  private final A own;
  private final IntFunction<A> create;
  private final ToIntFunction<A> size;
  private final Get<A> get;
  private final Set<A> set;
  private A all;
  private OptimizerStep.Exchange exchange;
  private Predicate<TornadoExecutionResult> wanted;
  private int rows;
  private int[] lengths;
  private boolean isWanted;

  /** Reads a value of an array. */
  @FunctionalInterface
  interface Get<A> {
    double of(A array, int index);
  }

  /** Sets one. */
  @FunctionalInterface
  interface Set<A> {
    void to(A array, int index, double value);
  }

  private Gathered(A own, IntFunction<A> create, ToIntFunction<A> size, Get<A> get, Set<A> set) {
    this.own = own;
    this.create = create;
    this.size = size;
    this.get = get;
    this.set = set;
    all = own;
  }

  static Gathered<FloatArray> of(FloatArray own) {
    return new Gathered<>(
        own, FloatArray::new, FloatArray::getSize, FloatArray::get, (array, i, value) -> array.set(i, (float) value));
  }

  static Gathered<DoubleArray> of(DoubleArray own) {
    return new Gathered<>(own, DoubleArray::new, DoubleArray::getSize, DoubleArray::get, DoubleArray::set);
  }

  /** Has several devices tell each other theirs, which all do at the same time. */
  void share(OptimizerStep.Exchange through, int rowsOfEach, Predicate<TornadoExecutionResult> when) {
    exchange = through;
    rows = rowsOfEach;
    wanted = when;
    double[][] sizes = exchange.gather(new double[] {size.applyAsInt(own)});
    lengths = Stream.of(sizes).mapToInt(row -> (int) row[0] / rows).toArray();
    all = create.apply(rows * length());
  }

  /** This device's. */
  A own() {
    return own;
  }

  /** Those of all; this device's where there is no other. */
  public A all() {
    return all;
  }

  private int length() {
    return IntStream.of(lengths).sum();
  }

  private int longest() {
    return IntStream.of(lengths).max().orElse(0);
  }

  /** Whether they were wanted last time. */
  boolean isWanted() {
    return isWanted;
  }

  /** Gathers them, if they are wanted. */
  void gather(TornadoExecutionResult result) {
    isWanted = wanted.test(result);
    if (!isWanted) {
      return;
    }
    result.transferToHost(own);
    double[] mine = new double[rows * longest()];
    for (int i = 0; i < size.applyAsInt(own); i++) {
      mine[i] = get.of(own, i);
    }
    double[][] told = exchange.gather(mine);
    int at = 0;
    for (int row = 0; row < rows; row++) {
      for (int device = 0; device < told.length; device++) {
        for (int i = 0; i < lengths[device]; i++) {
          set.to(all, at++, told[device][row * lengths[device] + i]);
        }
      }
    }
  }
}
