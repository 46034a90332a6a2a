// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.spec;

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
import io.github.arturo4j.models.layer.Layer;
import io.github.arturo4j.models.layer.LayerArguments;
import io.github.arturo4j.models.layer.LayerNorm;
import io.github.arturo4j.models.layer.LayerNorm2d;
import io.github.arturo4j.models.layer.LayerScale;
import io.github.arturo4j.models.layer.LeakyReLU;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.MaxPool2d;
import io.github.arturo4j.models.layer.MultiHeadAttention;
import io.github.arturo4j.models.layer.PositionalEmbedding;
import io.github.arturo4j.models.layer.ReLU;
import io.github.arturo4j.models.layer.ReLU6;
import io.github.arturo4j.models.layer.Reshape;
import io.github.arturo4j.models.layer.Residual;
import io.github.arturo4j.models.layer.Sequential;
import io.github.arturo4j.models.layer.SiLU;
import io.github.arturo4j.models.layer.Sigmoid;
import io.github.arturo4j.models.layer.SinusoidalPositions;
import io.github.arturo4j.models.layer.Softmax;
import io.github.arturo4j.models.layer.StochasticDepth;
import io.github.arturo4j.models.layer.Tanh;
import io.github.arturo4j.models.layer.TiedLinear;
import io.github.arturo4j.models.layer.Upsample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.ServiceLoader;
import java.util.function.Function;

/** The kinds of layers that files can name: those of this library, and those that the class path brings along. */
public final class LayerTypes {
  private static final SequencedMap<String, LayerType> TYPES = new LinkedHashMap<>();

  static {
    add("adaptive_avgpool", AdaptiveAvgPool2d::of);
    add("attention", MultiHeadAttention::of);
    add("avgpool", AvgPool2d::of);
    add("batchnorm", _ -> new BatchNorm2d());
    add("channels_first", _ -> new ChannelsFirst());
    add("channels_last", _ -> new ChannelsLast());
    add("conv", Conv2d::of);
    add("dropout", Dropout::of);
    add("elu", ELU::of);
    add("embedding", Embedding::of);
    add("flatten", Flatten::of);
    add("gelu", GELU::of);
    add("global_avgpool", _ -> new GlobalAveragePool());
    add("groupnorm", GroupNorm::of);
    add("layer_scale", LayerScale::of);
    add("layernorm", LayerNorm::of);
    add("layernorm2d", LayerNorm2d::of);
    add("leaky_relu", LeakyReLU::of);
    add("linear", Linear::of);
    add("maxpool", MaxPool2d::of);
    add("positions", PositionalEmbedding::of);
    add("relu", _ -> new ReLU());
    add("relu6", _ -> new ReLU6());
    add("reshape", Reshape::of);
    add("residual", Residual::of);
    add("sequential", Sequential::of);
    add("sigmoid", _ -> new Sigmoid());
    add("silu", _ -> new SiLU());
    add("sinusoidal_positions", _ -> new SinusoidalPositions());
    add("softmax", _ -> new Softmax());
    add("stochastic_depth", StochasticDepth::of);
    add("tanh", _ -> new Tanh());
    add("tied_linear", TiedLinear::of);
    add("upsample", Upsample::of);
    ServiceLoader.load(LayerType.class).forEach(LayerTypes::add);
  }

  private LayerTypes() {}

  private record Known(String name, Function<LayerArguments, Layer> reader) implements LayerType {
    @Override
    public Layer read(LayerArguments arguments) {
      return reader.apply(arguments);
    }
  }

  private static void add(String name, Function<LayerArguments, Layer> reader) {
    add(new Known(name, reader));
  }

  private static void add(LayerType type) {
    LayerType other = TYPES.putIfAbsent(type.name(), type);
    if (other != null) {
      throw new IllegalStateException(
          "two kinds of layers have the name '" + type.name() + "': " + other.getClass() + " and " + type.getClass());
    }
  }

  /** Their names. */
  public static List<String> names() {
    return List.copyOf(TYPES.keySet());
  }

  /** The one of a name; null if there is none. */
  static LayerType find(String name) {
    return TYPES.get(name);
  }

  /** A kind's keys, in the order in which it asks for them. */
  public static List<LayerKey> keys(String name) {
    KeyRecorder recorder = new KeyRecorder();
    TYPES.get(name).read(recorder);
    return recorder.keys();
  }
}
