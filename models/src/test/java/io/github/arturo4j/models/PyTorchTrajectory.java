// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import static io.github.arturo4j.models.TestOptimizer.ADAM;
import static io.github.arturo4j.models.TestOptimizer.ADAMW;
import static io.github.arturo4j.models.TestOptimizer.SGD;
import static io.github.arturo4j.models.TestProblem.NETWORK;
import static io.github.arturo4j.models.TestProblem.QUADRATIC;
import static io.github.arturo4j.models.TestProblem.ROSENBROCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;

/**
 * Where PyTorch's optimizers are on the way. From PyTorch 1.13.0 on a CPU in double, with {@code opt} one of
 *
 * <pre>{@code
 * SGD(ps, momentum=.9, weight_decay=1e-3)
 * Adam(ps, betas=(.9, .99))
 * AdamW(ps, betas=(.9, .99), weight_decay=1e-2)
 * }</pre>
 *
 * <p>and parameters {@code ps}, {@code rate} and {@code steps} as in {@link TestOptimizer} and {@link TestProblem}:
 *
 * <pre>{@code
 * for s in range(steps):
 *   opt.param_groups[0]['lr'] = rate if s < 2 * steps // 3 else rate / 10
 *   opt.zero_grad(); loss(s).backward(); opt.step()
 * }</pre>
 *
 * <p>{@code loss(s)} being the function, or of the network {@code cross_entropy(linear(relu(linear(flatten(max_pool2d(
 * relu(conv2d(x, *ps[:2])), 2), 1), *ps[2:4])), *ps[4:]), y)} of the images 16(s mod 6) to 16(s mod 6) + 15. In float
 * PyTorch is up to 3·10⁻⁶ off in a parameter.
 */
final class PyTorchTrajectory {
  private static final double PARAMETERS = 1e-5;
  private static final double VALUES = 5e-7; // absolute, and 1e-5 of the value

  /**
   * The n parameters after some steps.
   *
   * @param first parameter 0
   * @param inner parameter n / 4
   * @param last parameter n − 1
   * @param norm of all
   * @param value of the function; of the network, the mean loss of all images
   */
  private record Point(
      TestOptimizer optimizer, TestProblem problem, int step, double first, double inner, double last, double norm,
      double value) {
    private void check(TestProblem.Run run) {
      float[] parameters = run.parameters();
      int n = parameters.length;
      double squares = 0;
      for (float parameter : parameters) {
        squares += (double) parameter * parameter;
      }
      close("first", parameters[0], first, PARAMETERS);
      close("inner", parameters[n / 4], inner, PARAMETERS);
      close("last", parameters[n - 1], last, PARAMETERS);
      close("norm", Math.sqrt(squares), norm, PARAMETERS * (1 + norm));
      close("value", run.value(), value, VALUES + PARAMETERS * value);
    }

    private void close(String what, double actual, double expected, double tolerance) {
      assertThat(actual).as("%s after step %d", what, step).isCloseTo(expected, within(tolerance));
    }
  }

  private static final List<Point> POINTS =
      List.of(
          new Point(SGD, QUADRATIC, 100, -0.891993614, 0.991824272, 1.0027615, 3.70828781, 0.000782767471),
          new Point(SGD, QUADRATIC, 300, -0.989676877, 0.996847564, 0.999899872, 3.73294047, 1.64608469e-05),
          new Point(SGD, QUADRATIC, 600, -0.990080811, 0.996847691, 0.99990001, 3.73304758, 1.60519915e-05),
          new Point(ADAM, QUADRATIC, 100, -1.00092339, 1.00092338, 1.00092338, 3.74511236, 1.38283576e-05),
          new Point(ADAM, QUADRATIC, 300, -1.0000002, 1.0000002, 1.0000002, 3.74165813, 6.47019059e-13),
          new Point(ADAM, QUADRATIC, 600, -1, 1, 1, 3.74165739, 1.68136159e-26),
          new Point(ADAMW, QUADRATIC, 100, -0.998759727, 0.998759718, 0.998759715, 3.73701667, 2.49490746e-05),
          new Point(ADAMW, QUADRATIC, 300, -0.999377842, 0.999377843, 0.999377843, 3.73932949, 6.27784957e-06),
          new Point(ADAMW, QUADRATIC, 600, -0.999864079, 0.999864079, 0.99986408, 3.74114882, 2.9962625e-07),
          new Point(SGD, ROSENBROCK, 100, 0.690803055, 0.690803055, 0.475721567, 0.838760914, 0.095823955),
          new Point(SGD, ROSENBROCK, 300, 0.90255947, 0.90255947, 0.814200771, 1.21553959, 0.00951169943),
          new Point(SGD, ROSENBROCK, 600, 0.944081235, 0.944081235, 0.891058948, 1.29818158, 0.00313221808),
          new Point(ADAM, ROSENBROCK, 100, 0.450352205, 0.450352205, 0.202266356, 0.493688958, 0.302143031),
          new Point(ADAM, ROSENBROCK, 300, 0.920750182, 0.920750182, 0.847638088, 1.25150758, 0.0062825731),
          new Point(ADAM, ROSENBROCK, 600, 0.993696915, 0.993696915, 0.987421839, 1.40086953, 3.97426151e-05),
          new Point(ADAMW, ROSENBROCK, 100, 0.449341817, 0.449341817, 0.20136016, 0.492396164, 0.303254455),
          new Point(ADAMW, ROSENBROCK, 300, 0.917513482, 0.917513482, 0.841685433, 1.24509653, 0.00680614431),
          new Point(ADAMW, ROSENBROCK, 600, 0.991773779, 0.991773779, 0.983600493, 1.3968125, 6.76924292e-05),
          new Point(SGD, NETWORK, 25, -0.224365603, 0.0937941536, -0.0336530612, 3.91993561, 0.990663601),
          new Point(SGD, NETWORK, 75, -0.177665756, 0.0921814862, -0.139682425, 6.27773149, 5.80390491e-05),
          new Point(SGD, NETWORK, 150, -0.173086213, 0.0908069251, -0.140384549, 6.23329575, 4.53677111e-05),
          new Point(ADAM, NETWORK, 25, -0.308739525, 0.248022016, -0.0798688944, 4.94967672, 0.327758676),
          new Point(ADAM, NETWORK, 75, -0.116212904, 0.466879896, -0.206504126, 7.02132175, 0.000234162891),
          new Point(ADAM, NETWORK, 150, -0.11058324, 0.47139757, -0.208151486, 7.07752736, 0.000171081987),
          new Point(ADAMW, NETWORK, 25, -0.308298536, 0.247209355, -0.0796460649, 4.94034757, 0.32963225),
          new Point(ADAMW, NETWORK, 75, -0.115198086, 0.463860875, -0.206115328, 6.98594867, 0.000257579701),
          new Point(ADAMW, NETWORK, 150, -0.108878883, 0.467064985, -0.20721667, 7.02419883, 0.000199412777));

  private PyTorchTrajectory() {}

  /** Checks that a run is where PyTorch's is, if that is known for its step; how many points are: 0 or 1. */
  static int check(TestOptimizer optimizer, TestProblem problem, int step, TestProblem.Run run) {
    for (Point point : POINTS) {
      if (point.optimizer == optimizer && point.problem == problem && point.step == step) {
        point.check(run);
        return 1;
      }
    }
    return 0;
  }
}
