// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.ReLU;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.plan.TrainingPlan;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Whether steps that are recorded as CUDA graphs and replayed come to the same bits as plain ones, in a training of a moment. */
public final class ReplayCheck {
  private static final String EXPERIMENT = "fmnist_cnn";
  private static final int EXAMPLES = 24;
  private static final int BATCH = 8;
  private static final int INPUTS = 5;
  private static final int CLASSES = 3;
  private static final int HIDDEN = 7;
  private static final int STEPS = 6;

  private ReplayCheck() {}

  /**
   * The check of a device that has CUDA graphs.
   *
   * @param traits what its kernels are chosen for
   * @return why they are not to be used, in words; nothing if they are right
   */
  public static Optional<String> run(TornadoDevice device, DeviceTraits traits) {
    return run(device, traits, TrainingPlan::replayAsCudaGraph);
  }

  /** The same with something else that may change how a plan executes. */
  static Optional<String> run(TornadoDevice device, DeviceTraits traits, Consumer<TrainingPlan> replaying) {
    float[] plain = train(device, traits, _ -> {});
    float[] replayed;
    try {
      replayed = train(device, traits, replaying);
    } catch (RuntimeException | LinkageError e) {
      return Optional.of("they do not run: " + e.getMessage());
    }
    return Arrays.equals(plain, replayed) ? Optional.empty() : Optional.of("a replayed step does not compute what a plain one does");
  }

  /** The weights after some steps, each on other examples and with another bound. */
  private static float[] train(TornadoDevice device, DeviceTraits traits, Consumer<TrainingPlan> prepared) {
    Network network = new Network("replay", new Shape(INPUTS), List.of(new Linear(HIDDEN), new ReLU(), new Linear(CLASSES)));
    Optimizer optimizer = Experiments.find(EXPERIMENT).optimizer(network);
    try (TrainingPlan plan =
        TrainingPlan.builder(network, optimizer, examples(), device)
            .traits(traits)
            .batchSize(BATCH)
            .seed(1)
            .build()) {
      prepared.accept(plan);
      int[] order = IntStream.range(0, EXAMPLES).toArray();
      for (int step = 0; step < STEPS; step++) {
        plan.step(order, step * BATCH % EXAMPLES, BATCH, 1e-3 * (1 + step));
      }
      return plan.parameters();
    }
  }

  private static Examples examples() {
    SplittableRandom random = new SplittableRandom(1);
    float[][] features = new float[EXAMPLES][INPUTS];
    int[] labels = new int[EXAMPLES];
    for (int i = 0; i < EXAMPLES; i++) {
      for (int j = 0; j < INPUTS; j++) {
        features[i][j] = (float) random.nextGaussian();
      }
      labels[i] = i % CLASSES;
    }
    return Examples.of(features, labels);
  }
}
