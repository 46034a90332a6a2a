// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.onnxruntime.OnnxJavaType;
import io.github.arturo4j.host.protobuf.ProtoReader;
import io.github.arturo4j.host.run.Versions;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.Augmentation;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.data.Normalization;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.layer.BatchNorm2d;
import io.github.arturo4j.models.layer.Conv2d;
import io.github.arturo4j.models.layer.Flatten;
import io.github.arturo4j.models.layer.Layer;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.Named;
import io.github.arturo4j.models.layer.NetworkBuilder;
import io.github.arturo4j.models.layer.ReLU;
import io.github.arturo4j.models.layer.Residual;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.plan.PredictionPlan;
import io.github.arturo4j.models.zoo.Gpt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxExportTest {
  private static final Shape IMAGE = new Shape(2, 5, 4);

  private static final Network NETWORK =
      new Network(
          "small", IMAGE,
          List.of(
              new Named("conv", new Conv2d(3, 3, 1, 1, false)), new Named("bn", new BatchNorm2d()), new ReLU(), new Flatten(),
              new Linear(3)));

  private static final Preprocessing NORMALIZED =
      new Preprocessing(
          new Augmentation(1, Augmentation.Mode.zero, true), new Normalization(List.of(0.25, 0.5), List.of(0.125, 2.0)));

  private static final OnnxOptions BYTES =
      OnnxOptions.DEFAULT.withExamples(Features.Bytes.class, NORMALIZED).withPreprocessing(true);

  @TempDir Path folder;

  private final Random random = new Random(1);
  private final Weights weights = OnnxModel.weights(NETWORK, random);

  /** Its own layer of a user, which adds nothing. */
  private record Mine() implements Layer {
    @Override
    public void addTo(NetworkBuilder network, String path) {
      network.continueWith(network.value());
    }
  }

  private Path file() {
    return folder.resolve("a.onnx");
  }

  private float[] predicted(Features features, Preprocessing preprocessing) {
    return predicted(NETWORK, weights, features, preprocessing);
  }

  private static float[] predicted(Network network, Weights weights, Features features, Preprocessing preprocessing) {
    try (PredictionPlan plan =
        new PredictionPlan(
            network, weights, features.getClass(), preprocessing, 4, Devices.list().getFirst().device())) {
      return plan.predict(features);
    }
  }

  private Features.Bytes bytes(int count) {
    byte[] bytes = new byte[count * IMAGE.size()];
    random.nextBytes(bytes);
    return new Features.Bytes(bytes, count, IMAGE);
  }

  @Test
  void takesBytesAndNormalizesThem() throws Exception {
    Features.Bytes images = bytes(5);
    for (Preprocessing each : List.of(NORMALIZED, Preprocessing.NONE)) {
      OnnxExport.write(file(), NETWORK, weights, BYTES.withExamples(Features.Bytes.class, each));
      try (OnnxModel model = new OnnxModel(file())) {
        assertThat(model.input().type).isEqualTo(OnnxJavaType.UINT8);
        assertThat(model.input().getShape()).containsExactly(-1, 2, 5, 4);
        OnnxModel.assertAlike(model.run(images), predicted(images, each));
        assertThat(model.metadata()).containsEntry("input", "bytes from 0 to 255, as they are: the model prepares them");
      }
    }
  }

  @Test
  void takesFloatsAndNormalizesThem() throws Exception {
    Features floats = OnnxModel.features(NETWORK, 3, random);
    OnnxExport.write(file(), NETWORK, weights, BYTES.withExamples(Features.Floats.class, NORMALIZED));
    try (OnnxModel model = new OnnxModel(file())) {
      assertThat(model.input().type).isEqualTo(OnnxJavaType.FLOAT);
      OnnxModel.assertAlike(model.run(floats), predicted(floats, NORMALIZED));
    }
    OnnxExport.write(file(), NETWORK, weights, BYTES.withPreprocessing(false));
    try (OnnxModel model = new OnnxModel(file())) {
      assertThat(model.input().type).isEqualTo(OnnxJavaType.FLOAT);
      OnnxModel.assertAlike(model.run(floats), predicted(floats, Preprocessing.NONE));
      assertThat(model.metadata())
          .containsEntry("input", "bytes divided by 255, then (x - mean) / std of each channel")
          .containsEntry("normalization.mean", "[0.25,0.5]")
          .containsEntry("normalization.std", "[0.125,2.0]");
    }
  }

  @Test
  void normalizesEachValueOfAVector() throws Exception {
    Network network = new Network("vector", new Shape(2), List.of(new Linear(3)));
    Weights its = OnnxModel.weights(network, random);
    Features floats = OnnxModel.features(network, 3, random);
    OnnxExport.write(file(), network, its, BYTES.withExamples(Features.Floats.class, NORMALIZED));
    try (OnnxModel model = new OnnxModel(file())) {
      OnnxModel.assertAlike(model.run(floats), predicted(network, its, floats, new Preprocessing(null, NORMALIZED.normalization())));
    }
  }

  @Test
  void putsOutProbabilities() throws Exception {
    Features floats = OnnxModel.features(NETWORK, 4, random);
    float[] logits = predicted(floats, Preprocessing.NONE);
    float[] softmax = new float[logits.length];
    float[] sigmoid = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      int row = i / 3 * 3;
      double sum = Arrays.stream(new int[] {0, 1, 2}).mapToDouble(j -> Math.exp(logits[row + j])).sum();
      softmax[i] = (float) (Math.exp(logits[i]) / sum);
      sigmoid[i] = (float) (1 / (1 + Math.exp(-logits[i])));
    }
    OnnxExport.write(file(), NETWORK, weights, OnnxOptions.DEFAULT.withOutput(OnnxOutput.SOFTMAX));
    try (OnnxModel model = new OnnxModel(file())) {
      OnnxModel.assertAlike(model.run(floats), softmax);
      assertThat(model.metadata()).containsEntry("output", "probabilities");
    }
    OnnxExport.write(file(), NETWORK, weights, OnnxOptions.DEFAULT.withOutput(OnnxOutput.SIGMOID));
    try (OnnxModel model = new OnnxModel(file())) {
      OnnxModel.assertAlike(model.run(floats), sigmoid);
    }
  }

  @Test
  void tellsWhatItIs() throws Exception {
    OnnxExport.write(
        file(), NETWORK, weights,
        OnnxOptions.DEFAULT.withClassNames(List.of("cat", "a \"dog\"", "Kühe")).withMetadata(Map.of("epoch", "7")));
    try (OnnxModel model = new OnnxModel(file())) {
      assertThat(model.session().getMetadata().getProducerName()).isEqualTo("arturo4j");
      assertThat(model.session().getMetadata().getGraphName()).isEqualTo("small");
      assertThat(model.metadata())
          .containsOnly(
              Map.entry("epoch", "7"), Map.entry("arturo4j.version", Versions.arturo4j()), Map.entry("input", "floats"),
              Map.entry("output", "logits"), Map.entry("class_names", "[\"cat\",\"a \\\"dog\\\"\",\"Kühe\"]"));
      assertThat(model.output().getShape()).containsExactly(-1, 3);
    }
  }

  /** Numbers of fields as in {@code onnx.proto}. */
  @Test
  void hasTheNetworksTensorsUnderTheirNames() throws Exception {
    OnnxExport.write(file(), NETWORK, weights);
    ProtoReader model = ProtoReader.of(Files.readAllBytes(file()));
    assertThat(model.numbers(1)).containsExactly(10L);
    assertThat(model.texts(3)).containsExactly(Versions.arturo4j());
    assertThat(model.messages(8).getFirst().numbers(2)).containsExactly(21L);
    ProtoReader graph = model.messages(7).getFirst();
    assertThat(graph.messages(1).stream().map(node -> node.texts(4).getFirst()))
        .containsExactly("Conv", "BatchNormalization", "Relu", "Reshape", "Gemm");
    List<ProtoReader> tensors =
        graph.messages(5).stream().filter(tensor -> !tensor.texts(8).getFirst().contains("/")).toList();
    assertThat(tensors.stream().map(tensor -> tensor.texts(8).getFirst()))
        .containsExactlyInAnyOrder(
            "conv.weight", "bn.weight", "bn.bias", "bn.running_mean", "bn.running_var", "4.weight", "4.bias");
    Stream.concat(NETWORK.parameters().stream(), NETWORK.buffers().stream())
        .forEach(
            spec -> {
              ProtoReader tensor =
                  tensors.stream().filter(each -> each.texts(8).contains(spec.name())).findFirst().orElseThrow();
              float[] all = NETWORK.buffers().contains(spec) ? weights.buffers() : weights.parameters();
              assertThat(tensor.numbers(1)).containsExactlyElementsOf(Arrays.stream(spec.shape()).asLongStream().boxed().toList());
              assertThat(tensor.floats(9)).containsExactly(Arrays.copyOfRange(all, spec.offset(), spec.offset() + spec.size()));
            });
    assertThat(graph.texts(11).getFirst()).contains("batch");
  }

  @Test
  void refusesALayerThatItDoesNotKnow() {
    Network network =
        new Network(
            "own", new Shape(3), List.of(new Residual(List.of(new Linear(3), new Named("mine", new Mine())), List.of())));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxExport.write(file(), network, network.initialWeights(1)))
        .withMessage(
            "layer 0.mine of own is a Mine, which has no translation to ONNX; make it of layers that have one, or hand the"
                + " weights on as safetensors");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void refusesWhatDoesNotFit() {
    refused(OnnxOptions.DEFAULT.withClassNames(List.of("a", "b")), "there are 2 names of classes and 3 outputs of small;");
    refused(
        OnnxOptions.DEFAULT.withExamples(Features.Tokens.class, Preprocessing.NONE),
        "small takes no tokens: it has no Embedding; name bytes or floats");
    refused(
        OnnxOptions.DEFAULT.withExamples(
            Features.Bytes.class, new Preprocessing(null, new Normalization(List.of(0.5), List.of(1.0)))),
        "normalization.mean is [0.5]; it must have a number for each channel of the images, 2×5×4");
    Network gpt = new Network("gpt", new Shape(3), Gpt.layers(5, 3, 2, 1, 1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxExport.write(file(), gpt, gpt.initialWeights(1), BYTES))
        .withMessage("gpt takes tokens, for which there is no preprocessing; leave it out");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxExport.write(file(), NETWORK, gpt.initialWeights(1)))
        .withMessageStartingWith("small has " + NETWORK.parameterCount() + " parameters, not ");
    weights.parameters()[1] = Float.NaN;
    refused(
        OnnxOptions.DEFAULT,
        "a value of 'conv.weight' is NaN; export the weights of a training that has not diverged");
    assertThat(folder).isEmptyDirectory();
  }

  private void refused(OnnxOptions options, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxExport.write(file(), NETWORK, weights, options))
        .withMessageStartingWith(message);
  }

  @Test
  void aModelIsSmallerThanWhatAMessageTakes() {
    OnnxExport.checkSize("gpt", Integer.MAX_VALUE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxExport.checkSize("gpt", 1L << 31))
        .withMessage(
            "gpt would be a file of 2,147,483,648 bytes, and one of ONNX takes 2 GiB at most; hand its model.safetensors on"
                + " instead");
  }

  @Test
  void replacesAFileAsAWhole() throws IOException {
    Files.writeString(file(), "old");
    OnnxExport.write(file(), NETWORK, weights);
    assertThat(Files.size(file())).isGreaterThan(4L * NETWORK.parameterCount());
    assertThat(folder.toFile().list()).containsExactly("a.onnx");
  }
}
