// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.train.TrainingLoop;
import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.optimizer.arturo.Arturo;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.layer.ParameterSpec;
import io.github.arturo4j.models.plan.Evaluation;
import io.github.arturo4j.models.plan.EvaluationPlan;
import io.github.arturo4j.models.plan.Objective;
import io.github.arturo4j.models.plan.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * A step and an evaluation of a whole network at the sizes of a training, beside recorded numbers. The kernels' own
 * checks are smaller, so that they do not show a launch that the device refuses for its size: TornadoVM prints such a
 * refusal, and goes on.
 */
final class NetworkCheck {
  static final String EXPERIMENT = "fmnist_cnn";

  private static final double KL_BOUND = 0.08;

  /** The robust solver keeps the KL within 1% of the bound, and η and the step depend on where. */
  private static final double STEP_TOLERANCE = 1e-2;

  /** New weights' logits are nearly 0, and the loss nearly that of guessing: it has to be looked at closely. */
  private static final double LOSS_TOLERANCE = 1e-5;

  private static final double EVALUATION_TOLERANCE = 1e-3;

  /**
   * Measured on the JVM device in both kernel shapes, which agree on all digits given; a test measures them anew, and
   * its failure prints what it measured.
   */
  static final List<Value> RECORDED =
      List.of(
          new Value("loss of the step", 2.301741, 2.3e-05),
          new Value("η", 0.3220620, 0.0032),
          new Value("KL", 0.08000006, 0.00080),
          new Value("change of 0.weight", 0.01037441, 0.00010),
          new Value("change of 0.weight along sin", -0.0009778311, 0.00010),
          new Value("change of 0.bias", 0.003326000, 3.3e-05),
          new Value("change of 0.bias along sin", 0.003601978, 3.3e-05),
          new Value("change of 4.weight", 0.01428019, 0.00014),
          new Value("change of 4.weight along sin", -0.008257381, 0.00014),
          new Value("change of 4.bias", 0.0008589328, 8.6e-06),
          new Value("change of 4.bias along sin", 0.001137682, 8.6e-06),
          new Value("change of 8.weight", 0.02030041, 0.00020),
          new Value("change of 8.weight along sin", -0.006359896, 0.00020),
          new Value("change of 8.bias", 0.0009103873, 9.1e-06),
          new Value("change of 8.bias along sin", -0.001488158, 9.1e-06),
          new Value("change of 12.weight", 0.02875539, 0.00029),
          new Value("change of 12.weight along sin", -0.02102781, 0.00029),
          new Value("change of 12.bias", 0.001208600, 1.2e-05),
          new Value("change of 12.bias along sin", -0.001680417, 1.2e-05),
          new Value("change of 15.weight", 0.005929503, 5.9e-05),
          new Value("change of 15.weight along sin", 0.0002422465, 5.9e-05),
          new Value("change of 15.bias", 0.0005838299, 5.8e-06),
          new Value("change of 15.bias along sin", 4.287152e-05, 5.8e-06),
          new Value("loss of the evaluation", 8.432035, 0.0084),
          new Value("accuracy of the evaluation", 0.07200000, 0.0040));

  private NetworkCheck() {}

  /**
   * A number and what it is.
   *
   * @param tolerance greatest difference from the recorded one
   */
  record Value(String name, double value, double tolerance) {
    private static Value relative(String name, double value, double tolerance) {
      return new Value(name, value, tolerance * Math.abs(value));
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "new Value(\"%s\", %.7g, %.2g)", name, value, tolerance);
    }
  }

  /**
   * The check of a device; a line for each fault.
   *
   * @param traits what its kernels are chosen for
   */
  static List<String> run(TornadoDevice device, DeviceTraits traits) {
    return differences(measure(device, traits.shape(), traits), RECORDED);
  }

  /** A line for each value that is not within the expected one's tolerance. */
  static List<String> differences(List<Value> measured, List<Value> expected) {
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      Value value = expected.get(i);
      double actual = measured.get(i).value;
      if (!(Math.abs(actual - value.value) <= value.tolerance)) {
        faults.add(
            String.format(
                Locale.ROOT, "%s is %.6g, expected %.6g ± %.2g", value.name, actual, value.value, value.tolerance));
      }
    }
    return faults;
  }

  /** What a step and an evaluation give there, with the optimizer in that shape. */
  static List<Value> measure(TornadoDevice device, KernelShape shape) {
    return measure(device, shape, DeviceTraits.of(device));
  }

  private static List<Value> measure(TornadoDevice device, KernelShape shape, DeviceTraits traits) {
    Experiment experiment = Experiments.find(EXPERIMENT);
    Network network = experiment.network();
    ImageSet images = images(TrainingLoop.EVALUATION_BATCH, network.outputs());
    int[] order = IntStream.range(0, images.count()).toArray();
    float[] before = network.initialParameters(experiment.seed());
    Arturo arturo = new Arturo(Trace.carried("quad7_fmnist", "f32").arturo(Mode.ROBUST), shape);
    List<Value> values = new ArrayList<>();
    try (TrainingPlan plan =
            TrainingPlan.builder(network, arturo, images, device)
                .traits(traits)
                .initial(before)
                .batchSize(experiment.batchSize())
                .seed(experiment.seed())
                .build();
        EvaluationPlan evaluation =
            new EvaluationPlan(
                network, images, Preprocessing.NONE, Objective.DEFAULT, TrainingLoop.EVALUATION_BATCH, device, traits)) {
      plan.step(order, 0, experiment.batchSize(), KL_BOUND);
      values.add(Value.relative("loss of the step", plan.metrics().loss(), LOSS_TOLERANCE));
      values.add(Value.relative("η", plan.report().eta(), STEP_TOLERANCE));
      values.add(Value.relative("KL", plan.report().klTaken(), STEP_TOLERANCE));
      float[] after = plan.parameters();
      network.parameters().forEach(spec -> addChange(values, spec, before, after));
      Evaluation evaluated = evaluation.evaluate(tripled(before));
      values.add(Value.relative("loss of the evaluation", evaluated.loss(), EVALUATION_TOLERANCE));
      values.add(new Value("accuracy of the evaluation", evaluated.metric("accuracy"), EVALUATION_TOLERANCE * 4));
    }
    return values;
  }

  /** Weights whose logits are not nearly 0. */
  private static float[] tripled(float[] weights) {
    float[] tripled = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      tripled[i] = 3 * weights[i];
    }
    return tripled;
  }

  /** The length of a tensor's change, and how far it goes in a fixed direction. */
  private static void addChange(List<Value> values, ParameterSpec spec, float[] before, float[] after) {
    double squares = 0;
    double along = 0;
    for (int i = spec.offset(); i < spec.offset() + spec.size(); i++) {
      double change = (double) after[i] - before[i];
      squares += change * change;
      along += change * Math.sin(i);
    }
    double length = Math.sqrt(squares);
    values.add(Value.relative("change of " + spec.name(), length, STEP_TOLERANCE));
    values.add(new Value("change of " + spec.name() + " along sin", along, STEP_TOLERANCE * length));
  }

  /** Waves whose direction is the class, moved from image to image; whole numbers, so that they are alike anywhere. */
  private static ImageSet images(int count, int classes) {
    int side = 28;
    byte[] pixels = new byte[count * side * side];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      int label = i % classes;
      labels[i] = (byte) label;
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          int phase = (x * (label + 1) + y * (classes - label) + 3 * i) % 64;
          pixels[(i * side + y) * side + x] = (byte) (8 * Math.min(phase, 63 - phase));
        }
      }
    }
    return new ImageSet(pixels, labels, count, 1, side, side, classes);
  }
}
