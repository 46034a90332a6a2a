// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.layer.ParameterSpec;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.plan.PredictionPlan;
import io.github.arturo4j.models.zoo.Gpt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** State dicts of GPT-2 in Hugging Face's layout: Conv1D, x W + b with W [in, out], of which c_proj's is square. */
class WeightConventionTest {
  private static final int VOCABULARY = 11;
  private static final int POSITIONS = 8;
  private static final int WIDTH = 8;
  private static final Network NETWORK =
      new Network("gpt", new Shape(POSITIONS), Gpt.layers(VOCABULARY, POSITIONS, WIDTH, 2, 2, 0.1));

  /**
   * Of the last position of both examples, by PyTorch 1.13 in double precision: the forward pass of transformers'
   * modeling_gpt2.py, its Conv1D as {@code addmm(bias, x, weight)}, on these files' values.
   */
  private static final double[][] LOGITS = {
    {-0.61448, -1.16191, -0.76409, -0.12941, -0.05927, 0.01087, 0.64339, 0.79723, 0.86736, 0.74858, 0.81872},
    {0.00217, -0.43532, -0.76857, 0.13668, 0.20682, 0.27697, 0.82834, 0.35504, 0.42518, 0.10073, 0.17087}
  };

  @TempDir Path folder;

  /** A tensor of a file. */
  private record Tensor(String name, List<Integer> shape, double... values) {
    Tensor named(String other) {
      return new Tensor(other, shape, values);
    }
  }

  /** Tensor number {@code number} in the state_dict. */
  private static Tensor tensor(int number, String name, Integer... shape) {
    double[] values = new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    double base = name.matches(".*ln_.\\.weight") ? 1 : 0;
    Arrays.setAll(values, i -> base + ((37 * i + 11 * number) % 101 - 50) / 128.0);
    return new Tensor(name, List.of(shape), values);
  }

  /** GPT2Model's. */
  private static List<Tensor> stateDict() {
    List<Tensor> all = new ArrayList<>();
    all.add(tensor(0, "wte.weight", VOCABULARY, WIDTH));
    all.add(tensor(1, "wpe.weight", POSITIONS, WIDTH));
    for (String block : List.of("h.0.", "h.1.")) {
      all.add(tensor(all.size(), block + "ln_1.weight", WIDTH));
      all.add(tensor(all.size(), block + "ln_1.bias", WIDTH));
      all.add(tensor(all.size(), block + "attn.c_attn.weight", WIDTH, 3 * WIDTH));
      all.add(tensor(all.size(), block + "attn.c_attn.bias", 3 * WIDTH));
      all.add(tensor(all.size(), block + "attn.c_proj.weight", WIDTH, WIDTH));
      all.add(tensor(all.size(), block + "attn.c_proj.bias", WIDTH));
      all.add(tensor(all.size(), block + "ln_2.weight", WIDTH));
      all.add(tensor(all.size(), block + "ln_2.bias", WIDTH));
      all.add(tensor(all.size(), block + "mlp.c_fc.weight", WIDTH, 4 * WIDTH));
      all.add(tensor(all.size(), block + "mlp.c_fc.bias", 4 * WIDTH));
      all.add(tensor(all.size(), block + "mlp.c_proj.weight", 4 * WIDTH, WIDTH));
      all.add(tensor(all.size(), block + "mlp.c_proj.bias", WIDTH));
    }
    all.add(tensor(all.size(), "ln_f.weight", WIDTH));
    all.add(tensor(all.size(), "ln_f.bias", WIDTH));
    return all;
  }

  /** GPT2LMHeadModel's. */
  private static List<Tensor> prefixed(List<Tensor> tensors) {
    return tensors.stream().map(each -> each.named("transformer." + each.name())).toList();
  }

  private static List<Tensor> with(List<Tensor> tensors, Tensor... more) {
    return Stream.concat(tensors.stream(), Arrays.stream(more)).toList();
  }

  private static List<Tensor> replaced(Tensor other) {
    return stateDict().stream().map(each -> each.name().equals(other.name()) ? other : each).toList();
  }

  private WeightFile file(List<Tensor> tensors) throws IOException {
    HandMade file = new HandMade();
    tensors.forEach(each -> file.add(each.name(), "F32", each.shape(), each.values()));
    return WeightFile.open(file.write(folder.resolve("gpt2.safetensors")));
  }

  /** As it is in files of Hugging Face's earlier versions, and of nanoGPT's without fused attention. */
  private static Tensor mask(String name) {
    Tensor mask = new Tensor(name, List.of(1, 1, POSITIONS, POSITIONS), new double[POSITIONS * POSITIONS]);
    Arrays.setAll(mask.values(), i -> i % POSITIONS <= i / POSITIONS ? 1 : 0);
    return mask;
  }

  static List<Arguments> files() {
    List<Tensor> model = stateDict();
    Tensor[] masks = {mask("h.0.attn.bias"), mask("h.1.attn.bias"), new Tensor("h.0.attn.masked_bias", List.of(), -1e4)};
    return List.of(
        argumentSet("GPT2Model", model),
        argumentSet("GPT2Model with masks", with(model, masks)),
        argumentSet("GPT2LMHeadModel", prefixed(model)),
        argumentSet("GPT2LMHeadModel with masks", prefixed(with(model, masks))),
        argumentSet("GPT2LMHeadModel with its head", with(prefixed(model), tensor(0, "lm_head.weight", VOCABULARY, WIDTH))));
  }

  @ParameterizedTest
  @MethodSource("files")
  void huggingFacesGpt2HasItsLogits(List<Tensor> tensors) throws IOException {
    try (WeightFile file = file(tensors)) {
      assertGpt2(file.weights(NETWORK));
    }
  }

  private static void assertGpt2(Weights weights) {
    int[] tokens = IntStream.range(0, 2 * POSITIONS).map(i -> (7 * i + i * i) % VOCABULARY).toArray();
    try (PredictionPlan plan = new PredictionPlan(NETWORK, weights, 2, Devices.list().getFirst().device())) {
      float[] logits = plan.predict(Features.of(tokens, POSITIONS));
      for (int example = 0; example < LOGITS.length; example++) {
        for (int i = 0; i < VOCABULARY; i++) {
          double actual = logits[((example + 1) * POSITIONS - 1) * VOCABULARY + i];
          assertThat(actual).as("logit %d of example %d", i, example).isCloseTo(LOGITS[example][i], offset(3e-5));
        }
      }
    }
  }

  /** Whether a matrix is transposed is told by the file as a whole: the square one of nanoGPT's and of our own is not. */
  @Test
  void linearLayersOfAStateDictStayAsTheyAre() throws IOException {
    Weights gpt2;
    try (WeightFile file = file(stateDict())) {
      gpt2 = file.weights(NETWORK);
    }
    List<Tensor> nanoGpt = new ArrayList<>();
    for (ParameterSpec spec : NETWORK.parameters()) {
      double[] values = new double[spec.size()];
      Arrays.setAll(values, i -> gpt2.parameters()[spec.offset() + i]);
      nanoGpt.add(new Tensor(spec.name(), Arrays.stream(spec.shape()).boxed().toList(), values));
    }
    nanoGpt.add(nanoGpt.getFirst().named("lm_head.weight"));
    nanoGpt.add(mask("transformer.h.0.attn.bias"));
    try (WeightFile file = file(nanoGpt)) {
      assertGpt2(file.weights(NETWORK));
    }
  }

  static List<Arguments> others() {
    List<Tensor> whole = stateDict();
    return List.of(
        argumentSet(
            "a tensor is missing", whole.subList(0, whole.size() - 1),
            "has no tensor ln_f.bias, so it is no gpt: its tensors are wte.weight, wpe.weight, h.0.ln_1.weight, ...; choose the"
                + " experiment of its network, or rename them"),
        argumentSet(
            "a tensor is too many", with(whole, tensor(0, "h.2.ln_1.weight", WIDTH)),
            "has a tensor h.2.ln_1.weight, which gpt has not; choose the experiment of its network, or leave the tensor out of"
                + " the file"),
        argumentSet(
            "another shape", replaced(tensor(0, "h.0.mlp.c_fc.weight", WIDTH, 3 * WIDTH)),
            "has tensor h.0.mlp.c_fc.weight of shape [8, 24], but that of gpt has [8, 32]; choose the experiment of its network"),
        argumentSet(
            "another width", replaced(tensor(0, "ln_f.weight", VOCABULARY)),
            "has tensor ln_f.weight of shape [11], but that of gpt has [8]; choose the experiment of its network"),
        argumentSet(
            "a head of its own", with(whole, tensor(1, "lm_head.weight", VOCABULARY, WIDTH)),
            "has tensor lm_head.weight with other values than wte.weight, but in gpt they are one; give the network an output"
                + " layer of its own, or leave the tensor out of the file"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void anotherNetworksFileIsRefused(List<Tensor> tensors, String fault) throws IOException {
    try (WeightFile file = file(tensors)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> file.weights(NETWORK))
          .withMessage("'" + folder.resolve("gpt2.safetensors") + "' " + fault);
    }
  }

  @Test
  void anOutputLayerThatIsAnEmbeddingsCannotBeginAnew() throws IOException {
    try (WeightFile file = file(stateDict())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> file.weightsButHead(NETWORK, 1))
          .withMessage(
              "the last layer of gpt, lm_head, has no weights of its own but transformer.wte.weight; leave out --replace-head, or"
                  + " make the layer a linear one");
    }
  }
}
