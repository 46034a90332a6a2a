// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.layer.AdaptiveAvgPool2d;
import io.github.arturo4j.models.layer.AvgPool2d;
import io.github.arturo4j.models.layer.BatchNorm2d;
import io.github.arturo4j.models.layer.ChannelsFirst;
import io.github.arturo4j.models.layer.ChannelsLast;
import io.github.arturo4j.models.layer.Conv2d;
import io.github.arturo4j.models.layer.Dropout;
import io.github.arturo4j.models.layer.ELU;
import io.github.arturo4j.models.layer.Embedding;
import io.github.arturo4j.models.layer.Flatten;
import io.github.arturo4j.models.layer.GELU;
import io.github.arturo4j.models.layer.GlobalAveragePool;
import io.github.arturo4j.models.layer.GroupNorm;
import io.github.arturo4j.models.layer.Initialization;
import io.github.arturo4j.models.layer.Initialized;
import io.github.arturo4j.models.layer.InitializedTensors;
import io.github.arturo4j.models.layer.Initializer;
import io.github.arturo4j.models.layer.Layer;
import io.github.arturo4j.models.layer.LayerNorm;
import io.github.arturo4j.models.layer.LayerNorm2d;
import io.github.arturo4j.models.layer.LayerScale;
import io.github.arturo4j.models.layer.LeakyReLU;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.MaxPool2d;
import io.github.arturo4j.models.layer.MultiHeadAttention;
import io.github.arturo4j.models.layer.Named;
import io.github.arturo4j.models.layer.PositionalEmbedding;
import io.github.arturo4j.models.layer.ReLU;
import io.github.arturo4j.models.layer.ReLU6;
import io.github.arturo4j.models.layer.Reshape;
import io.github.arturo4j.models.layer.Residual;
import io.github.arturo4j.models.layer.Sequential;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.layer.SiLU;
import io.github.arturo4j.models.layer.Sigmoid;
import io.github.arturo4j.models.layer.SinusoidalPositions;
import io.github.arturo4j.models.layer.Softmax;
import io.github.arturo4j.models.layer.StochasticDepth;
import io.github.arturo4j.models.layer.Tanh;
import io.github.arturo4j.models.layer.TiedLinear;
import io.github.arturo4j.models.layer.Upsample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each layer, alone in front of a linear one, and layers in any order. */
class OnnxLayersTest {
  private static final Shape IMAGE = new Shape(4, 7, 6);
  private static final Shape SEQUENCE = new Shape(5, 6);
  private static final Shape VECTOR = new Shape(6);
  private static final int NETWORKS = 100;

  @TempDir Path folder;

  static Stream<Arguments> layers() {
    return Stream.of(
        Arguments.of(
            IMAGE,
            List.of(
                new Conv2d(3, 3, 2, 1, true), new Conv2d(6, 2, 1, 0, 2, 2, false), new Conv2d(4, 3, 1, 2, 2, 4, true),
                new MaxPool2d(), new MaxPool2d(3, 2, 1), new ReLU6(), new ChannelsLast(), new ChannelsFirst(),
                new LayerNorm2d(), new LayerNorm2d(.1), new LayerScale(.3), new StochasticDepth(.4), new LayerNorm(1, .2),
                new AvgPool2d(2), new AvgPool2d(3, 2, 1), new AvgPool2d(2, 1, 1),
                new AdaptiveAvgPool2d(1, 1), new AdaptiveAvgPool2d(7, 3), new AdaptiveAvgPool2d(3, 4),
                new AdaptiveAvgPool2d(9, 8), new Upsample(1), new Upsample(3), new Linear(3), new Flatten(2, 3),
                new Flatten(1, 2), new Reshape(6, 4, 7), new Reshape(24, 7), new Residual(List.of(new ReLU()), List.of()),
                new Residual(List.of(new Conv2d(2, 1, 0)), List.of(new Conv2d(2, 1, 0), new BatchNorm2d())))),
        Arguments.of(
            SEQUENCE,
            List.of(
                new Linear(3, false), new PositionalEmbedding(5), new PositionalEmbedding(9), new SinusoidalPositions(),
                new MultiHeadAttention(3, true), new MultiHeadAttention(2, false, 0.5),
                new Sequential(new MultiHeadAttention(1, true), new MultiHeadAttention(6, true)),
                new Named("a", new Sequential(new Linear(4, false), new Named("b", new Linear(6)), new Linear(2))))),
        Arguments.of(VECTOR, List.of(new Linear(4), new Linear(4, false))))
        .flatMap(each -> ((List<?>) each.get()[1]).stream().map(layer -> Arguments.of(each.get()[0], layer)));
  }

  static Stream<Arguments> layersOfAnyShape() {
    return Stream.of(IMAGE, SEQUENCE, VECTOR)
        .flatMap(
            shape ->
                Stream.of(
                    new ReLU(), new LeakyReLU(0.3), new ELU(0.7), new GELU(), new GELU(GELU.Approximate.tanh), new SiLU(), new Sigmoid(),
                    new Tanh(), new Softmax(), new Dropout(0.5), new Dropout(0), new Flatten(), new BatchNorm2d(),
                    new GroupNorm(1), new LayerNorm(), new LayerNorm(1), new GlobalAveragePool(),
                    new Initialized(Initialization.PYTORCH, new Linear(3)),
                    new InitializedTensors(new Linear(3), Map.of("weight", new Initializer.Normal(1))))
                    .map(layer -> Arguments.of(shape, layer)));
  }

  @ParameterizedTest
  @MethodSource({"layers", "layersOfAnyShape"})
  void aLayer(Shape input, Layer layer) throws Exception {
    OnnxModel.check(
        folder.resolve("a.onnx"), new Network("one", input, List.of(layer, new Flatten(), new Linear(3))), 1);
  }

  @Test
  void everyLayerIsKnown() throws IOException {
    String known = Files.readString(Path.of("src/main/java/" + LayerExport.class.getName().replace('.', '/') + ".java"));
    List<JavaClass> layers =
        new ClassFileImporter().importPackages(Layer.class.getPackageName()).stream()
            .filter(each -> each.isAssignableTo(Layer.class) && !each.isInterface())
            .toList();
    assertThat(layers).hasSizeGreaterThan(30);
    assertThat(layers).allSatisfy(layer -> assertThat(known).containsPattern("(case|,) " + layer.getSimpleName() + " "));
  }

  @Test
  void groupsOfChannels() throws Exception {
    for (Shape shape : List.of(IMAGE, new Shape(4, 3), new Shape(8))) {
      OnnxModel.check(
          folder.resolve("a.onnx"),
          new Network("groups", shape, List.of(new GroupNorm(2), new Flatten(), new Linear(3))), 2);
    }
  }

  @Test
  void tokens() throws Exception {
    List<Layer> tied =
        List.of(
            new Named("wte", new Embedding(11, 4)), new Linear(8), new ReLU(), new Linear(4), new TiedLinear("wte.weight"));
    OnnxModel.check(folder.resolve("a.onnx"), new Network("tied", new Shape(5), tied), 3);
    List<Layer> reshaped =
        List.of(
            new Reshape(2, 3), new Flatten(), new Dropout(0), new Embedding(7, 4), new PositionalEmbedding(6), new Flatten(),
            new Linear(3));
    OnnxModel.check(folder.resolve("a.onnx"), new Network("reshaped", new Shape(6), reshaped), 4);
    List<Layer> asNumbersToo =
        List.of(
            new Residual(
                List.of(new Residual(List.of(new Embedding(7, 2), new Flatten(), new Linear(6)), List.of())),
                List.of(new Reshape(2, 3), new Flatten())),
            new Linear(4));
    OnnxModel.check(folder.resolve("a.onnx"), new Network("numbers", new Shape(6), asNumbersToo), 5);
  }

  @Test
  void layersInAnyOrder() throws Exception {
    int checked = 0;
    for (int seed = 0; checked < NETWORKS; seed++) {
      Random random = new Random(seed);
      List<Layer> layers = some(random, 7, 3);
      layers.addAll(List.of(new Flatten(), new Linear(3)));
      Network network;
      try {
        network = new Network("random", new Shape(1 + random.nextInt(3), 3 + random.nextInt(5), 3 + random.nextInt(5)), layers);
      } catch (IllegalArgumentException e) {
        assertThat(seed).as("most are networks").isLessThan(6 * NETWORKS);
        continue;
      }
      try {
        OnnxModel.check(folder.resolve("a.onnx"), network, seed);
        checked++;
      } catch (Exception | AssertionError e) {
        throw new AssertionError("seed " + seed + ", " + network.input() + ", " + layers + ": " + e.getMessage(), e);
      }
    }
  }

  private static List<Layer> some(Random random, int max, int depth) {
    List<Layer> layers = new ArrayList<>();
    for (int i = random.nextInt(max); i >= 0; i--) {
      layers.add(any(random, depth));
    }
    return layers;
  }

  private static Layer any(Random random, int depth) {
    if (depth > 0 && random.nextInt(4) == 0) {
      List<Layer> body = some(random, 2, depth - 1);
      return switch (random.nextInt(4)) {
        case 0 -> new Sequential(body);
        case 1 -> new Named("named" + random.nextInt(100), new Sequential(body));
        default -> new Residual(body, random.nextBoolean() ? List.of() : some(random, 2, depth - 1));
      };
    }
    List<Layer> all =
        List.of(
            new Conv2d(1 + random.nextInt(4), 1 + random.nextInt(3), 1), new Conv2d(2, 3, 2, 1, false),
            new Conv2d(4, 2, 1, 1, 2, 2, true), new MaxPool2d(), new MaxPool2d(3, 1, 1), new AvgPool2d(2),
            new AvgPool2d(3, 1 + random.nextInt(2), 1), new AdaptiveAvgPool2d(1 + random.nextInt(5), 1 + random.nextInt(5)),
            new Upsample(2), new BatchNorm2d(), new BatchNorm2d(), new GroupNorm(1 + random.nextInt(2)), new LayerNorm(),
            new LayerNorm(1 + random.nextInt(2)), new Linear(1 + random.nextInt(4)), new Linear(2, false), new Flatten(2, 3),
            new Flatten(), new GlobalAveragePool(), new Reshape(2, 2, 5), new Dropout(0.4), new ReLU(), new ReLU(),
            new GELU(), new SiLU(), new Tanh(), new Sigmoid(), new Softmax(), new LeakyReLU(), new ELU(),
            new Sequential(new Flatten(2, 3), new SinusoidalPositions()),
            new Sequential(new Flatten(2, 3), new PositionalEmbedding(6)),
            new Sequential(new Flatten(2, 3), new MultiHeadAttention(1 + random.nextInt(2), random.nextBoolean())));
    return all.get(random.nextInt(all.size()));
  }
}
