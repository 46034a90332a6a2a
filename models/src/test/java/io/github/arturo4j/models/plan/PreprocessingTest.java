// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.optimizer.Sgd;
import io.github.arturo4j.kernels.optimizer.SgdHyperparameters;
import io.github.arturo4j.kernels.reference.BatchGatherReference;
import io.github.arturo4j.kernels.reference.LossReference;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.ReferenceNetwork;
import io.github.arturo4j.models.TestImages;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.Augmentation;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.data.Normalization;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.layer.Conv2d;
import io.github.arturo4j.models.layer.Flatten;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.ReLU;
import io.github.arturo4j.models.layer.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

@ParameterizedClass
@MethodSource("io.github.arturo4j.kernels.device.Devices#list")
class PreprocessingTest {
  private static final Augmentation AUGMENTATION = new Augmentation(2, Augmentation.Mode.reflect, true);
  private static final Normalization NORMALIZATION = new Normalization(List.of(.5, .4, .3), List.of(.25, .2, .1));

  private final TornadoDevice device;
  private final Shape shape = new Shape(3, 6, 5);
  private final ImageSet images = TestImages.bars(12, shape, 3, 1);
  private final Network network =
      new Network(
          "small",
          shape,
          List.of(
              new Conv2d(4, 3, 0), new ReLU(), new Flatten(), new Linear(3)));
  private final float[] parameters = network.initialParameters(3);
  private final Weights weights = new Weights(parameters, new float[0]);

  PreprocessingTest(Devices.Entry entry) {
    device = entry.device();
  }

  private double evaluatedLoss(Preprocessing preprocessing) {
    try (EvaluationPlan plan = new EvaluationPlan(network, images, preprocessing, Objective.DEFAULT, 5, device)) {
      return plan.evaluate(parameters).loss();
    }
  }

  private float[] gradients(Preprocessing preprocessing, long seed, int steps) {
    Sgd sgd = new Sgd(SgdHyperparameters.builder().momentum(0).build());
    try (TrainingPlan plan = TrainingPlan.builder(network, sgd, images, device)
        .preprocessing(preprocessing)
        .initial(weights)
        .batchSize(12)
        .seed(seed)
        .build()) {
      for (int step = 0; step < steps; step++) {
        plan.step(IntStream.range(0, 12).toArray(), 0, 12, 1e-30); // too small to change a parameter
      }
      return plan.gradients();
    }
  }

  @Test
  void imagesAreNormalisedChannelByChannel() {
    ReferenceNetwork reference = ReferenceNetwork.evaluating(network);
    double[] values = new double[parameters.length];
    Arrays.setAll(values, i -> parameters[i]);
    double expected = 0;
    for (int n = 0; n < images.count(); n++) {
      double[] image = BatchGatherReference.gather(images.pixels(), new int[] {n}, 1, shape.size());
      for (int i = 0; i < image.length; i++) {
        int channel = i / 30;
        image[i] = (image[i] - NORMALIZATION.mean().get(channel)) / NORMALIZATION.std().get(channel);
      }
      expected += LossReference.crossEntropy(reference.logits(values, image, 1), images.labels()[n]).loss();
    }
    assertThat(evaluatedLoss(new Preprocessing(null, NORMALIZATION)))
        .isCloseTo(expected / images.count(), within(1e-5));
  }

  @Test
  void anEvaluationIsNotRandom() {
    assertThat(evaluatedLoss(new Preprocessing(AUGMENTATION, NORMALIZATION)))
        .isEqualTo(evaluatedLoss(new Preprocessing(null, NORMALIZATION)))
        .isNotEqualTo(evaluatedLoss(Preprocessing.NONE));
    assertThat(evaluatedLoss(new Preprocessing(AUGMENTATION, null))).isEqualTo(evaluatedLoss(Preprocessing.NONE));
  }

  @Test
  void aTrainingIsAugmentedAsItsSeedAndStepSay() {
    Preprocessing augmented = new Preprocessing(AUGMENTATION, NORMALIZATION);
    float[] first = gradients(augmented, 1, 1);
    assertThat(first)
        .isEqualTo(gradients(augmented, 1, 1))
        .isNotEqualTo(gradients(augmented, 2, 1))
        .isNotEqualTo(gradients(augmented, 1, 2))
        .isNotEqualTo(gradients(new Preprocessing(null, NORMALIZATION), 1, 1));
    Preprocessing nothingRandom = new Preprocessing(new Augmentation(0, Augmentation.Mode.zero, false), NORMALIZATION);
    assertThat(gradients(nothingRandom, 1, 1)).isEqualTo(gradients(new Preprocessing(null, NORMALIZATION), 1, 2));
  }

  @Test
  void refusesWhatDoesNotFit() {
    refused("augmentation.padding is 64; it must be between 0 and 63",
        () -> new Augmentation(64, Augmentation.Mode.zero, true));
    refused("augmentation.padding is -1;", () -> new Augmentation(-1, Augmentation.Mode.zero, true));
    refused("augmentation.mode is missing", () -> new Augmentation(1, null, true));
    refused("normalization.mean is [];", () -> new Normalization(List.of(), List.of()));
    refused("normalization.mean is null;", () -> new Normalization(null, List.of(1.0)));
    refused("normalization.mean is [null];", () -> new Normalization(Arrays.asList((Double) null), List.of(1.0)));
    refused("normalization.std is [1.0];", () -> new Normalization(List.of(0.0, 0.0), List.of(1.0)));
    refused("normalization.std is [0.0];", () -> new Normalization(List.of(0.0), List.of(0.0)));
    refused("normalization.std is [NaN];", () -> new Normalization(List.of(0.0), List.of(Double.NaN)));
    refused("augmentation.padding is 5; it must be less than height and width of the images, 3×6×5",
        () -> trainWith(new Augmentation(5, Augmentation.Mode.zero, true), null));
    refused("normalization.mean is [0.0]; it must have a number for each channel of the images, 3×6×5",
        () -> trainWith(null, new Normalization(List.of(0.0), List.of(1.0))));
  }

  private void trainWith(Augmentation augmentation, Normalization normalization) {
    Preprocessing preprocessing = new Preprocessing(augmentation, normalization);
    Sgd sgd = new Sgd(SgdHyperparameters.builder().momentum(0).build());
    TrainingPlan.builder(network, sgd, images, device)
        .preprocessing(preprocessing)
        .initial(weights)
        .batchSize(12)
        .seed(1)
        .build()
        .close();
  }

  private static void refused(String beginning, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessageStartingWith(beginning);
  }
}
