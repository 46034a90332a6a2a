// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.OptimizerPlan;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.layer.Conv2d;
import io.github.arturo4j.models.layer.Flatten;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.MaxPool2d;
import io.github.arturo4j.models.layer.ParameterSpec;
import io.github.arturo4j.models.layer.ReLU;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.plan.EvaluationPlan;
import io.github.arturo4j.models.plan.TrainingPlan;
import java.util.List;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Something to minimise, from a start that is the same for every optimizer. */
enum TestProblem {
  /** ½ Σ hᵢ(xᵢ − cᵢ)² with curvatures hᵢ = 10^(−1 + 0.1i), and cᵢ = i mod 3 − 1, from x = 0. */
  QUADRATIC(600, 0.02) {
    @Override
    Run start(Optimizer optimizer, TornadoDevice device) {
      return new FunctionRun(new OptimizerPlan(optimizer, new float[21], device)) {
        @Override
        double minimum(int i) {
          return i % 3 - 1;
        }

        @Override
        public double value() {
          float[] x = parameters();
          return IntStream.range(0, x.length)
              .mapToDouble(i -> curvature(i) * Math.pow(x[i] - minimum(i), 2) / 2)
              .sum();
        }

        @Override
        float[] gradient(float[] x) {
          float[] g = new float[x.length];
          for (int i = 0; i < x.length; i++) {
            g[i] = (float) (curvature(i) * (x[i] - minimum(i)));
          }
          return g;
        }
      };
    }
  },

  /** (1 − x)² + 100(y − x²)² from (0, 0); Rosenbrock 1960. */
  ROSENBROCK(600, 0.15) {
    @Override
    Run start(Optimizer optimizer, TornadoDevice device) {
      return rosenbrock(optimizer, device, 0, 0);
    }
  },

  /** A network of 703 parameters that learns 96 images in three classes, 16 at a time. */
  NETWORK(150, 5e-4) {
    @Override
    Run start(Optimizer optimizer, TornadoDevice device) {
      return new NetworkRun(optimizer, device);
    }
  };

  /** For the last third of them the rate is a tenth. */
  final int steps;

  /** What may be {@link Run#left} after them. */
  final double maxLeft;

  TestProblem(int steps, double maxLeft) {
    this.steps = steps;
    this.maxLeft = maxLeft;
  }

  abstract Run start(Optimizer optimizer, TornadoDevice device);

  private static double curvature(int i) {
    return (float) Math.pow(10, -1 + 0.1 * i);
  }

  /** {@link #ROSENBROCK} from another place. */
  static Run rosenbrock(Optimizer optimizer, TornadoDevice device, float x, float y) {
    return new FunctionRun(new OptimizerPlan(optimizer, new float[] {x, y}, device)) {
      @Override
      double minimum(int i) {
        return 1;
      }

      @Override
      public double value() {
        float[] p = parameters();
        return Math.pow(1 - p[0], 2) + 100 * Math.pow(ridge(p), 2);
      }

      @Override
      float[] gradient(float[] p) {
        return new float[] {(float) (-2 * (1 - p[0]) - 400 * p[0] * ridge(p)), (float) (200 * ridge(p))};
      }

      private static double ridge(float... p) {
        return p[1] - (double) p[0] * p[0];
      }
    };
  }

  /** An optimizer at work. */
  interface Run extends AutoCloseable {
    void step(double rate);

    float[] parameters();

    /** What is minimised, at the present parameters. */
    double value();

    /** Distance to the minimum; of the network, which has no one minimum, the value. */
    double left();

    @Override
    void close();
  }

  private abstract static class FunctionRun implements Run {
    private final OptimizerPlan plan;

    FunctionRun(OptimizerPlan plan) {
      this.plan = plan;
    }

    abstract double minimum(int parameter);

    abstract float[] gradient(float[] parameters);

    @Override
    public double left() {
      float[] x = parameters();
      return Math.sqrt(IntStream.range(0, x.length).mapToDouble(i -> Math.pow(x[i] - minimum(i), 2)).sum());
    }

    @Override
    public void step(double rate) {
      plan.step(gradient(plan.parameters()), rate);
    }

    @Override
    public float[] parameters() {
      return plan.parameters();
    }

    @Override
    public void close() {
      plan.close();
    }
  }

  private static final class NetworkRun implements Run {
    private static final int IMAGES = 96;
    private static final int BATCH = 16;
    private static final Shape SHAPE = new Shape(1, 8, 7);
    private static final Network NETWORK =
        new Network(
            "small",
            SHAPE,
            List.of(
                new Conv2d(6, 3, 0), new ReLU(), new MaxPool2d(), new Flatten(), new Linear(16), new ReLU(),
                new Linear(3)));

    private final int[] order = IntStream.range(0, IMAGES).toArray();
    private final TrainingPlan plan;
    private final EvaluationPlan evaluation;
    private int step;

    NetworkRun(Optimizer optimizer, TornadoDevice device) {
      ImageSet images = images();
      plan = TrainingPlan.builder(NETWORK, optimizer, images, device)
          .initial(initial())
          .batchSize(BATCH)
          .seed(11)
          .build();
      evaluation = new EvaluationPlan(NETWORK, images, 40, device);
    }

    private static float[] initial() {
      float[] parameters = new float[NETWORK.parameterCount()];
      for (int t = 0; t < NETWORK.parameters().size(); t++) {
        ParameterSpec spec = NETWORK.parameters().get(t);
        for (int i = 0; i < spec.size(); i++) {
          parameters[spec.offset() + i] = (float) (0.25 * Hash.uniform(t, i));
        }
      }
      return parameters;
    }

    /** Noise, and a bright bar of rows whose place is the class. */
    private static ImageSet images() {
      byte[] pixels = new byte[IMAGES * SHAPE.size()];
      byte[] labels = new byte[IMAGES];
      for (int i = 0; i < pixels.length; i++) {
        int image = i / SHAPE.size();
        int row = i % SHAPE.size() / SHAPE.width();
        labels[image] = (byte) (image % 3);
        pixels[i] = (byte) ((Hash.bits(2000, i) >>> 25) + (row * 3 / SHAPE.height() == image % 3 ? 120 : 0));
      }
      return new ImageSet(pixels, labels, IMAGES, SHAPE.channels(), SHAPE.height(), SHAPE.width(), 3);
    }

    @Override
    public void step(double rate) {
      plan.step(order, step++ * BATCH % IMAGES, BATCH, rate);
    }

    @Override
    public float[] parameters() {
      return plan.parameters();
    }

    @Override
    public double value() {
      return evaluation.evaluate(plan.parameters()).loss();
    }

    @Override
    public double left() {
      return value();
    }

    @Override
    public void close() {
      evaluation.close();
      plan.close();
    }
  }
}
