// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.inspect.ExecutionProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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
    try (GraphPlan plan = new GraphPlan(graph.program(), max)) {
      assertThat(plan.graphs("cut")).isEqualTo(Math.ceilDiv(tasks, max));
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

  static Stream<Arguments> sections() {
    return Devices.list().stream()
        .flatMap(
            entry ->
                Stream.of(1, 2, 3, 9)
                    .flatMap(max -> IntStream.range(0, 3).mapToObj(seed -> Arguments.of(entry, max, 10 * max + seed))));
  }

  /**
   * Sections of random tasks, executed in a random order of those that are allowed: each reads what those before it have
   * left on the device, and what is sent with it.
   */
  @ParameterizedTest
  @MethodSource("sections")
  void sectionsShareWhatLiesOnTheDevice(Devices.Entry entry, int max, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int count = 4;
    KernelProgram program = new KernelProgram(entry.device());
    FloatArray[] arrays = new FloatArray[ARRAYS];
    float[][] expected = new float[ARRAYS][SIZE];
    List<List<Step>> steps = new ArrayList<>();
    List<Integer> defined = new ArrayList<>();
    for (int a = 0; a < ARRAYS; a++) {
      arrays[a] = new FloatArray(SIZE);
    }
    for (int k = 0; k < count; k++) { // section k is sent array k, has array 4 + k of its own, and results
      KernelGraph section = program.section("section" + k);
      section.everyTime(arrays[k]);
      List<Step> own = new ArrayList<>(List.of(new Step(true, k, count + k)));
      defined.add(count + k);
      for (int t = 0; t < 1 + random.nextInt(5); t++) {
        int from = defined.get(random.nextInt(defined.size()));
        int to = defined.get(random.nextInt(defined.size()));
        if (from != to) {
          own.add(new Step(random.nextBoolean(), from, to));
        }
      }
      steps.add(own);
      own.stream().map(Step::to).distinct().forEach(a -> section.result(arrays[a]));
      for (Step step : own) {
        String task = section.task("task");
        if (step.copy) {
          section.add(g -> g.task(task, GraphPlanTest::copyNext, arrays[step.from], arrays[step.to], SIZE));
        } else {
          section.add(g -> g.task(task, GraphPlanTest::addHalf, arrays[step.from], arrays[step.to], SIZE));
        }
      }
    }
    try (GraphPlan plan = new GraphPlan(program, max)) {
      int last = -1;
      for (int round = 0; round < 25; round++) {
        int k = round < count ? round : random.nextInt(Math.min(last + 2, count));
        String name = "section" + k;
        for (int i = 0; i < SIZE; i++) {
          expected[k][i] = 10 * round - i / 32f;
          arrays[k].set(i, expected[k][i]);
        }
        steps.get(k).forEach(step -> step.run(expected));
        if (round % 5 == 4) {
          assertThat(plan.executeProfiled(name).profile().orElseThrow().kernels()).hasSize(steps.get(k).size());
        } else {
          plan.execute(name);
        }
        last = k;
        int asked = random.nextInt(Math.min(round + 1, count)); // also of a section that was not the last
        for (int section : List.of(k, asked)) {
          TornadoExecutionResult result = plan.result("section" + section);
          for (int a : steps.get(section).stream().map(Step::to).distinct().toList()) {
            result.transferToHost(arrays[a]);
            assertThat(arrays[a].toHeapArray()).as("array %d after round %d", a, round).isEqualTo(expected[a]);
          }
        }
      }
    }
  }

  @Test
  void aSectionCannotBeExecutedBeforeThoseThatItBuildsOn() {
    KernelProgram program = new KernelProgram(Devices.list().getFirst().device());
    FloatArray x = new FloatArray(SIZE);
    FloatArray y = new FloatArray(SIZE);
    FloatArray z = new FloatArray(SIZE);
    program.section("first").once(x).add(g -> g.task("copy", GraphPlanTest::copyNext, x, y, SIZE));
    program.section("empty");
    program.section("second").add(g -> g.task("copy", GraphPlanTest::copyNext, y, z, SIZE));
    program.section("third").add(g -> g.task("copy", GraphPlanTest::copyNext, z, x, SIZE));
    try (GraphPlan plan = program.plan()) {
      assertThatThrownBy(() -> plan.execute("second"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("section 'second' is to follow 'first' or one behind it, not nothing");
      plan.execute("first");
      assertThat(plan.execute("empty")).isNull();
      plan.execute("second");
      plan.execute("third");
      plan.execute("first");
      assertThatThrownBy(() -> plan.execute("third"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("section 'third' is to follow 'second' or one behind it, not 'first'");
      assertThatThrownBy(() -> plan.execute("fourth"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("there is no section 'fourth'; there are [first, empty, second, third]");
      assertThatThrownBy(plan::execute)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("say which section is to be executed; there are [first, empty, second, third]");
    }
    assertThatThrownBy(() -> program.section("first"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is a section 'first' already");
  }

  /** Else it would be sent with the section that uses it first, and with no other. */
  @Test
  void whatIsSentEveryTimeBelongsToOneSection() {
    KernelProgram program = new KernelProgram(Devices.list().getFirst().device());
    FloatArray x = new FloatArray(SIZE);
    FloatArray y = new FloatArray(SIZE);
    program.section("first").everyTime(x).add(g -> g.task("copy", GraphPlanTest::copyNext, x, y, SIZE));
    program.section("second").everyTime(x).add(g -> g.task("copy", GraphPlanTest::copyNext, x, y, SIZE));
    assertThatThrownBy(program::plan)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("section 'second' is sent an array every time that a section before it uses; give it one of its own");
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
    for (int round = 0; round < (DeviceTraits.of(entry.device()).plainJvm() ? 2 : 45); round++) {
      KernelProgram program = new KernelProgram(entry.device());
      program.section("once").everyTime(sent).add(g -> g.task("send", GraphPlanTest::copyNext, sent, early, 3));
      KernelGraph graph = program.section("main").result(result);
      graph.add(g -> g.task("first", GraphPlanTest::copyNext, early, between, 3));
      graph.add(g -> g.task("second", GraphPlanTest::copyNext, between, result, 3));
      try (GraphPlan plan = new GraphPlan(graph.program(), max)) {
        plan.execute("once");
        plan.execute("main").transferToHost(result);
        plan.execute("once"); // an evaluation that is stopped here
      }
      assertThat(result.toHeapArray()).containsExactly(1, 2, 3);
    }
  }
}
