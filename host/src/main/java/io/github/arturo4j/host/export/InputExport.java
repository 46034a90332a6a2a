// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.export;

import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.layer.Shape;
import java.util.Arrays;
import java.util.List;

/** What a model is given, and the nodes that prepare it for the network. */
record InputExport(Network network, OnnxOptions options) {
  private static final String PLACE = "preprocessing";
  private static final float WHITE = 255;

  /** Checks that examples of that kind can be prepared like that for the network. */
  InputExport {
    if (network.vocabulary() > 0 && (options.preprocessing() || options.normalization() != null)) {
      throw new InputException(network.name() + " takes tokens, for which there is no preprocessing; leave it out");
    }
    if (network.vocabulary() == 0 && options.examples() == Features.Tokens.class) {
      throw new InputException(network.name() + " takes no tokens: it has no Embedding; name bytes or floats");
    }
    new Preprocessing(null, options.normalization()).checkFits(network.input());
  }

  private boolean ofBytes() {
    return options.examples() == Features.Bytes.class;
  }

  /** Type of the input. */
  OnnxGraph.Input type() {
    if (network.vocabulary() > 0) {
      return OnnxGraph.Input.TOKENS;
    }
    return options.preprocessing() && ofBytes() ? OnnxGraph.Input.BYTES : OnnxGraph.Input.FLOATS;
  }

  /** Adds the nodes; what the network is given. */
  String addTo(OnnxGraph graph) {
    String value = graph.input(type());
    if (!options.preprocessing()) {
      return value;
    }
    if (ofBytes()) {
      value = graph.toFloat(value, PLACE);
      value = graph.node("Div", PLACE, List.of(value, graph.floats(PLACE, new float[] {WHITE})));
    }
    if (options.normalization() != null) {
      value = graph.node("Sub", PLACE, List.of(value, channels(graph, options.normalization().mean())));
      value = graph.node("Div", PLACE, List.of(value, channels(graph, options.normalization().std())));
    }
    return value;
  }

  /** Numbers of the channels, to be broadcast over their pixels. */
  private String channels(OnnxGraph graph, List<Double> numbers) {
    float[] values = new float[numbers.size()];
    for (int c = 0; c < values.length; c++) {
      values[c] = numbers.get(c).floatValue();
    }
    Shape image = network.input();
    int[] sizes = new int[image.rank()];
    Arrays.fill(sizes, 1);
    sizes[0] = image.channels();
    return graph.floats(PLACE, values, sizes);
  }

  /** What the input is, in words. */
  String words() {
    if (type() == OnnxGraph.Input.TOKENS) {
      return "tokens from 0 to " + (network.vocabulary() - 1);
    }
    if (options.preprocessing()) {
      return ofBytes() ? "bytes from 0 to 255, as they are: the model prepares them" : "floats, as they are: the model prepares them";
    }
    String scaled = ofBytes() ? "bytes divided by 255" : "floats";
    return options.normalization() == null ? scaled : scaled + ", then (x - mean) / std of each channel";
  }
}
