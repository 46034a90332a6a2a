// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.kernels.optimizer.Sgd;
import io.github.arturo4j.kernels.optimizer.SgdHyperparameters;
import io.github.arturo4j.kernels.reference.AugmentationReference;
import io.github.arturo4j.kernels.reference.BatchGatherReference;
import io.github.arturo4j.kernels.reference.ColorJitterReference;
import io.github.arturo4j.kernels.reference.LossReference;
import io.github.arturo4j.kernels.reference.ResizedCropReference;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.ReferenceNetwork;
import io.github.arturo4j.models.TestImages;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.Augmentation;
import io.github.arturo4j.models.data.ColorJitter;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.data.Normalization;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.data.ResizedCrop;
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
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

@ParameterizedClass
@MethodSource("io.github.arturo4j.kernels.device.Devices#list")
class PreprocessingTest {
  private static final Augmentation AUGMENTATION = new Augmentation(2, Augmentation.Mode.reflect, true);
  private static final Augmentation RESIZED =
      new Augmentation(0, null, true, new ResizedCrop(List.of(.3, .9), List.of(.5, 2.0)), new ColorJitter(.4, .5, .6, .1));
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

  private TrainingPlan plan(Preprocessing preprocessing, long seed) {
    Sgd sgd = new Sgd(SgdHyperparameters.builder().momentum(0).build());
    return TrainingPlan.builder(network, sgd, images, device)
        .preprocessing(preprocessing)
        .initial(weights)
        .batchSize(12)
        .seed(seed)
        .build();
  }

  private float[] gradients(Preprocessing preprocessing, long seed, int steps) {
    try (TrainingPlan plan = plan(preprocessing, seed)) {
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

  /** The first step's loss is that of images cropped and resized by one reference, and changed by the other. */
  @Test
  void cropsAreResizedAndThenColoursChange() {
    IntArray control = control(1, 0);
    int[] all = IntStream.range(0, 12).toArray();
    ResizedCropReference crops =
        new ResizedCropReference(3, 6, 5, .3, .9, .5, 2, true, new double[3], new double[] {1, 1, 1});
    assertTrained(RESIZED, jittered(crops.gather(images.pixels(), all, 12, control), control));
    AugmentationReference padded =
        new AugmentationReference(3, 6, 5, 2, true, true, new double[3], new double[] {1, 1, 1});
    assertTrained(
        new Augmentation(2, Augmentation.Mode.reflect, true, null, RESIZED.colorJitter()),
        jittered(padded.gather(images.pixels(), all, 12, control), control));
    ResizedCropReference normalised =
        new ResizedCropReference(
            3, 6, 5, .3, .9, .5, 2, false, new double[] {.5, .4, .3}, new double[] {.25, .2, .1});
    assertTrained(
        new Augmentation(0, null, false, RESIZED.resizedCrop(), null), normalised.gather(images.pixels(), all, 12, control));
  }

  private static double[] jittered(double[] x, IntArray control) {
    return new ColorJitterReference(3, 30, .4, .5, .6, .1, new double[] {.5, .4, .3}, new double[] {.25, .2, .1})
        .apply(x, 12, control);
  }

  private static IntArray control(long seed, long step) {
    BatchControl control = new BatchControl(0);
    control.set(12, false, seed, step);
    return control.array();
  }

  private void assertTrained(Augmentation augmentation, double[] inputs) {
    ReferenceNetwork reference = ReferenceNetwork.evaluating(network); // it has no dropout
    double[] values = new double[parameters.length];
    Arrays.setAll(values, i -> parameters[i]);
    double expected = 0;
    for (int n = 0; n < 12; n++) {
      double[] image = Arrays.copyOfRange(inputs, n * shape.size(), (n + 1) * shape.size());
      expected += LossReference.crossEntropy(reference.logits(values, image, 1), images.labels()[n]).loss();
    }
    try (TrainingPlan plan = plan(new Preprocessing(augmentation, NORMALIZATION), 1)) {
      plan.step(IntStream.range(0, 12).toArray(), 0, 12, 1e-30);
      assertThat(plan.metrics().lossSum()).isCloseTo(expected, within(1e-5 * expected));
    }
  }

  @Test
  void anEvaluationIsNotRandom() {
    for (Augmentation augmentation : List.of(AUGMENTATION, RESIZED)) {
      assertThat(evaluatedLoss(new Preprocessing(augmentation, NORMALIZATION)))
          .isEqualTo(evaluatedLoss(new Preprocessing(null, NORMALIZATION)))
          .isNotEqualTo(evaluatedLoss(Preprocessing.NONE));
      assertThat(evaluatedLoss(new Preprocessing(augmentation, null))).isEqualTo(evaluatedLoss(Preprocessing.NONE));
    }
  }

  @Test
  void aTrainingIsAugmentedAsItsSeedAndStepSay() {
    for (Augmentation augmentation : List.of(AUGMENTATION, RESIZED)) {
      Preprocessing augmented = new Preprocessing(augmentation, NORMALIZATION);
      float[] first = gradients(augmented, 1, 1);
      assertThat(first)
          .isEqualTo(gradients(augmented, 1, 1))
          .isNotEqualTo(gradients(augmented, 2, 1))
          .isNotEqualTo(gradients(augmented, 1, 2))
          .isNotEqualTo(gradients(new Preprocessing(null, NORMALIZATION), 1, 1));
    }
    Preprocessing nothingRandom = new Preprocessing(new Augmentation(0, Augmentation.Mode.zero, false), NORMALIZATION);
    assertThat(gradients(nothingRandom, 1, 1)).isEqualTo(gradients(new Preprocessing(null, NORMALIZATION), 1, 2));
  }

  @Test
  void refusesWhatDoesNotFit() {
    refused("augmentation.padding is 64; it must be between 0 and 63",
        () -> new Augmentation(64, Augmentation.Mode.zero, true));
    refused("augmentation.padding is -1;", () -> new Augmentation(-1, Augmentation.Mode.zero, true));
    refused("augmentation.mode is missing", () -> new Augmentation(1, null, true));
    assertThat(new Augmentation(0, null, true).mode()).isEqualTo(Augmentation.Mode.zero);
    refused("augmentation.padding is 2, and there is a resizedCrop, which crops, too; leave one of them out",
        () -> new Augmentation(2, Augmentation.Mode.zero, true, RESIZED.resizedCrop(), null));
    String share = "; it must be the least and the greatest share of the area, greater than 0 and at most 1";
    for (List<Double> scale : List.of(
        List.of(0.0, 1.0), List.of(.5, 1.1), List.of(.5, .4), List.of(.5), List.of(.1, .2, .3), List.of(Double.NaN, 1.0),
        Arrays.asList(null, 1.0))) {
      refused("augmentation.resizedCrop.scale is " + scale + share, () -> new ResizedCrop(scale, null));
    }
    String proportions = "; it must be the least and the greatest width / height, between 0.01 and 100";
    for (List<Double> ratio : List.of(
        List.of(.001, 1.0), List.of(1.0, 101.0), List.of(2.0, 1.0), List.<Double>of(), List.of(1.0, Double.NaN))) {
      refused("augmentation.resizedCrop.ratio is " + ratio + proportions, () -> new ResizedCrop(null, ratio));
    }
    refused("augmentation.colorJitter.brightness is -0.1; it must be between 0 and 100", () -> new ColorJitter(-.1, 0, 0, 0));
    refused("augmentation.colorJitter.contrast is 101.0; it must be between 0 and 100", () -> new ColorJitter(0, 101, 0, 0));
    refused("augmentation.colorJitter.saturation is NaN; it must be between 0 and 100",
        () -> new ColorJitter(0, 0, Double.NaN, 0));
    refused("augmentation.colorJitter.hue is 0.6; it must be between 0 and 0.5", () -> new ColorJitter(0, 0, 0, .6));
    refused("augmentation.colorJitter changes nothing; give",
        () -> new Augmentation(0, null, true, null, new ColorJitter(0, 0, 0, 0)));
    refused("augmentation.colorJitter is of images of 3 channels, or of 1 for grey, not of 2×6×5; leave it out",
        () -> new Preprocessing(RESIZED, null).checkFits(new Shape(2, 6, 5)));
    refused("augmentation.colorJitter.saturation is 0.6; the images, 1×6×5, are grey, and have none: leave it out",
        () -> new Preprocessing(RESIZED, null).checkFits(new Shape(1, 6, 5)));
    refused("augmentation.colorJitter.hue is 0.1; the images, 1×6×5, are grey, and have none: leave it out",
        () -> new Preprocessing(new Augmentation(0, null, false, null, new ColorJitter(.1, 0, 0, .1)), null)
            .checkFits(new Shape(1, 6, 5)));
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
    plan(new Preprocessing(augmentation, normalization), 1).close();
  }

  private static void refused(String beginning, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessageStartingWith(beginning);
  }
}
