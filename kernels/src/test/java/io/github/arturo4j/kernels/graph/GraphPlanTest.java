// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.inspect.ExecutionProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A graph gives the same numbers as one graph of TornadoVM and as several: random programs, against plain Java. */
class GraphPlanTest {
  private static final int SIZE = 37;
  private static final int ARRAYS = 9;

  static void addHalf(FloatArray from, FloatArray to, int n) {
    for (@Parallel int i = 0; i < n; i++) {
      to.set(i, 0.5f * (from.get(i) + to.get(i)));
    }
  }

  static void copyNext(FloatArray from, FloatArray to, int n) {
    for (@Parallel int i = 0; i < n; i++) {
      to.set(i, from.get((i + 1) % n));
    }
  }

  /** One task: from and to are numbers of arrays. */
  private record Step(boolean copy, int from, int to) {
    void run(float[][] values) {
      float[] source = values[from];
      float[] target = new float[SIZE];
      for (int i = 0; i < SIZE; i++) {
        target[i] = copy ? source[(i + 1) % SIZE] : 0.5f * (source[i] + values[to][i]);
      }
      values[to] = target;
    }
  }

  /** Arrays 0 to 2 come from the host once, 3 and 4 each time; 5 to 8 are on the device only, and written first. */
  private static List<Step> program(SplittableRandom random, int tasks) {
    List<Step> program = new ArrayList<>();
    List<Integer> defined = new ArrayList<>(List.of(0, 1, 2, 3, 4));
    while (program.size() < tasks) {
      int from = defined.get(random.nextInt(defined.size()));
      int to = random.nextInt(ARRAYS);
      if (from != to) {
        program.add(new Step(!defined.contains(to) || random.nextBoolean(), from, to));
        if (!defined.contains(to)) {
          defined.add(to);
        }
      }
    }
    return program;
  }

  static Stream<Arguments> cuts() {
    int[][] cuts = {{12, 12}, {12, 6}, {12, 5}, {12, 3}, {12, 2}, {12, 1}, {13, 4}, {7, 2}};
    return Devices.list().stream()
        .flatMap(
            entry -> IntStream.range(0, cuts.length).mapToObj(i -> Arguments.of(entry, i + 1, cuts[i][0], cuts[i][1])));
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void cutOrNotItComputesTheSame(Devices.Entry entry, long seed, int tasks, int max) {
    List<Step> program = program(new SplittableRandom(seed), tasks);
    float[][] expected = new float[ARRAYS][SIZE];
    FloatArray[] arrays = new FloatArray[ARRAYS];
    for (int a = 0; a < ARRAYS; a++) {
      arrays[a] = new FloatArray(SIZE);
      for (int i = 0; i < SIZE; i++) {
        expected[a][i] = a + i / 64f;
        arrays[a].set(i, expected[a][i]);
      }
    }
    KernelGraph graph = new KernelGraph("cut", entry.device());
    graph.once(arrays[0], arrays[1], arrays[2]).everyTime(arrays[3], arrays[4]);
    List<Integer> results = program.stream().map(Step::to).distinct().toList();
    results.forEach(a -> graph.result(arrays[a]));
    for (Step step : program) {
      String task = graph.task(step.copy ? "copy" : "half");
      if (step.copy) {
        graph.add(g -> g.task(task, GraphPlanTest::copyNext, arrays[step.from], arrays[step.to], SIZE));
      } else {
        graph.add(g -> g.task(task, GraphPlanTest::addHalf, arrays[step.from], arrays[step.to], SIZE));
      }
    }
    try (GraphPlan plan = new GraphPlan(graph, max)) {
      assertThat(plan.graphs()).isEqualTo(Math.ceilDiv(tasks, max));
      for (int round = 0; round < 4; round++) {
        for (int i = 0; i < SIZE; i++) {
          for (int a = 3; a <= 4; a++) {
            expected[a][i] = 10 * round + a - i / 32f;
            arrays[a].set(i, expected[a][i]);
          }
        }
        program.forEach(step -> step.run(expected));
        TornadoExecutionResult result;
        if (round == 2) {
          GraphPlan.Profiled profiled = plan.executeProfiled();
          ExecutionProfile profile = profiled.profile().orElseThrow();
          assertThat(profile.kernels().keySet())
              .containsExactlyInAnyOrderElementsOf(graph.tasks().stream().map(GraphTask::name).toList());
          result = profiled.result();
        } else {
          result = plan.execute();
        }
        for (int a : results) {
          result.transferToHost(arrays[a]);
          assertThat(arrays[a].toHeapArray()).as("array %d after round %d", a, round).isEqualTo(expected[a]);
        }
      }
    }
  }

  static Stream<Arguments> prologues() {
    return Devices.list().stream()
        .flatMap(entry -> Stream.of(1, 2, 3, 9).map(max -> Arguments.of(entry, max)));
  }

  /** Sent, halved and kept when the prologue runs, and then read by every execution until it runs again. */
  @ParameterizedTest
  @MethodSource("prologues")
  void whatThePrologueLeavesStaysUntilTheNextOne(Devices.Entry entry, int max) {
    FloatArray sent = new FloatArray(SIZE);
    FloatArray kept = new FloatArray(SIZE);
    FloatArray input = new FloatArray(SIZE);
    FloatArray sum = new FloatArray(SIZE);
    FloatArray moved = new FloatArray(SIZE);
    KernelGraph graph = new KernelGraph("main", entry.device());
    graph.everyTime(input).result(sum, moved);
    for (String task : List.of("first", "second", "third")) { // the cut goes through the prologue, too
      graph.prologue().add(g -> g.task(task, GraphPlanTest::copyNext, sent, kept, SIZE));
    }
    graph.prologue().everyTime(sent);
    graph.add(g -> g.task("copyInput", GraphPlanTest::copyNext, input, sum, SIZE));
    graph.add(g -> g.task("addKept", GraphPlanTest::addHalf, kept, sum, SIZE));
    graph.add(g -> g.task("copySent", GraphPlanTest::copyNext, sent, moved, SIZE));
    graph.add(g -> g.task("addSum", GraphPlanTest::addHalf, sum, moved, SIZE));
    float[] arrived = new float[SIZE];
    try (GraphPlan plan = new GraphPlan(graph, max)) {
      assertThat(plan.graphs()).isEqualTo(Math.ceilDiv(4, max));
      assertThat(plan.deviceBytes()).isEqualTo(5 * sent.getNumBytesOfSegmentWithHeader());
      for (int round = 0; round < 9; round++) {
        for (int i = 0; i < SIZE; i++) {
          sent.set(i, 100 * round + i);
          input.set(i, round - i);
        }
        if (round % 3 == 0) {
          arrived = sent.toHeapArray();
          if (round > 0) { // the first execution begins by itself
            plan.begin();
          }
        }
        TornadoExecutionResult result = plan.execute();
        result.transferToHost(sum, moved);
        for (int i = 0; i < SIZE; i++) {
          int next = (i + 1) % SIZE;
          float expected = 0.5f * (arrived[next] + input.get(next));
          assertThat(sum.get(i)).as("round %d", round).isEqualTo(expected);
          assertThat(moved.get(i)).as("round %d", round).isEqualTo(0.5f * (expected + arrived[next]));
        }
      }
    }
  }

  static Stream<Arguments> closings() {
    return Devices.list().stream()
        .flatMap(entry -> Stream.of(1, 9).map(max -> Arguments.of(entry, max)));
  }

  /** TornadoVM takes 4 GB of a device at most, by default: with one of the large arrays left behind, these take more. */
  @ParameterizedTest
  @MethodSource("closings")
  void aClosedPlanLeavesNoMemoryTaken(Devices.Entry entry, int max) {
    int large = 24 << 20;
    FloatArray sent = FloatArray.fromElements(1, 2, 3);
    FloatArray early = new FloatArray(large);
    FloatArray between = new FloatArray(large);
    FloatArray result = new FloatArray(3);
    for (int round = 0; round < (Devices.isJvm(entry.device()) ? 2 : 45); round++) {
      KernelGraph graph = new KernelGraph("main", entry.device());
      graph.prologue().everyTime(sent);
      graph.prologue().add(g -> g.task("send", GraphPlanTest::copyNext, sent, early, 3));
      graph.result(result);
      graph.add(g -> g.task("first", GraphPlanTest::copyNext, early, between, 3));
      graph.add(g -> g.task("second", GraphPlanTest::copyNext, between, result, 3));
      try (GraphPlan plan = new GraphPlan(graph, max)) {
        plan.execute().transferToHost(result);
        plan.begin(); // an evaluation that is stopped here
      }
      assertThat(result.toHeapArray()).containsExactly(1, 2, 3);
    }
  }
}
