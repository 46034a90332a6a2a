// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.zoo;

import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.layer.Place;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.spec.Model;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The networks that an experiment can name: first those of the arTuRO paper (arXiv 2310.20574), which are named after their
 * data sets, then some that many know. Each is a file of the resources, a list of layers as an experiment may have one.
 */
public final class ModelZoo {
  private static final Shape FASHION_MNIST = new Shape(1, 28, 28);
  private static final Shape CIFAR = new Shape(3, 32, 32);
  private static final Shape IMAGENET = new Shape(3, 224, 224);

  /**
   * A network's file, and what it takes and puts out where nobody says otherwise.
   *
   * @param file without its ending
   */
  private record Entry(String file, Shape input, int outputs) {}

  private static final SequencedMap<String, Entry> ENTRIES = new LinkedHashMap<>();

  static {
    ENTRIES.put("fmnist_cnn", new Entry("fmnist_cnn", FASHION_MNIST, 10));
    ENTRIES.put("cifar10_cnn", new Entry("cifar_cnn", CIFAR, 10));
    ENTRIES.put("cifar100_cnn", new Entry("cifar_cnn", CIFAR, 100));
    ENTRIES.put("fmnist_resnet18", new Entry("resnet18", FASHION_MNIST, 10));
    ENTRIES.put("cifar10_resnet34", new Entry("resnet34", CIFAR, 10));
    ENTRIES.put("cifar100_resnet34", new Entry("resnet34", CIFAR, 100));
    ENTRIES.put("mlp", new Entry("mlp", FASHION_MNIST, 10));
    ENTRIES.put("lenet5", new Entry("lenet5", FASHION_MNIST, 10));
    for (String name : List.of("vgg11", "vgg16", "resnet18", "resnet34", "resnet50", "mobilenet_v2", "convnext_tiny")) {
      ENTRIES.put(name, new Entry(name, IMAGENET, 1000));
    }
  }

  private static final Map<String, Model> MODELS = new ConcurrentHashMap<>();

  private ModelZoo() {}

  /** Every name {@link #model} takes. */
  public static List<String> names() {
    return List.copyOf(ENTRIES.sequencedKeySet());
  }

  /** The names of those of the arTuRO paper. */
  public static List<String> ofPaper() {
    return names().subList(0, 6);
  }

  /**
   * The network with a name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static Model model(String name) {
    String file = entry(name).file;
    return MODELS.computeIfAbsent(name, _ -> Model.named(name, layers(file), _ -> new Place("network " + name, 0)));
  }

  /** Shape of the input that the network with a name is made for. */
  public static Shape input(String name) {
    return entry(name).input;
  }

  /** As {@link #model}, of the input and for as many outputs as the data have that it is made for. */
  public static Network create(String name) {
    Entry entry = entry(name);
    return model(name).network(entry.input, entry.outputs);
  }

  /** As {@link #model}, of the input that it is made for. */
  public static Network create(String name, int outputs) {
    return model(name).network(input(name), outputs);
  }

  private static Entry entry(String name) {
    Entry entry = ENTRIES.get(name);
    if (entry == null) {
      throw new IllegalArgumentException("no network '" + name + "'; there are: " + String.join(", ", names()));
    }
    return entry;
  }

  /** A network's file: the text that an experiment of one's own may begin with. */
  public static String text(String name) {
    return read(entry(name).file);
  }

  private static List<?> layers(String file) {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(read(file));
  }

  private static String read(String file) {
    try (InputStream in = ModelZoo.class.getResourceAsStream("/zoo/" + file + ".yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
