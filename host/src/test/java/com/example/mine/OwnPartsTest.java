// SPDX-License-Identifier: Apache-2.0
package com.example.mine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.train.EpochResult;
import io.github.arturo4j.host.train.TrainingListener;
import io.github.arturo4j.host.train.TrainingLoop;
import io.github.arturo4j.host.train.TrainingResult;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.optimizer.Sgd;
import io.github.arturo4j.kernels.optimizer.SgdHyperparameters;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.layer.Flatten;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.plan.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** A user's own layer, optimizer and listener, from a package that sees the public API and nothing else. */
class OwnPartsTest {
  private static final TornadoDevice DEVICE = Devices.find(null).device();
  private static final Network NETWORK =
      new Network(
          "mine", new Shape(1, 4, 4),
          List.of(new Flatten(), new Linear(12), new Softplus(), new Linear(8), new Softplus(), new Linear(3)));

  @TempDir Path folder;

  /** A bright column says which class it is. */
  private static ImageSet images(int count, int side, int classes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] pixels = new byte[count * side * side];
    byte[] labels = new byte[count];
    for (int n = 0; n < count; n++) {
      labels[n] = (byte) (n % classes);
      for (int i = 0; i < side * side; i++) {
        pixels[n * side * side + i] = (byte) (random.nextInt(80) + (i % side == labels[n] ? 150 : 0));
      }
    }
    return new ImageSet(pixels, labels, count, 1, side, side, classes);
  }

  @Test
  void theLayersGradientIsItsDifferenceQuotient() {
    ImageSet images = images(6, 4, 3, 1);
    int[] order = IntStream.range(0, 6).toArray();
    float[] weights = NETWORK.initialParameters(3);
    Sgd sgd = new Sgd(SgdHyperparameters.builder().momentum(0).build());
    float[] gradient;
    try (TrainingPlan plan = TrainingPlan.builder(NETWORK, sgd, images, DEVICE).initial(weights).build()) {
      plan.step(order, 0, 6, 1e-30);
      gradient = plan.gradients();
    }
    double along = 0;
    double length = 0;
    for (float g : gradient) {
      length += (double) g * g;
    }
    double step = 1e-2 / Math.sqrt(length);
    double[] losses = new double[2];
    for (int side = 0; side < 2; side++) {
      float[] moved = weights.clone();
      for (int i = 0; i < moved.length; i++) {
        moved[i] += (float) ((side == 0 ? -step : step) * gradient[i]);
      }
      Sgd other = new Sgd(SgdHyperparameters.builder().momentum(0).build());
      try (TrainingPlan plan = TrainingPlan.builder(NETWORK, other, images, DEVICE).initial(moved).build()) {
        plan.step(order, 0, 6, 1e-30);
        losses[side] = plan.metrics().loss();
      }
    }
    along = (losses[1] - losses[0]) / (2 * step);
    assertThat(along).isCloseTo(length, within(2e-3 * length));
  }

  @Test
  void theOptimizerTrainsAndTheListenerIsTold() {
    Experiment published = Experiments.find("fmnist_cnn", "sgd");
    Experiment experiment =
        published.change().epochs(8).batchSize(10).optimizer(new SignSgd.Config(0.01)).build();
    List<Double> accuracies = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epochDone(EpochResult epoch) {
            accuracies.add(epoch.row().judged().metric("accuracy"));
          }
        };
    TrainingResult result =
        new TrainingLoop(NETWORK, experiment, images(90, 4, 3, 1), images(30, 4, 3, 2), DEVICE)
            .listeners(List.of(listener))
            .begin();
    assertThat(accuracies).hasSize(8);
    assertThat(accuracies.getLast()).isGreaterThan(0.9);
    assertThat(result.state().optimizer()).isEmpty();
  }

  @Test
  void aWholeTrainingIsTheCodeOfThePage() throws IOException {
    ImageSet train = images(50, 28, 10, 1);
    ImageSet test = images(20, 28, 10, 2);
    Path run = folder.resolve("run");
    assertThat(WholeTraining.train(train, test, run, 1).rows()).hasSize(1);
    assertThat(WholeTraining.train(train, test, run, 2).rows()).hasSize(1); // goes on
    isOnThePage("WholeTraining");
  }

  @Test
  void tenLinesOfThePageTrainANetworkOnArrays() throws IOException {
    Random random = new Random(5);
    float[][] x = new float[2][3 * 600];
    int[][] labels = new int[2][600];
    for (int set = 0; set < 2; set++) {
      for (int i = 0; i < 600; i++) {
        for (int j = 0; j < 3; j++) {
          x[set][3 * i + j] = (float) random.nextGaussian();
        }
        labels[set][i] = x[set][3 * i] + x[set][3 * i + 1] > x[set][3 * i + 2] ? 1 : 0;
      }
    }
    assertThat(TenLines.train(x[0], labels[0], x[1], labels[1])).isGreaterThan(0.9);
    isOnThePage("TenLines");
  }

  private static void isOnThePage(String name) throws IOException {
    String source = Files.readString(Path.of("src/test/java/com/example/mine/" + name + ".java"));
    String code = source.substring(source.indexOf("  // begin\n") + 11, source.indexOf("  // end\n"));
    assertThat(Files.readString(Path.of("../docs/library.md"))).contains(code.indent(-2));
  }
}
