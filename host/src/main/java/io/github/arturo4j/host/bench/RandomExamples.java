// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.kernels.loss.Loss;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.layer.Shape;
import java.util.SplittableRandom;

/** Random examples that a network takes: tokens, pixels of images, or numbers of rows. */
final class RandomExamples {
  private RandomExamples() {}

  /** So many of them, with targets that the loss takes. */
  static Examples of(Network network, Loss loss, int count) {
    SplittableRandom random = new SplittableRandom(1);
    Features features = features(network, count, random);
    return Examples.of(features, targets(network, loss, count, random));
  }

  private static Features features(Network network, int count, SplittableRandom random) {
    Shape shape = network.input();
    int values = Math.multiplyExact(count, shape.size());
    if (network.vocabulary() > 0) {
      return Features.of(random.ints(values, 0, network.vocabulary()).toArray(), shape.sizes());
    }
    if (shape.rank() < 3) {
      float[] numbers = new float[values];
      for (int i = 0; i < values; i++) {
        numbers[i] = (float) random.nextGaussian();
      }
      return Features.of(numbers, shape.sizes());
    }
    byte[] pixels = new byte[values];
    random.nextBytes(pixels);
    return Features.of(pixels, shape.sizes());
  }

  private static Targets targets(Network network, Loss loss, int count, SplittableRandom random) {
    int outputs = network.outputs();
    Targets classes =
        Targets.classes(random.ints((long) count * network.positions(), 0, outputs).toArray(), outputs, network.positions());
    try {
      loss.check(classes, outputs);
      return classes;
    } catch (IllegalArgumentException e) { // it takes values
      float[] values = new float[Math.multiplyExact(count, outputs)];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextInt(2);
      }
      return Targets.values(values, outputs);
    }
  }
}
