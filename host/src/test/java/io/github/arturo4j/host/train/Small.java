// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.layer.Flatten;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.Shape;
import java.util.List;
import java.util.Random;

/** Trainings that take little time. */
public final class Small {
  public static final int EPOCHS = 2;
  public static final int STEPS = 3;
  public static final ImageSet TRAIN = images(14, 28, 1);
  public static final ImageSet TEST = images(6, 28, 2);

  private Small() {}

  /** Two epochs of fmnist_cnn in three steps of at most five images. */
  public static Experiment experiment(String optimizer) {
    Experiment published = Experiments.find("fmnist_cnn", optimizer);
    return published.with(EPOCHS, 5, 3L, published.optimizer());
  }

  /** A network that is none of the zoo's. */
  public static Network linear() {
    return new Network("linear", new Shape(1, 4, 4), List.of(new Flatten(), new Linear(10)));
  }

  /** Noise of ten classes, with a bright row for each. */
  public static ImageSet images(int count, int side, long seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[count * side * side];
    byte[] labels = new byte[count];
    for (int n = 0; n < count; n++) {
      labels[n] = (byte) (n % 10);
      for (int i = 0; i < side * side; i++) {
        boolean row = i / side == labels[n] % side;
        pixels[n * side * side + i] = (byte) (random.nextInt(100) + (row ? 150 : 0));
      }
    }
    return new ImageSet(pixels, labels, count, 1, side, side, 10);
  }
}
