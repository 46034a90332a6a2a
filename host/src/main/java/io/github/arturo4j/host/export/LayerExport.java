// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.export;

import io.github.arturo4j.host.io.InputException;
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
import io.github.arturo4j.models.layer.Initialized;
import io.github.arturo4j.models.layer.InitializedTensors;
import io.github.arturo4j.models.layer.Layer;
import io.github.arturo4j.models.layer.LayerNorm;
import io.github.arturo4j.models.layer.LayerNorm2d;
import io.github.arturo4j.models.layer.LayerScale;
import io.github.arturo4j.models.layer.LayerSummary;
import io.github.arturo4j.models.layer.LeakyReLU;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.Located;
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
import java.util.Iterator;
import java.util.List;

/** Makes nodes of a network's layers, which it walks in the order of their summaries; each kind of layer has its line here. */
final class LayerExport {
  private final Network network;
  private final OnnxGraph graph;
  private final Iterator<LayerSummary> summaries;

  private LayerExport(Network network, OnnxGraph graph) {
    this.network = network;
    this.graph = graph;
    summaries = network.summaries().iterator();
  }

  /**
   * Adds all layers of a network to a graph.
   *
   * @return what the last puts out
   * @throws InputException if there is a layer that is not known here; one line
   */
  static String addAll(Network network, OnnxGraph graph, String input) {
    return new LayerExport(network, graph).addAll(network.layers(), input);
  }

  private String addAll(List<Layer> layers, String input) {
    String value = input;
    for (Layer layer : layers) {
      value = add(layer, new LayerSite(graph, summaries.next(), value));
    }
    return value;
  }

  /** Adds a layer; what it puts out. */
  private String add(Layer layer, LayerSite site) {
    return switch (layer) {
      case Named named -> add(named.layer(), site);
      case Located located -> add(located.layer(), site);
      case Initialized initialized -> add(initialized.layer(), site);
      case InitializedTensors initialized -> add(initialized.layer(), site);
      case Sequential sequential -> addAll(sequential.layers(), site.value());
      case Residual residual -> residual(residual, site);

      case Dropout _, StochasticDepth _ -> site.value();
      case Flatten _, Reshape _ -> reshaped(site);

      case ReLU _ -> site.node("Relu");
      case ReLU6 _ -> site.node("Clip", List.of(site.number(0), site.number(6)));
      case ELU elu -> site.node("Elu", Attribute.real("alpha", elu.alpha()));
      case LeakyReLU leaky -> site.node("LeakyRelu", Attribute.real("alpha", leaky.slope()));
      case GELU gelu -> site.node("Gelu", Attribute.word("approximate", gelu.approximate().name()));
      case SiLU _ -> site.node("Mul", List.of(site.node("Sigmoid")));
      case Sigmoid _ -> site.node("Sigmoid");
      case Tanh _ -> site.node("Tanh");
      case Softmax _ -> site.node("Softmax", Attribute.integer("axis", 1));

      case Conv2d convolution -> ImageExport.convolution(convolution, site);
      case MaxPool2d pool -> ImageExport.maximum(pool, site);
      case AvgPool2d pool -> ImageExport.average(pool, site);
      case AdaptiveAvgPool2d _ -> ImageExport.adaptiveAverage(site);
      case GlobalAveragePool _ -> ImageExport.globalAverage(site);
      case ChannelsLast _ -> ImageExport.channelsLast(site, site.input());
      case ChannelsFirst _ -> ImageExport.channelsFirst(site, site.input());
      case Upsample upsample -> ImageExport.upsample(upsample, site);

      case BatchNorm2d _ -> NormExport.batch(site);
      case GroupNorm norm -> NormExport.group(norm, site);
      case LayerNorm norm -> NormExport.layer(norm, site);
      case LayerNorm2d norm -> NormExport.channels(norm, site);
      case LayerScale _ -> site.node("Mul", List.of(site.tensor()));

      case Linear _ -> LinearExport.linear(site);
      case TiedLinear tied -> LinearExport.tied(tied, site);
      case Embedding _ -> SequenceExport.embedding(site);
      case PositionalEmbedding positions -> SequenceExport.positions(positions, site);
      case SinusoidalPositions _ -> SequenceExport.sinusoidalPositions(site);
      case MultiHeadAttention attention -> SequenceExport.attention(attention, site);

      default ->
          throw new InputException(
              "layer " + site.summary().path() + " of " + network.name() + " is a " + layer.getClass().getSimpleName()
                  + ", which has no translation to ONNX; make it of layers that have one, or hand the weights on as safetensors");
    };
  }

  private static String reshaped(LayerSite site) {
    Shape shape = site.summary().output();
    return shape.equals(site.shape()) ? site.value() : site.reshape(site.value(), shape.sizes());
  }

  private String residual(Residual residual, LayerSite site) {
    String body = addAll(residual.body(), site.value());
    String shortcut = addAll(residual.shortcut(), site.value());
    return site.of("Add", List.of(graph.floats(body), graph.floats(shortcut)));
  }
}
