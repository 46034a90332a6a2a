// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.loss.CrossEntropy;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.layer.AdaptiveAvgPool2d;
import io.github.arturo4j.models.layer.AvgPool2d;
import io.github.arturo4j.models.layer.BatchNorm2d;
import io.github.arturo4j.models.layer.Conv2d;
import io.github.arturo4j.models.layer.Dropout;
import io.github.arturo4j.models.layer.Flatten;
import io.github.arturo4j.models.layer.GroupNorm;
import io.github.arturo4j.models.layer.Initializer;
import io.github.arturo4j.models.layer.Layer;
import io.github.arturo4j.models.layer.LayerNorm;
import io.github.arturo4j.models.layer.LayerNorm2d;
import io.github.arturo4j.models.layer.LayerScale;
import io.github.arturo4j.models.layer.LeakyReLU;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.MaxPool2d;
import io.github.arturo4j.models.layer.Named;
import io.github.arturo4j.models.layer.NetworkBuilder;
import io.github.arturo4j.models.layer.ParameterSpec;
import io.github.arturo4j.models.layer.ReLU;
import io.github.arturo4j.models.layer.Reshape;
import io.github.arturo4j.models.layer.Residual;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.layer.StochasticDepth;
import io.github.arturo4j.models.layer.Upsample;
import io.github.arturo4j.models.layer.Value;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
  @Test
  void fmnistCnnIsTheOneOfThePaper() {
    Network network = ModelZoo.create("fmnist_cnn");
    assertThat(network.parameterCount()).isEqualTo(390_410);
    assertThat(network.input()).isEqualTo(new Shape(1, 28, 28));
    assertThat(network.outputs()).isEqualTo(10);
    assertThat(network.parameters())
        .extracting(ParameterSpec::toString)
        .containsExactly(
            "0.weight[32, 1, 3, 3]@0", "0.bias[32]@288",
            "4.weight[64, 32, 3, 3]@320", "4.bias[64]@18752",
            "8.weight[128, 64, 3, 3]@18816", "8.bias[128]@92544",
            "12.weight[256, 1152]@92672", "12.bias[256]@387584",
            "15.weight[10, 256]@387840", "15.bias[10]@390400");
  }

  @ParameterizedTest
  @CsvSource({"cifar10_cnn, 10, 653386", "cifar100_cnn, 100, 676516"})
  void cifarCnnsAreThoseOfThePaper(String name, int classes, int parameters) {
    Network network = ModelZoo.create(name);
    assertThat(network.parameterCount()).isEqualTo(parameters);
    assertThat(network.input()).isEqualTo(new Shape(3, 32, 32));
    assertThat(network.parameters())
        .extracting(spec -> spec.name() + Arrays.toString(spec.shape()))
        .containsExactly(
            "0.weight[32, 3, 3, 3]", "0.bias[32]", "4.weight[64, 32, 3, 3]", "4.bias[64]",
            "8.weight[128, 64, 3, 3]", "8.bias[128]", "12.weight[256, 128, 3, 3]", "12.bias[256]",
            "17.weight[256, 1024]", "17.bias[256]", "20.weight[" + classes + ", 256]", "20.bias[" + classes + "]");
  }

  /** The SHA-256 are of the sorted lines "name shape" of the state_dict of torchvision's networks. */
  @ParameterizedTest
  @CsvSource({
    "fmnist_resnet18, '2 2 2 2', 122, 488a19b8c634cfe3bda81520c1798d0a08475e9bc2651886b12c6c507d3d312e",
    "cifar10_resnet34, '3 4 6 3', 218, f8238a84a992282e4b6a7a216a23447c577a550fac880574d076a8a5639d46f6",
    "cifar100_resnet34, '3 4 6 3', 218, cbbeef0a4d2cc8c8cd5a7d8e4572e3175a4542ad7229bf75c3d9cea07827135c"
  })
  void residualNetworksHaveEveryTensorOfTorchvisions(String name, String blocks, int count, String sha256)
      throws Exception {
    Network network = ModelZoo.create(name);
    List<String> expected = new ArrayList<>();
    addConvolution(expected, "conv1", 64, network.input().channels(), 7);
    addNorm(expected, "bn1", 64);
    int from = 64;
    int to = 64;
    for (int group = 0; group < 4; group++) {
      for (int block = 0; block < Integer.parseInt(blocks.split(" ")[group]); block++) {
        String path = "layer" + (group + 1) + "." + block + ".";
        addConvolution(expected, path + "conv1", to, from, 3);
        addNorm(expected, path + "bn1", to);
        addConvolution(expected, path + "conv2", to, to, 3);
        addNorm(expected, path + "bn2", to);
        if (from != to) {
          addConvolution(expected, path + "downsample.0", to, from, 1);
          addNorm(expected, path + "downsample.1", to);
        }
        from = to;
      }
      to *= 2;
    }
    expected.add("fc.weight [" + network.outputs() + ", 512]");
    expected.add("fc.bias [" + network.outputs() + "]");

    List<String> found = new ArrayList<>();
    network.parameters().forEach(spec -> found.add(spec.name() + " " + Arrays.toString(spec.shape())));
    network.buffers().forEach(spec -> found.add(spec.name() + " " + Arrays.toString(spec.shape())));
    network.batchCounters().forEach(counter -> found.add(counter + " []"));
    assertThat(found).containsExactlyInAnyOrderElementsOf(expected).hasSize(count);
    found.sort(null);
    byte[] lines = (String.join("\n", found) + "\n").getBytes(StandardCharsets.UTF_8);
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(lines))).isEqualTo(sha256);
  }

  private static void addConvolution(List<String> tensors, String path, int out, int in, int kernel) {
    tensors.add(path + ".weight " + List.of(out, in, kernel, kernel));
  }

  private static void addNorm(List<String> tensors, String path, int channels) {
    for (String tensor : List.of("weight", "bias", "running_mean", "running_var")) {
      tensors.add(path + "." + tensor + " [" + channels + "]");
    }
    tensors.add(path + ".num_batches_tracked []");
  }

  @Test
  void residualNetworksHaveTorchvisionsTensors() {
    Network network = ModelZoo.create("cifar10_resnet34");
    assertThat(network.parameterCount()).isEqualTo(21_289_802);
    assertThat(ModelZoo.create("cifar100_resnet34").parameterCount()).isEqualTo(21_335_972);
    // 11,181,642 with three channels, of which two have 64·7·7 weights each
    assertThat(ModelZoo.create("fmnist_resnet18").parameterCount()).isEqualTo(11_181_642 - 2 * 64 * 7 * 7);
    assertThat(network.parameters())
        .extracting(ParameterSpec::toString)
        .startsWith(
            "conv1.weight[64, 3, 7, 7]@0", "bn1.weight[64]@9408", "bn1.bias[64]@9472",
            "layer1.0.conv1.weight[64, 64, 3, 3]@9536", "layer1.0.bn1.weight[64]@46400")
        .endsWith("fc.weight[10, 512]@21284672", "fc.bias[10]@21289792")
        .anyMatch(spec -> spec.startsWith("layer2.0.downsample.0.weight[128, 64, 1, 1]@"))
        .anyMatch(spec -> spec.startsWith("layer3.5.bn2.bias[256]@"))
        .hasSize(110);
    assertThat(network.buffers())
        .extracting(ParameterSpec::name)
        .startsWith("bn1.running_mean", "bn1.running_var", "layer1.0.bn1.running_mean")
        .contains("layer4.0.downsample.1.running_var")
        .hasSize(72);
    assertThat(network.bufferCount()).isEqualTo(2 * 8512);
    assertThat(network.batchCounters()).hasSize(36).startsWith("bn1.num_batches_tracked");
  }

  @Test
  void residualNetworksStartHeNormal() {
    Network network = ModelZoo.create("fmnist_resnet18");
    float[] values = network.initialParameters(42);
    for (ParameterSpec spec : network.parameters()) {
      double squares = 0;
      double sum = 0;
      for (int i = spec.offset(); i < spec.offset() + spec.size(); i++) {
        squares += values[i] * values[i];
        sum += values[i];
      }
      int[] shape = spec.shape();
      if (shape.length == 4) {
        double variance = 2.0 / (shape[0] * shape[2] * shape[3]);
        double error = Math.sqrt(2.0 / spec.size());
        assertThat(squares / spec.size() / variance).as(spec.name()).isCloseTo(1, within(5 * error));
        assertThat(sum / spec.size()).as(spec.name()).isCloseTo(0, within(5 * Math.sqrt(variance / spec.size())));
      } else if (!spec.name().startsWith("fc")) {
        assertThat(sum).as(spec.name()).isEqualTo(spec.name().endsWith("weight") ? spec.size() : 0);
      } else {
        assertThat(((Initializer.Uniform) spec.initial()).bound()).isEqualTo(1 / Math.sqrt(512));
      }
    }
    float[] buffers = network.initialBuffers();
    assertThat(buffers).startsWith(0f).endsWith(1f);
  }

  @Test
  void everyNameOfTheZooHasANetwork() {
    assertThat(ModelZoo.names()).allSatisfy(name -> assertThat(ModelZoo.create(name).name()).isEqualTo(name));
    assertThat(ModelZoo.create("cifar100_cnn").outputs()).isEqualTo(100);
    assertThat(ModelZoo.names()).allSatisfy(name -> assertThat(ModelZoo.create(name, 7).outputs()).isEqualTo(7));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelZoo.create("vgg"))
        .withMessageContaining("vgg")
        .withMessageContaining("fmnist_cnn");
  }

  @Test
  void initialParametersAreUniformAndOfTheSeed() {
    Network network = ModelZoo.create("fmnist_cnn");
    float[] values = network.initialParameters(42);
    assertThat(values).isEqualTo(network.initialParameters(42)).isNotEqualTo(network.initialParameters(43));
    for (ParameterSpec spec : network.parameters()) {
      double bound = ((Initializer.Uniform) spec.initial()).bound();
      double squares = 0;
      for (int i = spec.offset(); i < spec.offset() + spec.size(); i++) {
        assertThat(Math.abs(values[i])).isLessThanOrEqualTo((float) bound);
        squares += values[i] * values[i];
      }
      if (spec.size() > 200) {
        assertThat(squares / spec.size()).as(spec.name()).isCloseTo(bound * bound / 3,
            within(bound * bound / 10));
      }
    }
    assertThat(network.parameters())
        .extracting(spec -> Math.rint(Math.pow(((Initializer.Uniform) spec.initial()).bound(), -2)))
        .containsExactly(9., 9., 288., 288., 576., 576., 1152., 1152., 256., 256.);
  }

  @Test
  void refusesLayersThatCannotStandWhereTheyDo() {
    Shape image = new Shape(1, 4, 4);
    refuse("puts out 1×4×3 and has to put out a vector, or one for each position: add a Flatten", image, new Linear(3));
    refuse("no layer with parameters", image, new ReLU(), new Flatten());
    refuse("windows of 5×5 do not fit into", image, new MaxPool2d(5, 1, 0));
    refuse("no max-pooling", image, new MaxPool2d(3, 1, 2));
    refuse("over an image of channels×height×width, and its input is 16", image, new Flatten(), new MaxPool2d());
    refuse("over an image of channels×height×width, and its input is 16", image, new Flatten(), new Conv2d(2, 3, 1));
    refuse("computes nothing", image, new Residual(List.of(new Flatten()), List.of()));
    refuse("cannot add 1×4×4 of its shortcut to 2×4×4", image,
        new Residual(List.of(new Conv2d(2, 3, 1)), List.of()));
    refuse("two tensors", image, new Named("a", new BatchNorm2d()), new Named("a",
        new BatchNorm2d()));
    refuse("dropout of 1.0", image, new Flatten(), new Linear(3), new Dropout(1));
    refuse("windows of 5×5 do not fit into", image, new Conv2d(1, 5, 0));
    refuse("layer 0 is no average-pooling", image, new AvgPool2d(2, 0, 0));
    refuse("over an image of channels×height×width, and its input is 16", image, new Flatten(), new AvgPool2d(2));
    refuse("empty shape 1×0×3", image, new AdaptiveAvgPool2d(0, 3));
    refuse("upsampling by 0; the scale must be at least 1", image, new Upsample(0));
    refuse("layer 0 cannot take 1×4×4, which are 16 values, as 3×5, which are 15", image, new Reshape(3, 5));
    refuse("layer 0 cannot flatten the sizes 2 to 4 of 1×4×4", image, new Flatten(2, 4));
    refuse("layer 0 cannot normalise over the last 4 sizes of 1×4×4", image, new LayerNorm(4));
    refuse("layer 0 cannot make 2 groups of 1 channels", image, new GroupNorm(2));
    refuse("layer 0 cannot make 2 groups of 1 channels and of 4", image, new Conv2d(4, 3, 1, 1, 1, 2, true));
    refuse("a dilation and groups of at least 1", image, new Conv2d(4, 3, 1, 1, 0, 1, true));
    refuse("windows of 5×5 do not fit into", image, new Conv2d(4, 3, 1, 0, 2, 1, true));
    refuse("layer 0 drops examples with a probability of 1.0; it must be in [0, 1)", image, new StochasticDepth(1));
    refuse("layer 0 has an epsilon of 0.0; it must be positive", image, new LayerNorm(1, 0));
    refuse("layer 1 is a normalisation over an image of channels×height×width", image, new Flatten(), new LayerNorm2d());
    refuse("layer 0 begins with factors of NaN; they must be finite", image, new LayerScale(Double.NaN));
    refuse("LeakyReLU of slope NaN; it must be finite", image, new LeakyReLU(Double.NaN));
  }

  @Test
  void flattensARange() {
    for (int[] range : new int[][] {{1, -1, 24}, {1, 2, 6, 4}, {2, -1, 2, 12}, {3, 3, 2, 3, 4}}) {
      NetworkBuilder builder = new NetworkBuilder(Value.of(new Shape(2, 3, 4)));
      new Flatten(range[0], range[1]).addTo(builder, "0");
      assertThat(builder.shape().sizes()).isEqualTo(Arrays.copyOfRange(range, 2, range.length));
    }
  }

  private static void refuse(String hint, Shape input, Layer... layers) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Network("wrong", input, List.of(layers)))
        .withMessageContaining(hint);
  }

  @Test
  void imageSetsAreCheckedAndLimited() {
    ImageSet images = TestImages.bars(7, new Shape(1, 4, 4), 3, 1);
    assertThat(images.limit(9)).isSameAs(images);
    assertThat(images.limit(2).count()).isEqualTo(2);
    assertThat(images.limit(2).pixels()).hasSize(32);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageSet(new byte[15], new byte[1], 1, 1, 4, 4, 3))
        .withMessageContaining("16 bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageSet(new byte[16], new byte[] {3}, 1, 1, 4, 4, 3))
        .withMessageContaining("label 3 of image 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> images.checkFits(ModelZoo.create("fmnist_cnn"), new CrossEntropy()))
        .withMessageContaining("1×28×28");
  }
}
