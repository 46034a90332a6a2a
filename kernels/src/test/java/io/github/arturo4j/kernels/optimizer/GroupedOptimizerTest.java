// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.graph.KernelProgram;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Groups of parameters, each beside an optimizer of its own that sees nothing else. */
@ParameterizedClass
@MethodSource("io.github.arturo4j.kernels.device.Devices#list")
class GroupedOptimizerTest {
  private static final double RATE = ArturoRun.BOUND;

  /** A convolution, a normalisation, a convolution without a name of its own, and a linear layer. */
  private static final List<ParameterSlice> SLICES =
      List.of(
          new ParameterSlice("conv.weight", 0, List.of(4, 3, 3)),
          new ParameterSlice("conv.bias", 36, List.of(4)),
          new ParameterSlice("bn.weight", 40, List.of(4), true),
          new ParameterSlice("bn.bias", 44, List.of(4), true),
          new ParameterSlice("3.weight", 48, List.of(300, 7)),
          new ParameterSlice("head.weight", 2148, List.of(10, 5)),
          new ParameterSlice("head.bias", 2198, List.of(10)));

  private static final int N = 2208;

  private final Devices.Entry entry;

  GroupedOptimizerTest(Devices.Entry entry) {
    this.entry = entry;
  }

  private static float[] gradient(int step) {
    return ArturoRun.normal(ArturoRun.random(step), N, 1);
  }

  private static float[] initial() {
    return ArturoRun.normal(ArturoRun.random(77), N, 0.3);
  }

  /** An optimizer in a graph of its own. */
  private final class Run implements AutoCloseable {
    private final Optimizer optimizer;
    private final FloatArray parameters;
    private final FloatArray gradients;
    private final GraphPlan plan;
    private TornadoExecutionResult last;

    Run(Optimizer optimizer, float[] initial, List<ParameterSlice> slices) {
      this.optimizer = optimizer;
      parameters = FloatArray.fromArray(initial);
      gradients = new FloatArray(initial.length);
      Parameters trained = new Parameters(parameters, gradients, slices);
      KernelProgram program = new KernelProgram(entry.device());
      optimizer.addBefore(program.section("before").once(parameters), trained);
      KernelGraph graph = program.section("update").once(parameters).everyTime(gradients).result(parameters);
      optimizer.addTo(graph, trained);
      plan = program.plan();
    }

    void step(int step, float[] gradient, double rate) {
      for (int i = 0; i < gradient.length; i++) {
        gradients.set(i, gradient[i]);
      }
      optimizer.prepare(step, rate);
      plan.execute("before");
      last = plan.execute("update");
    }

    float[] parameters() {
      if (last != null) {
        last.transferToHost(parameters);
      }
      return parameters.toHeapArray();
    }

    @Override
    public void close() {
      plan.close();
    }
  }

  private static float[] some(float[] all, ParameterSlice... slices) {
    float[] some = new float[0];
    for (ParameterSlice slice : slices) {
      int at = some.length;
      some = Arrays.copyOf(some, at + slice.size());
      System.arraycopy(all, slice.offset(), some, at, slice.size());
    }
    return some;
  }

  /** The first override that matches a tensor has it; the rest is trained as without groups. */
  @ParameterizedTest
  @MethodSource("io.github.arturo4j.kernels.optimizer.OptimizerKind#all")
  void eachGroupIsTrainedAsIfThereWereNoOther(OptimizerKind kind) {
    OptimizerConfig config = kind.config();
    double slower = 0.25 * config.initialRate();
    List<GroupOverride> overrides =
        List.of(
            GroupOverride.frozen("head.*"),
            GroupOverride.of("biases", Map.of(config.rateName(), slower)),
            GroupOverride.of("regex:[a-z]+\\.weight", Map.of(config.rateName(), String.valueOf(4 * slower * 1.5))));
    ParameterSlice[] biases = {SLICES.get(1), SLICES.get(3)};
    ParameterSlice[] named = {SLICES.get(0), SLICES.get(2)};
    ParameterSlice[] rest = {SLICES.get(4)};
    Optimizer grouped = GroupOverride.optimizer(config, overrides, SLICES);
    try (Run run = new Run(grouped, initial(), SLICES);
        Run ofBiases = alone(overrides.get(1).configure(config), biases);
        Run ofNamed = alone(overrides.get(2).configure(config), named);
        Run ofRest = alone(config, rest)) {
      for (int step = 1; step <= 5; step++) {
        float[] gradient = gradient(step);
        run.step(step, gradient, RATE);
        ofBiases.step(step, some(gradient, biases), 0.25 * RATE);
        ofNamed.step(step, some(gradient, named), 1.5 * RATE);
        ofRest.step(step, some(gradient, rest), RATE);
      }
      float[] all = run.parameters();
      assertThat(some(all, biases)).isEqualTo(ofBiases.parameters());
      assertThat(some(all, named)).isEqualTo(ofNamed.parameters());
      assertThat(some(all, rest)).isEqualTo(ofRest.parameters());
      ParameterSlice[] head = {SLICES.get(5), SLICES.get(6)};
      assertThat(some(all, head)).isEqualTo(some(initial(), head));
      float[] precision = grouped.precision(run.last);
      if (precision.length > 0) {
        assertThat(some(precision, biases)).isEqualTo(ofBiases.optimizer.precision(ofBiases.last));
        assertThat(some(precision, head)).containsOnly(Float.MAX_VALUE);
      }
    }
  }

  private Run alone(OptimizerConfig config, ParameterSlice... slices) {
    List<ParameterSlice> own = new ArrayList<>();
    int offset = 0;
    for (ParameterSlice slice : slices) {
      own.add(new ParameterSlice(slice.name(), offset, slice.shape(), slice.norm()));
      offset += slice.size();
    }
    return new Run(config.create(), some(initial(), slices), own);
  }

  @ParameterizedTest
  @MethodSource("io.github.arturo4j.kernels.optimizer.OptimizerKind#all")
  void aRestoredOneGoesOnToTheBit(OptimizerKind kind) {
    List<GroupOverride> overrides =
        List.of(GroupOverride.of("norms", Map.of(kind.config().rateName(), 0.01)), GroupOverride.frozen("biases"));
    Optimizer whole = GroupOverride.optimizer(kind.config(), overrides, SLICES);
    Optimizer half = GroupOverride.optimizer(kind.config(), overrides, SLICES);
    Optimizer resumed = GroupOverride.optimizer(kind.config(), overrides, SLICES);
    try (Run one = new Run(whole, initial(), SLICES); Run two = new Run(half, initial(), SLICES)) {
      for (int step = 1; step <= 6; step++) {
        one.step(step, gradient(step), RATE);
        if (step <= 3) {
          two.step(step, gradient(step), RATE);
        }
      }
      Map<String, float[]> state = half.save(two.last);
      try (Run three = new Run(resumed, two.parameters(), SLICES)) {
        resumed.check(N, state);
        resumed.restore(state);
        for (int step = 4; step <= 6; step++) {
          three.step(step, gradient(step), RATE);
        }
        assertThat(three.parameters()).isEqualTo(one.parameters());
        Map<String, float[]> expected = whole.save(one.last);
        resumed.save(three.last).forEach((name, values) -> assertThat(values).as(name).isEqualTo(expected.get(name)));
      }
      Map<String, float[]> less = new LinkedHashMap<>(state);
      String array = less.keySet().iterator().next();
      less.remove(array);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> resumed.check(N, less))
          .withMessageStartingWith("group 'norms': the optimizer's state is [");
      less.put("biases/m", new float[3]);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> resumed.check(N, less))
          .withMessage("the optimizer's state has 'biases/m', of none of its groups: norms, rest");
    }
  }

  /** Random groups with random bounds: what a group's means move is within its own bound, and uses it where it can. */
  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "5", "6", "7", "8"})
  void theBoundOfEveryGroupIsMet(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ArturoHyperparameters config = ArturoRun.published(1.3, 0);
    double first = Math.pow(10, random.nextDouble(-4, 0));
    double second = Math.pow(10, random.nextDouble(-4, 0));
    List<GroupOverride> overrides =
        List.of(
            GroupOverride.of("biases", Map.of("klBound", first)),
            GroupOverride.of("conv.*", Map.of("klBound", second, "measurementNoise", random.nextDouble(0.5, 5))));
    Map<String, Double> bounds = Map.of("biases", first, "conv.*", second, "rest", config.initialRate());
    GroupedOptimizer grouped =
        (GroupedOptimizer) GroupOverride.optimizer(config, overrides, SLICES);
    try (Run run = new Run(grouped, initial(), SLICES)) {
      for (int step = 1; step <= 12; step++) {
        float[] gradient = gradient(step);
        for (int i = 0; i < N; i++) {
          gradient[i] *= (float) Math.pow(10, random.nextDouble(-2, 3));
        }
        run.step(step, gradient, config.initialRate());
        double sum = 0;
        for (Map.Entry<String, StepReport> report : grouped.reports(run.last).entrySet()) {
          double bound = bounds.get(report.getKey());
          double taken = report.getValue().klTaken();
          assertThat(taken).as("%s in step %d", report.getKey(), step).isLessThanOrEqualTo(1.01 * bound);
          if (report.getValue().eta() > 0) { // the bound is active
            assertThat(taken).as("%s in step %d", report.getKey(), step).isCloseTo(bound, within(0.01 * bound));
          }
          sum += taken;
        }
        assertThat(grouped.report(run.last).klTaken()).isEqualTo(sum);
      }
    }
  }

  @Test
  void theGradientsScaleIsThatOfAllGroups() {
    OptimizerConfig config = Optimizers.defaults("adam");
    List<GroupOverride> overrides = List.of(GroupOverride.of("biases", Map.of("learningRate", 0.1)));
    Optimizer scaled = GroupOverride.optimizer(config, overrides, SLICES);
    scaled.gradientScale(0.25);
    float[] gradient = gradient(1);
    float[] larger = gradient.clone();
    for (int i = 0; i < N; i++) {
      larger[i] *= 4;
    }
    try (Run one = new Run(GroupOverride.optimizer(config, overrides, SLICES), initial(), SLICES);
        Run two = new Run(scaled, initial(), SLICES)) {
      one.step(1, gradient, 0.01);
      two.step(1, larger, 0.01);
      assertThat(two.parameters()).isEqualTo(one.parameters());
    }
  }

  @Test
  void withoutOverridesItIsTheOptimizerItself() {
    OptimizerConfig config = Optimizers.defaults("lion");
    assertThat(GroupOverride.optimizer(config, List.of(), SLICES)).isNotInstanceOf(GroupedOptimizer.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nothing.*|learningRate|0.1|group 'nothing.*' has no parameters that no group before it has; there are: conv.weight,"
            + " conv.bias, bn.weight, bn.bias, 3.weight, head.weight, head.bias",
        "biases|klBound|0.1|group 'biases': sgd has no hyperparameter 'klBound'; there are: learningRate, momentum,"
            + " weightDecay",
        "biases|momentum|1.5|group 'biases': momentum is 1.5; it must be 0 or greater, and less than 1",
        "biases|momentum|much|group 'biases': momentum is 'much'; it must be a number",
      })
  void refusesInOneLine(String parameters, String name, String value, String message) {
    GroupOverride override = GroupOverride.of(parameters, Map.of(name, value));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GroupOverride.optimizer(Optimizers.defaults("sgd"), List.of(override), SLICES))
        .withMessage(message);
  }

  @Test
  void refusesGroupsThatSayNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GroupOverride.of("biases", Map.of()))
        .withMessage("group 'biases' is as all others; give it a value of its own, or freeze it");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GroupOverride("biases", true, Map.of("momentum", 0)))
        .withMessage("group 'biases' is frozen and has values [momentum]; give one or the other");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GroupOverride.frozen(" "))
        .withMessage(
            "a group's parameters are blank; they must be biases, norms, a name with * for any characters, or regex:…");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GroupOverride.frozen("regex:a("))
        .withMessageStartingWith("a group's parameters are 'regex:a(', which is no regular expression: Unclosed group");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> GroupOverride.optimizer(Optimizers.defaults("sgd"), List.of(GroupOverride.frozen("*")), SLICES))
        .withMessage("all parameters are frozen; there is nothing to train");
  }
}
