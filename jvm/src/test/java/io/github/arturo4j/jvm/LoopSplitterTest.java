// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.TornadoFunctions;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Each iteration of a parallel loop runs once, whatever the number of workers; what cannot be split runs whole. */
@OnJvmDevice
class LoopSplitterTest {
  /** Counts how often each element is visited. */
  static void plain(IntArray visits) {
    for (@Parallel int i = 0; i < visits.getSize(); i++) {
      visits.set(i, visits.get(i) + 1);
    }
  }

  static void fromOffset(IntArray visits, int low, int margin) {
    for (@Parallel int i = low * 2; i < visits.getSize() - 2 * margin; i++) {
      visits.set(i, visits.get(i) + 1);
    }
  }

  static void nested(IntArray visits, int width) {
    for (@Parallel int y = 0; y < visits.getSize() / width; y++) {
      for (@Parallel int x = 0; x < width; x++) {
        visits.set(y * width + x, visits.get(y * width + x) + 1);
      }
    }
  }

  static void innerHasAnotherShape(IntArray visits, int width) {
    for (@Parallel int y = 0; y < visits.getSize() / width; y++) {
      for (@Parallel int x = 0; x <= width - 1; x += 1) {
        visits.set(y * width + x, visits.get(y * width + x) + 1);
      }
    }
  }

  static void inPlainLoop(IntArray visits, int times) {
    for (int t = 0; t < times; t++) {
      for (@Parallel int i = 0; i < visits.getSize(); i++) {
        visits.set(i, visits.get(i) + 1);
      }
    }
  }

  static void inWhileLoop(IntArray visits, int times) {
    int t = times;
    while (t-- > 0) {
      for (@Parallel int i = 0; i < visits.getSize(); i++) {
        visits.set(i, visits.get(i) + 1);
      }
    }
  }

  static void several(IntArray visits, int half) {
    int shift = square(half) / half;
    for (@Parallel int i = 0; i < half; i++) {
      visits.set(i, visits.get(i) + 1);
    }
    for (@Parallel int j = half; j < visits.getSize(); j++) {
      int k = j - shift + half;
      if (k % 2 == 0) {
        visits.set(k, visits.get(k) + 1);
        continue;
      }
      visits.set(k, visits.get(k) + square(1));
    }
  }

  private static int square(int x) {
    return x * x;
  }

  static void wideTypes(IntArray visits, double one, long zero, float alsoOne) {
    double sum = one + alsoOne;
    for (@Parallel int i = 0; i < visits.getSize(); i++) {
      long value = visits.get(i) + (long) sum - 1L;
      visits.set(i, (int) (value + zero));
    }
  }

  static void strided(IntArray visits) {
    for (@Parallel int i = 0; i < visits.getSize(); i += 2) {
      visits.set(i, visits.get(i) + 1);
    }
    for (@Parallel int i = 1; i < visits.getSize(); i += 2) {
      visits.set(i, visits.get(i) + 1);
    }
  }

  static void scaledVariable(IntArray visits) {
    for (@Parallel int i = 0; i * 2 < visits.getSize() * 2; i++) {
      visits.set(i, visits.get(i) + 1);
    }
  }

  static void leaves(IntArray visits) {
    for (@Parallel int i = 0; i < Integer.MAX_VALUE; i++) {
      if (i == visits.getSize()) {
        break;
      }
      visits.set(i, visits.get(i) + 1);
    }
  }

  static void choosesBound(IntArray visits, int some) {
    for (@Parallel int i = 0; i < (some > 0 ? visits.getSize() : 0); i++) {
      visits.set(i, visits.get(i) + 1);
    }
  }

  static void sequential(IntArray visits) {
    for (int i = 0; i < visits.getSize(); i++) {
      visits.set(i, visits.get(i) + 1);
    }
  }

  static void outside(IntArray visits) {
    for (@Parallel int i = 0; i < visits.getSize() + 1; i++) {
      visits.set(i, 1);
    }
  }

  private static void assertVisits(TaskCode code, int size, int from, int to, int times, Object... scalars) {
    for (int workers : new int[] {1, 2, 3, 7}) {
      IntArray visits = new IntArray(size);
      visits.clear();
      Object[] arguments = new Object[scalars.length + 1];
      arguments[0] = visits;
      System.arraycopy(scalars, 0, arguments, 1, scalars.length);
      for (int worker = 0; worker < workers; worker++) {
        code.runPart(arguments, worker, workers);
      }
      for (int i = 0; i < size; i++) {
        assertThat(visits.get(i)).as("element %d of %d, %d workers", i, size, workers)
            .isEqualTo(i >= from && i < to ? times : 0);
      }
    }
  }

  private static TaskCode code(Object reference) {
    TaskCode code = TaskCode.of(reference);
    assertThat(code.isSplit()).isTrue();
    return code;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 13, 207, 1024, 4098})
  void everyIterationRunsOnce(int size) {
    assertVisits(code((TornadoFunctions.Task1<IntArray>) LoopSplitterTest::plain), size, 0, size, 1);
    assertVisits(
        code((TornadoFunctions.Task4<IntArray, Double, Long, Float>) LoopSplitterTest::wideTypes),
        size, 0, size, 1, 1.0, 0L, 1f);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 13, 207, 4098})
  void loopsMayStartAnywhere(int size) {
    TaskCode code = code((TornadoFunctions.Task3<IntArray, Integer, Integer>) LoopSplitterTest::fromOffset);
    assertVisits(code, size, 2, size - 2, 1, 1, 1);
    assertVisits(code, size, size, size, 1, size, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 207 * 13})
  void theOuterOfNestedLoopsIsSplit(int size) {
    assertVisits(
        code((TornadoFunctions.Task2<IntArray, Integer>) LoopSplitterTest::nested), size, 0, size, 1, 13);
    assertVisits(
        code((TornadoFunctions.Task2<IntArray, Integer>) LoopSplitterTest::innerHasAnotherShape),
        size, 0, size, 1, 13);
  }

  @Test
  void parallelLoopsInSequentialOnesAreSplit() {
    assertVisits(
        code((TornadoFunctions.Task2<IntArray, Integer>) LoopSplitterTest::inPlainLoop), 207, 0, 207, 5, 5);
    assertVisits(
        code((TornadoFunctions.Task2<IntArray, Integer>) LoopSplitterTest::inWhileLoop), 207, 0, 207, 5, 5);
  }

  @Test
  void severalLoopsAndPrivateHelpers() {
    assertVisits(
        code((TornadoFunctions.Task2<IntArray, Integer>) LoopSplitterTest::several), 207, 0, 207, 1, 100);
  }

  @Test
  void otherShapesRunWhole() {
    assertWhole((TornadoFunctions.Task1<IntArray>) LoopSplitterTest::strided);
    assertWhole((TornadoFunctions.Task1<IntArray>) LoopSplitterTest::scaledVariable);
    assertWhole((TornadoFunctions.Task1<IntArray>) LoopSplitterTest::leaves);
    assertWhole((TornadoFunctions.Task2<IntArray, Integer>) LoopSplitterTest::choosesBound, 1);
    assertWhole((TornadoFunctions.Task1<IntArray>) LoopSplitterTest::sequential);
  }

  private static void assertWhole(Object reference, Object... scalars) {
    TaskCode code = TaskCode.of(reference);
    assertThat(code.isSplit()).isFalse();
    IntArray visits = new IntArray(207);
    visits.clear();
    Object[] arguments = new Object[scalars.length + 1];
    arguments[0] = visits;
    System.arraycopy(scalars, 0, arguments, 1, scalars.length);
    code.run(arguments);
    assertThat(visits.toHeapArray()).containsOnly(1);
  }

  @Test
  void aFailureNamesTheTaskAndHasItsCause() throws Exception {
    IntArray visits = new IntArray(4098);
    TaskGraph graph =
        new TaskGraph("g")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, visits)
            .task("outside", LoopSplitterTest::outside, visits);
    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      assertThatThrownBy(plan::execute)
          .isInstanceOf(TornadoRuntimeException.class)
          .hasMessageContaining("g.outside")
          .hasCauseInstanceOf(ArrayIndexOutOfBoundsException.class);
    }
  }

  @Test
  void onlyStaticMethodsAreTasks() {
    IntArray visits = new IntArray(1);
    int captured = visits.getSize();
    TaskGraph graph = new TaskGraph("g");
    assertThatThrownBy(() -> graph.task("t", (IntArray v) -> v.set(0, captured), visits))
        .isInstanceOf(TornadoRuntimeException.class)
        .hasMessageContaining("static method");
  }
}
