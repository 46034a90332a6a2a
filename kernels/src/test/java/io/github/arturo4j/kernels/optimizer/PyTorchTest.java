// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.graph.KernelGraph;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** SGD, Adam and the others compute what PyTorch's do, on every device and in every shape. */
@ParameterizedClass
@MethodSource("io.github.arturo4j.kernels.optimizer.Place#all")
class PyTorchTest {
  private static final double TOLERANCE = 1e-6;

  private final Place place;

  PyTorchTest(Place place) {
    this.place = place;
  }

  private enum Kind {
    SGD(SgdHyperparameters.builder().momentum(.875).weightDecay(.01).build()),
    ADAM(AdamHyperparameters.builder().beta2(.99).build()),
    ADAMW(AdamWHyperparameters.builder().beta2(.99).weightDecay(.1).build()),
    LION(Lion.Config.builder().weightDecay(.1).build()),
    RMSPROP(RmsProp.Config.builder().alpha(.9).momentum(.5).weightDecay(.01).build()),
    NADAM(NAdam.Config.builder().beta2(.99).weightDecay(.01).build());

    private final OptimizerConfig config;

    Kind(OptimizerConfig config) {
      this.config = config;
    }
  }

  /**
   * Numbers of PyTorch 1.13.0 on a CPU, from torch.optim.SGD(momentum=.875, weight_decay=.01),
   * Adam(betas=(.9, .99)) and AdamW(betas=(.9, .99), weight_decay=.1), and in double from
   * RMSprop(alpha=.9, momentum=.5, weight_decay=.01), NAdam(betas=(.9, .99), weight_decay=.01,
   * foreach=True), whose other path has a factor too many there, and Lion as its paper has it (betas=(.9, .99),
   * weight_decay=.1), with the initial values and gradients of {@link
   * #initial} and {@link #gradient}, which are exact in float; learning rate .05, from the sixth step on .005.
   *
   * @param n parameters
   * @param steps after how many steps
   * @param first parameter 0
   * @param middle parameter n / 2
   * @param last parameter n − 1
   * @param meanSize mean of the parameters' absolute values
   */
  private record Expected(
      Kind kind, int n, int steps, double first, double middle, double last, double meanSize) {}

  private static List<Expected> expected() {
    return List.of(
        new Expected(Kind.SGD, 1, 1, -0.71210939, -0.71210939, -0.71210939, 0.71210939),
        new Expected(Kind.SGD, 1, 9, 0.23588105, 0.23588105, 0.23588105, 0.23588105),
        new Expected(Kind.SGD, 4, 1, -0.71210939, 0.41543749, -0.61062503, 0.47475196),
        new Expected(Kind.SGD, 4, 9, 0.23588105, 0.61667854, -0.44420642, 0.39488577),
        new Expected(Kind.SGD, 13, 1, -0.71210939, -0.48414063, -0.11710937, 0.38513282),
        new Expected(Kind.SGD, 13, 9, 0.23588105, -0.66448438, -0.013322049, 0.40892132),
        new Expected(Kind.SGD, 207, 1, -0.71210939, 0.35918751, -0.0077890628, 0.39257179),
        new Expected(Kind.SGD, 207, 9, 0.23588105, 0.17305931, 0.095248438, 0.4793796),
        new Expected(Kind.SGD, 4098, 1, -0.71210939, 0.24208593, 0.64500779, 0.39539453),
        new Expected(Kind.SGD, 4098, 9, 0.23588105, 0.34340957, 0.65990978, 0.48979265),
        new Expected(Kind.ADAM, 1, 1, -0.73124999, -0.73124999, -0.73124999, 0.73124999),
        new Expected(Kind.ADAM, 1, 9, -0.51124996, -0.51124996, -0.51124996, 0.51124996),
        new Expected(Kind.ADAM, 4, 1, -0.73124999, 0.42500001, -0.57499999, 0.47109374),
        new Expected(Kind.ADAM, 4, 9, -0.51124996, 0.56985062, -0.49261057, 0.44022001),
        new Expected(Kind.ADAM, 13, 1, -0.73124999, -0.51875001, -0.10625, 0.38100961),
        new Expected(Kind.ADAM, 13, 9, -0.51124996, -0.60797507, -0.076071739, 0.35848519),
        new Expected(Kind.ADAM, 207, 1, -0.73124999, 0.32499999, 0.0031250007, 0.39308575),
        new Expected(Kind.ADAM, 207, 9, -0.51124996, 0.2357749, 0.033303253, 0.39773591),
        new Expected(Kind.ADAM, 4098, 1, -0.73124999, 0.25312501, 0.65937501, 0.3960682),
        new Expected(Kind.ADAM, 4098, 9, -0.51124996, 0.28330329, 0.66043186, 0.40974768),
        new Expected(Kind.ADAMW, 1, 1, -0.72734374, -0.72734374, -0.72734374, 0.72734374),
        new Expected(Kind.ADAMW, 1, 9, -0.49338752, -0.49338752, -0.49338752, 0.49338752),
        new Expected(Kind.ADAMW, 4, 1, -0.72734374, 0.42312503, -0.57187498, 0.46861328),
        new Expected(Kind.ADAMW, 4, 9, -0.49338752, 0.55711257, -0.47797507, 0.42780105),
        new Expected(Kind.ADAMW, 13, 1, -0.72734374, -0.51640624, -0.10546875, 0.37900841),
        new Expected(Kind.ADAMW, 13, 9, -0.49338752, -0.59335947, -0.073058791, 0.34849709),
        new Expected(Kind.ADAMW, 207, 1, -0.72734374, 0.323125, 0.0033593737, 0.39112395),
        new Expected(Kind.ADAMW, 207, 9, -0.49338752, 0.22786207, 0.033395849, 0.38748381),
        new Expected(Kind.ADAMW, 4098, 1, -0.72734374, 0.25210938, 0.65632814, 0.39410483),
        new Expected(Kind.ADAMW, 4098, 9, -0.49338752, 0.27672073, 0.64321458, 0.39925382),
        new Expected(Kind.LION, 1, 1, -0.72734375, -0.72734375, -0.72734375, 0.72734375),
        new Expected(Kind.LION, 1, 9, -0.49338758, -0.49338758, -0.49338758, 0.49338758),
        new Expected(Kind.LION, 4, 1, -0.72734375, 0.423125, -0.571875, 0.46861328),
        new Expected(Kind.LION, 4, 9, -0.49338758, 0.50222005, -0.47008916, 0.42844935),
        new Expected(Kind.LION, 13, 1, -0.72734375, -0.51640625, -0.10546875, 0.37900841),
        new Expected(Kind.LION, 13, 9, -0.49338758, -0.59445741, -0.093176034, 0.35643436),
        new Expected(Kind.LION, 207, 1, -0.72734375, 0.323125, 0.003359375, 0.39112394),
        new Expected(Kind.LION, 207, 9, -0.49338758, 0.22676423, 0.013278623, 0.38904472),
        new Expected(Kind.LION, 4098, 1, -0.72734375, 0.25210938, 0.65632813, 0.39410482),
        new Expected(Kind.LION, 4098, 9, -0.49338758, 0.25660355, 0.64201156, 0.3974777),
        new Expected(Kind.RMSPROP, 1, 1, -0.62313612, -0.62313612, -0.62313612, 0.62313612),
        new Expected(Kind.RMSPROP, 1, 9, 0.17138367, 0.17138367, 0.17138367, 0.17138367),
        new Expected(Kind.RMSPROP, 4, 1, -0.62313612, 0.53311388, -0.46688613, 0.41703681),
        new Expected(Kind.RMSPROP, 4, 9, 0.17138367, 0.80955495, -0.10966286, 0.33389218),
        new Expected(Kind.RMSPROP, 13, 1, -0.62313612, -0.62686387, 0.0018638766, 0.34721239),
        new Expected(Kind.RMSPROP, 13, 9, 0.17138367, -0.99417223, 0.11936989, 0.4365571),
        new Expected(Kind.RMSPROP, 207, 1, -0.62313612, 0.21688613, 0.11123888, 0.40005558),
        new Expected(Kind.RMSPROP, 207, 9, 0.17138367, -0.15458471, 0.22798964, 0.53393689),
        new Expected(Kind.RMSPROP, 4098, 1, -0.62313612, 0.36123888, 0.76748888, 0.40875631),
        new Expected(Kind.RMSPROP, 4098, 9, 0.17138367, 0.47626336, 0.78757813, 0.54599505),
        new Expected(Kind.NADAM, 1, 1, -0.72842741, -0.72842741, -0.72842741, 0.72842741),
        new Expected(Kind.NADAM, 1, 9, -0.56290033, -0.56290033, -0.56290033, 0.56290033),
        new Expected(Kind.NADAM, 4, 1, -0.72842741, 0.42782259, -0.57217741, 0.46968246),
        new Expected(Kind.NADAM, 4, 9, -0.56290033, 0.45698314, -0.51611204, 0.441218),
        new Expected(Kind.NADAM, 13, 1, -0.72842741, -0.52157259, -0.10342741, 0.379924),
        new Expected(Kind.NADAM, 13, 9, -0.56290033, -0.58060838, -0.095334778, 0.36013052),
        new Expected(Kind.NADAM, 207, 1, -0.72842741, 0.32217741, 0.0059475882, 0.39261629),
        new Expected(Kind.NADAM, 207, 9, -0.56290033, 0.26192278, 0.01383923, 0.3925837),
        new Expected(Kind.NADAM, 4098, 1, -0.72842741, 0.25594759, 0.66219759, 0.39575752),
        new Expected(Kind.NADAM, 4098, 9, -0.56290033, 0.26337958, 0.6427752, 0.40067571));
  }

  private static float[] initial(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (i * 37 % 101 - 50) / 64f;
    }
    return values;
  }

  private static float[] gradient(int n, int step) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (i * 53 % 97 * (step + 2) % 89 - 44) / 32f;
    }
    return values;
  }

  @ParameterizedTest
  @MethodSource("expected")
  void takesTheStepsOfPyTorch(Expected expected) {
    int n = expected.n;
    try (OptimizerPlan plan = new OptimizerPlan(expected.kind.config.create(place.shape()), initial(n), place.device())) {
      for (int step = 0; step < expected.steps; step++) {
        plan.step(gradient(n, step), step < 5 ? .05 : .005);
      }
      float[] parameters = plan.parameters();
      double sum = 0;
      for (float parameter : parameters) {
        sum += Math.abs(parameter);
      }
      assertThat((double) parameters[0]).isCloseTo(expected.first, within(TOLERANCE));
      assertThat((double) parameters[n / 2]).isCloseTo(expected.middle, within(TOLERANCE));
      assertThat((double) parameters[n - 1]).isCloseTo(expected.last, within(TOLERANCE));
      assertThat(sum / n).isCloseTo(expected.meanSize, within(TOLERANCE));
      assertThat(plan.precision()).isEmpty();
      assertThat(plan.report()).isEqualTo(StepReport.NONE);
    }
  }

  /** Adam's published β₂ for a ResNet is 1 as a float: what counts is 1 − β₂, taken in double. */
  @Test
  void aSecondMomentThatHardlyForgetsIsCorrectedForItsBias() {
    Adam adam = AdamHyperparameters.builder().beta1(0).beta2(0.9999999988329626).build().create(place.shape());
    try (OptimizerPlan plan = new OptimizerPlan(adam, new float[] {1}, place.device())) {
      for (int step = 1; step <= 10; step++) {
        plan.step(new float[] {2}, .1);
        assertThat((double) plan.parameters()[0]).isCloseTo(1 - .1 * step, within(1e-4));
      }
    }
  }

  @Test
  void aStepIsOneLaunch() {
    for (Kind kind : Kind.values()) {
      Optimizer optimizer = kind.config.create(place.shape());
      KernelGraph graph = new KernelGraph("optimizer", place.device());
      optimizer.addTo(graph, Parameters.of(new FloatArray(1000), new FloatArray(1000)));
      assertThat(graph.taskCount()).isEqualTo(1);
      assertThatIllegalStateException()
          .isThrownBy(() -> optimizer.addTo(graph, Parameters.of(new FloatArray(1), new FloatArray(1))))
          .withMessageContaining("make one for each graph");
    }
  }

  @Test
  void whatIsOutOfRangeIsNamed() {
    refused("momentum is 1.0; it must be 0 or greater, and less than 1", SgdHyperparameters.builder().momentum(1)::build);
    refused("momentum is NaN", SgdHyperparameters.builder().momentum(Double.NaN)::build);
    refused("weightDecay is -0.1; it must be 0 or greater", SgdHyperparameters.builder().weightDecay(-.1)::build);
    refused("learningRate is 0.0; it must be positive", SgdHyperparameters.builder().learningRate(0)::build);
    refused("beta1 is -0.5", AdamHyperparameters.builder().beta1(-.5)::build);
    refused("beta2 is 1.0", AdamHyperparameters.builder().beta2(1)::build);
    refused("eps is 0.0; it must be positive", AdamHyperparameters.builder().eps(0)::build);
    refused("eps is 1.0E-50; it must be at least", AdamHyperparameters.builder().eps(1e-50)::build);
    refused("weightDecay is Infinity", AdamWHyperparameters.builder().weightDecay(Double.POSITIVE_INFINITY)::build);
    refused("learningRate times weightDecay is 2.0", AdamWHyperparameters.builder().learningRate(1).weightDecay(2)::build);
    for (Kind kind : Kind.values()) {
      for (double rate : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
        refused("the learning rate is " + rate + "; it must be positive", () -> kind.config.create(place.shape()).prepare(1, rate));
      }
    }
  }

  private static void refused(String message, Runnable body) {
    assertThatIllegalArgumentException().isThrownBy(body::run).withMessageStartingWith(message);
  }
}
