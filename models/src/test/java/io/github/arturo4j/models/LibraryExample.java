// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.optimizer.arturo.Arturo;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.layer.Flatten;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.ReLU;
import io.github.arturo4j.models.plan.Evaluation;
import io.github.arturo4j.models.plan.TrainingPlan;
import java.util.List;
import java.util.Random;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** The code of docs/library.md. */
final class LibraryExample {
  private LibraryExample() {}

  // begin
  static Evaluation train(ImageSet images, ImageSet test, int epochs) {
    Network network =
        new Network(
            "mlp", images.shape(),
            List.of(new Flatten(), new Linear(64), new ReLU(), new Linear(images.classes())));
    Arturo optimizer = new Arturo(ArturoHyperparameters.published()); // or .builder()….build() with values of your own
    TornadoDevice device = Devices.find(null).device(); // the first of the SDK in use; without one, the plain JVM
    int batch = 32;
    double klBound = 0.0857;
    int[] order = new int[images.count()];
    try (TrainingPlan plan =
        TrainingPlan.builder(network, optimizer, images, device).batchSize(batch).seed(42).evaluating(test).build()) {
      Random random = new Random(42);
      for (int epoch = 0; epoch < epochs; epoch++) {
        for (int i = 0; i < order.length; i++) { // a random order of the images
          int j = random.nextInt(i + 1);
          order[i] = order[j];
          order[j] = i;
        }
        for (int first = 0; first < order.length; first += batch) {
          plan.step(order, first, Math.min(batch, order.length - first), klBound);
        }
      }
      return plan.evaluate(test, () -> false).orElseThrow(); // what stops an evaluation; nothing does
    }
  }
  // end
}
