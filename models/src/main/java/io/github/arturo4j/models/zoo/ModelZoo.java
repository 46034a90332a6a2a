// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.zoo;

import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.layer.Conv2d;
import io.github.arturo4j.models.layer.Dropout;
import io.github.arturo4j.models.layer.Flatten;
import io.github.arturo4j.models.layer.Layer;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.MaxPool2d;
import io.github.arturo4j.models.layer.ReLU;
import io.github.arturo4j.models.layer.Shape;
import java.util.ArrayList;
import java.util.List;

/** The networks that an experiment can name: those of the arTuRO paper (arXiv 2310.20574). */
public final class ModelZoo {
  private ModelZoo() {}

  /** Every name {@link #create} takes. */
  public static List<String> names() {
    return List.of(
        "fmnist_cnn", "cifar10_cnn", "cifar100_cnn", "fmnist_resnet18", "cifar10_resnet34", "cifar100_resnet34");
  }

  /**
   * The network with a name, for as many classes as the data set it is named after has.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static Network create(String name) {
    return create(name, name.startsWith("cifar100_") ? 100 : 10);
  }

  /**
   * The network with a name, for a number of classes, 2 to 256.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static Network create(String name, int classes) {
    if (classes < 2 || classes > 256) {
      throw new IllegalArgumentException(name + " for " + classes + " classes; there must be 2 to 256");
    }
    return switch (name) {
      case "fmnist_cnn" -> fmnistCnn(classes);
      case "cifar10_cnn", "cifar100_cnn" -> cifarCnn(name, classes);
      case "fmnist_resnet18" -> new Network(name, new Shape(1, 28, 28), ResNet.resNet18(classes));
      case "cifar10_resnet34", "cifar100_resnet34" ->
          new Network(name, new Shape(3, 32, 32), ResNet.resNet34(classes));
      default -> throw new IllegalArgumentException(
          "no network '" + name + "'; there are: " + String.join(", ", names()));
    };
  }

  private static Network fmnistCnn(int classes) {
    return new Network(
        "fmnist_cnn",
        new Shape(1, 28, 28),
        List.of(
            new Conv2d(32, 3, 0), new ReLU(), new MaxPool2d(), new Dropout(.2),
            new Conv2d(64, 3, 0), new ReLU(), new MaxPool2d(), new Dropout(.2),
            new Conv2d(128, 3, 0), new ReLU(), new Dropout(.2),
            new Flatten(),
            new Linear(256), new ReLU(), new Dropout(.5),
            new Linear(classes)));
  }

  private static Network cifarCnn(String name, int classes) {
    List<Layer> layers = new ArrayList<>();
    for (int channels : new int[] {32, 64, 128, 256}) {
      layers.addAll(List.of(new Conv2d(channels, 3, 1), new ReLU(), new MaxPool2d(), new Dropout(.2)));
    }
    layers.addAll(List.of(new Flatten(), new Linear(256), new ReLU(), new Dropout(.5), new Linear(classes)));
    return new Network(name, new Shape(3, 32, 32), layers);
  }
}
