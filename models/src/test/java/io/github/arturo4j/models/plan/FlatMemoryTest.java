// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.optimizer.arturo.Arturo;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.TestImages;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.layer.Conv2d;
import io.github.arturo4j.models.layer.Dropout;
import io.github.arturo4j.models.layer.Flatten;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.MaxPool2d;
import io.github.arturo4j.models.layer.ReLU;
import io.github.arturo4j.models.layer.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Nothing is kept from one step to the next. */
class FlatMemoryTest {
  /** Less than 50 bytes a step: what TornadoVM's plans have been seen to keep when used the wrong way. */
  private static final long NOISE = 64 * 1024;

  @Test
  void step2000UsesNoMoreMemoryThanStep100() {
    TornadoDevice device = Devices.find(null).device();
    Network network =
        new Network(
            "small",
            new Shape(1, 8, 8),
            List.of(
                new Conv2d(4, 3, 0), new ReLU(), new MaxPool2d(), new Dropout(.2), new Flatten(),
                new Linear(16), new ReLU(), new Dropout(.5), new Linear(3)));
    ArturoHyperparameters published =
        ArturoHyperparameters.builder()
          .regWeight(0.0586)
          .measurementNoise(2.8168)
          .dynamicModelNoise(0.01739)
          .weightDecay(0)
          .build();
    ImageSet images = TestImages.bars(64, network.input(), 3, 1);
    int[] order = IntStream.range(0, 64).toArray();
    try (TrainingPlan plan =
            TrainingPlan.builder(network, new Arturo(published.withMode(Mode.ROBUST)), images, device)
                .initial(network.initialParameters(1))
                .batchSize(16)
                .seed(1)
                .build();
        EvaluationPlan evaluation = new EvaluationPlan(network, images, 16, device)) {
      long early = 0;
      for (int step = 1; step <= 2000; step++) {
        plan.step(order, step % 4 * 16, 16, 0.05);
        if (step % 50 == 0) {
          plan.metrics();
          plan.report();
          evaluation.evaluate(plan.parameters());
        }
        if (step == 100) {
          early = usedHeap();
        }
      }
      assertThat(usedHeap() - early).isLessThan(NOISE);
    }
  }

  private static long usedHeap() {
    long min = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      min = Math.min(min, runtime.totalMemory() - runtime.freeMemory());
    }
    return min;
  }
}
