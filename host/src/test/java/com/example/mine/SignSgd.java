// SPDX-License-Identifier: Apache-2.0
package com.example.mine;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.optimizer.ElementwiseOptimizer;
import io.github.arturo4j.kernels.optimizer.Hyperparameter;
import io.github.arturo4j.kernels.optimizer.Hyperparameters;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.kernels.optimizer.Parameters;
import io.github.arturo4j.kernels.optimizer.Range;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** An optimizer of somebody else's: a step of the learning rate against the sign of each gradient. */
public final class SignSgd extends ElementwiseOptimizer {
  private static final int RATE = 1;

  /** Its values. */
  public record Config(
      @Hyperparameter(value = "learning rate before the schedule", range = Range.POSITIVE) double learningRate)
      implements OptimizerConfig {
    /** Checks the range. */
    public Config {
      Hyperparameters.check(Config.class, learningRate);
    }

    /** The default. */
    public Config() {
      this(0.001);
    }

    @Override
    public String name() {
      return "signsgd";
    }

    @Override
    public SignSgd create(KernelShape shape) {
      return new SignSgd(shape);
    }
  }

  SignSgd(KernelShape shape) {
    super("signsgd", shape, 2);
  }

  @Override
  public void prepare(long step, double learningRate) {
    control(RATE, learningRate);
  }

  @Override
  protected Cost cost(int n) {
    return Cost.elements(n, 3, 2, 1);
  }

  @Override
  protected void addLoop(TaskGraphInterface graph, String task, Parameters p, FloatArray[] state) {
    graph.task(task, SignSgd::update, control(), p.values(), p.gradients());
  }

  public static void update(FloatArray control, FloatArray parameters, FloatArray gradients) {
    for (@Parallel int i = 0; i < parameters.getSize(); i++) {
      float g = control.get(Optimizer.GRADIENT_SCALE) * gradients.get(i);
      parameters.set(i, parameters.get(i) - control.get(RATE) * TornadoMath.signum(g));
    }
  }
}
