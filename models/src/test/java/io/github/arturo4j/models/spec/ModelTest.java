// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.layer.BatchNorm2d;
import io.github.arturo4j.models.layer.ChannelsFirst;
import io.github.arturo4j.models.layer.ChannelsLast;
import io.github.arturo4j.models.layer.Conv2d;
import io.github.arturo4j.models.layer.Dropout;
import io.github.arturo4j.models.layer.Flatten;
import io.github.arturo4j.models.layer.GELU;
import io.github.arturo4j.models.layer.Layer;
import io.github.arturo4j.models.layer.LayerNorm;
import io.github.arturo4j.models.layer.LayerNorm2d;
import io.github.arturo4j.models.layer.LayerScale;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.Located;
import io.github.arturo4j.models.layer.MaxPool2d;
import io.github.arturo4j.models.layer.MultiHeadAttention;
import io.github.arturo4j.models.layer.Named;
import io.github.arturo4j.models.layer.ParameterSpec;
import io.github.arturo4j.models.layer.Place;
import io.github.arturo4j.models.layer.PositionalEmbedding;
import io.github.arturo4j.models.layer.ReLU;
import io.github.arturo4j.models.layer.ReLU6;
import io.github.arturo4j.models.layer.Residual;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.layer.SinusoidalPositions;
import io.github.arturo4j.models.layer.Stage;
import io.github.arturo4j.models.layer.StochasticDepth;
import io.github.arturo4j.models.layer.TiedLinear;
import io.github.arturo4j.models.zoo.Gpt;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class ModelTest {
  private static final Shape IMAGE = new Shape(1, 12, 12);

  /** Names a part by its path, as a file would by its line. */
  private static Model model(String yaml) {
    List<?> tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    return Model.of(
        tree, path -> new Place("at " + path.stream().map(Object::toString).collect(Collectors.joining("/")), 0));
  }

  @Test
  void aListOfLayersIsTheNetworkThatJavaWouldMakeOfThem() {
    Network read =
        model(
                """
                - conv: {out: 4, kernel: 3, padding: 1}
                - relu
                - maxpool
                - dropout: 0.25
                - residual:
                    name: block
                    body:
                      - conv: {out: 4, kernel: 3, padding: 1, bias: false}
                      - batchnorm
                - flatten
                - linear: {name: head, out: outputs}
                """)
            .network(IMAGE, 7);
    Network written =
        new Network(
            "model", IMAGE,
            List.of(
                new Conv2d(4, 3, 1), new ReLU(), new MaxPool2d(), new Dropout(.25),
                new Named("block", new Residual(List.of(new Conv2d(4, 3, 1, 1, false), new BatchNorm2d()), List.of())),
                new Flatten(), new Named("head", new Linear(7))));
    assertThat(read.parameters()).isEqualTo(written.parameters());
    assertThat(read.buffers()).isEqualTo(written.buffers());
    assertThat(read.stages()).hasSameSizeAs(written.stages());
    assertThat(read.outputs()).isEqualTo(7);
    assertThat(read.initialParameters(3)).isEqualTo(written.initialParameters(3));
  }

  /** GPT's layers in a file. */
  private static final String GPT =
      """
      - sequential:
          name: transformer
          init: {weight: normal:0.02, c_proj.weight: normal:0.01, bias: 0}
          layers:
            - embedding: {name: wte, entries: 11, dimensions: 12}
            - positions: {name: wpe, entries: 9}
            - dropout: {name: drop, probability: 0.1}
            - sequential:
                name: h
                layers:
                  - repeat:
                      times: 2
                      layers:
                        - sequential:
                            - residual:
                                name: ""
                                body:
                                  - layernorm: {name: ln_1, dimensions: 1}
                                  - attention: {name: attn, heads: 3, causal: true, dropout: 0.1}
                                  - dropout: {name: attn.resid_dropout, probability: 0.1}
                            - residual:
                                name: ""
                                body:
                                  - layernorm: {name: ln_2, dimensions: 1}
                                  - linear: {name: mlp.c_fc, out: 48}
                                  - gelu: {name: mlp.gelu, approximate: tanh}
                                  - linear: {name: mlp.c_proj, out: 12}
                                  - dropout: {name: mlp.dropout, probability: 0.1}
            - layernorm: {name: ln_f, dimensions: 1}
      - tied_linear: {name: lm_head, tensor: transformer.wte.weight}
      """;

  @Test
  void aLanguageModelIsThatOfTheZoo() {
    Network read = model(GPT).network(new Shape(7), 11);
    Network made = new Network("model", new Shape(7), Gpt.layers(11, 9, 12, 2, 3, .1));
    assertThat(read.parameters()).isEqualTo(made.parameters());
    assertThat(read.initialParameters(5)).isEqualTo(made.initialParameters(5));
    assertThat(read.stages()).extracting(Stage::name).containsExactlyElementsOf(made.stages().stream().map(Stage::name).toList());
    assertThat(read.stages()).extracting(Stage::randomStreams)
        .containsExactlyElementsOf(made.stages().stream().map(Stage::randomStreams).toList());
  }

  @Test
  void layersOfAFileAreThoseOfJava() {
    LayerReader reader = new LayerReader(2);
    Object tree =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(
                "[relu6, channels_last, channels_first, layer_scale, layer_scale: 0.5, stochastic_depth: 0.1, layernorm2d,"
                    + " layernorm2d: 0.001, layernorm: {dimensions: 1, epsilon: 0.01}, attention: 4, positions: 3,"
                    + " positions: {entries: 5, deviation: 0.5}, sinusoidal_positions, gelu, gelu: tanh,"
                    + " attention: {heads: 2, causal: true, dropout: 0.25}, tied_linear: a.weight]");
    List<Layer> layers = reader.layers(new Node(tree, List.of(), _ -> new Place("x", 0)));
    assertThat(layers).extracting(layer -> ((Located) layer).layer())
        .containsExactly(
            new ReLU6(), new ChannelsLast(), new ChannelsFirst(), new LayerScale(1e-6), new LayerScale(.5), new StochasticDepth(.1),
            new LayerNorm2d(1e-5), new LayerNorm2d(.001), new LayerNorm(1, .01),
            new MultiHeadAttention(4, false), new PositionalEmbedding(3), new PositionalEmbedding(5, .5), new SinusoidalPositions(),
            new GELU(), new GELU(GELU.Approximate.tanh), new MultiHeadAttention(2, true, .25), new TiedLinear("a.weight"));
  }

  @Test
  void repeatWritesItsLayersOneBehindTheOther() {
    List<ParameterSpec> repeated =
        model(
                """
                - flatten
                - repeat:
                    times: 3
                    from: 2
                    layers:
                      - linear: {name: "deep{n}.map", out: 5}
                      - tanh
                - linear: outputs
                """)
            .network(IMAGE, 2).parameters();
    assertThat(repeated).extracting(ParameterSpec::name)
        .containsExactly(
            "deep2.map.weight", "deep2.map.bias", "deep3.map.weight", "deep3.map.bias", "deep4.map.weight",
            "deep4.map.bias", "7.weight", "7.bias");
  }

  @Test
  void modelsAreEqualIfTheirLayersAre() {
    assertThat(model("- linear: 3")).isEqualTo(model("[linear: 3]")).hasSameHashCodeAs(model("[linear: 3]"));
    assertThat(model("- linear: 3")).isNotEqualTo(model("- linear: 4"));
  }

  /** What is wrong is said with its place, whatever it is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "[]|at : there are no layers; it must be a list of layers, each '- relu' or '- conv: {out: 32, kernel: 3}'",
        "[rely]|at 0: no layer is 'rely'; there are: adaptive_avgpool, ",
        "[relu, 3]|at 1: a layer is 3; it must be one name, perhaps with ': ' and its keys in { }",
        "[{conv: {out: 3, kernel: 1}, relu: }]|at 0: a layer is a section of keys; it must be one name",
        "[conv]|at 0: conv has no 'out'; add it",
        "[conv: {out: 3}]|at 0/conv: conv has no 'kernel'; add it",
        "[conv: {out: three, kernel: 1}]|at 0/conv/out: conv.out is \"three\"; it must be a whole number, or 'outputs' for as many as"
            + " there are classes or values to predict",
        "[conv: {out: 3, kernel: 1.5}]|at 0/conv/kernel: conv.kernel is 1.5; it must be a whole number",
        "[conv: {out: 3, kernel: 1, pading: 1}]|at 0/conv/pading: conv has no key 'pading'; its keys are: out, kernel, stride, padding,"
            + " dilation, groups, bias, name, init",
        "[conv: {out: 3, kernel: 1, bias: 1}]|at 0/conv/bias: conv.bias is 1; it must be true or false",
        "[relu: 3]|at 0/relu: relu has no keys but name and init, and is 3; leave it out",
        "[relu: {slope: 3}]|at 0/relu/slope: relu has no key 'slope'; its keys are: name, init",
        "[dropout: 0.5x]|at 0/dropout: dropout.probability is \"0.5x\"; it must be a number",
        "[linear: {name: a b, out: 3}]|at 0/linear/name: linear.name is \"a b\"; it must be a name of letters, digits and _, with dots"
            + " between, in quotes if it is a number",
        "[linear: {init: good, out: 3}]|at 0/linear/init: linear.init is 'good'; it must be one of: pytorch, he, he_fan_out, xavier,"
            + " xavier_normal, orthogonal, normal:DEVIATION, truncated_normal:DEVIATION",
        "[linear: {init: {weight: normal:0}, out: 3}]|at 0/linear/init/weight: linear.init.weight is 'normal:0'; it must be a number,"
            + " normal:DEVIATION, truncated_normal:DEVIATION, uniform:BOUND, or orthogonal",
        "[linear: {init: {bias: he}, out: 3}]|at 0/linear/init/bias: linear.init.bias is 'he'; it must be a number, normal:",
        "[gelu: quick]|at 0/gelu: gelu.approximate is \"quick\"; it must be one of: none, tanh",
        "[tied_linear: 3]|at 0/tied_linear: tied_linear.tensor is 3; it must be a text",
        "[tied_linear]|at 0: tied_linear has no 'tensor'; add it",
        "[attention: {causal: true}]|at 0/attention: attention has no 'heads'; add it",
        "[attention: {heads: 3, causal: 1}]|at 0/attention/causal: attention.causal is 1; it must be true or false",
        "[reshape: 4]|at 0/reshape: reshape.shape is 4; it must be a list of whole numbers, in [ ]",
        "[reshape: [2, x]]|at 0/reshape/1: reshape.shape is \"x\"; it must be a whole number",
        "[reshape: [2, 0]]|at 0: reshape: empty shape 2×0",
        "[residual: {body: relu}]|at 0/residual/body: what should be layers is \"relu\"; it must be a list of layers",
        "[residual: {body: [{linear: a}]}]|at 0/residual/body/0/linear: linear.out is \"a\"; it must be a whole number",
        "[repeat: {times: 0, layers: [relu]}]|at 0/repeat: times is 0; it must be between 1 and 10000",
        "[repeat: {times: 9999, layers: [relu, relu]}]|at 0: more than 10000 layers; repeat fewer",
        "[repeat: {layers: [relu]}]|at 0/repeat: repeat has no 'times'; add it",
      })
  void aMistakeIsNamedWithItsPlace(String yaml, String message) {
    assertThatThrownBy(() -> model(yaml)).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(message)
        .message().doesNotContain("\n");
  }

  /** What does not fit the shape that it is given is said with place, layer and shape. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "[flatten, {conv: {out: 3, kernel: 3}}]|at 1: conv: layer 1 is a convolution over an image of channels×height×width, and its input"
            + " is 144; its input is 144",
        "[sequential: [{maxpool: 4}, {conv: {out: 3, kernel: 5}}]]|at 0/sequential/1: conv: windows of 5×5 do not fit into 1×3×3 with a"
            + " padding of 0; its input is 1×3×3",
        "[conv: {out: 4, kernel: 3, groups: 2}]|at 0: conv: layer 0 cannot make 2 groups of 1 channels and of 4 that it puts out; its input"
            + " is 1×12×12",
        "[residual: {body: [{conv: {out: 4, kernel: 3, padding: 1}}]}]|at 0: residual: residual 0 cannot add 1×12×12 of its shortcut to"
            + " 4×12×12 of its body; its input is 1×12×12",
        "[linear: {out: 2, init: {gain: 1}}]|at 0: linear: layer 0 has no tensor whose name ends with gain; its input is 1×12×12",
        "[relu: {name: ''}]|at 0: relu: only a layer in another layer may have an empty name",
        "[flatten, {linear: {name: a, out: 2}}, {linear: {name: a, out: 2}}]|at 2: linear: two tensors have the name a.weight; its input is"
            + " 2",
      })
  void aLayerThatDoesNotFitIsNamedWithPlaceAndShape(String yaml, String message) {
    Model model = model(yaml);
    assertThatThrownBy(() -> model.network(IMAGE, 2)).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void everyKindOfLayerTellsItsKeysAndIsReadWithThem() {
    assertThat(LayerTypes.names()).isSorted().doesNotHaveDuplicates().contains("conv", "residual");
    assertThat(LayerTypes.keys("conv"))
        .contains(new LayerKey("out", "a whole number, or outputs", null), new LayerKey("bias", "true or false", "true"));
    assertThat(LayerTypes.keys("relu")).isEmpty();
    for (String name : LayerTypes.names()) {
      assertThat(LayerTypes.keys(name)).extracting(LayerKey::name).doesNotHaveDuplicates();
    }
  }
}
