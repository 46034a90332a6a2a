// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

/**
 * The product with a tensor that another layer in front of it has, as its weight, without a bias: y = x Wᵀ over the last size,
 * as a language model's output layer with the table of its {@link Embedding}, one logit a token (Press, Wolf, EACL 2017). The
 * two gradients add up. A checkpoint has the tensor once, under its owner's name, where PyTorch's state_dict of such a network
 * has it a second time under the name of this layer: GPT-2's {@code lm_head.weight}.
 *
 * @param tensor the name of the weight of an Embedding, or of a Linear without bias: {@code transformer.wte.weight}
 */
public record TiedLinear(String tensor) implements Layer {
  /** As a file describes it. */
  public static TiedLinear of(LayerArguments a) {
    return new TiedLinear(a.text("tensor"));
  }

  @Override
  public void addTo(NetworkBuilder network, String path) {
    ParameterSpec weight = network.shared(path, tensor);
    int[] sizes = weight.shape();
    int in = network.shape().last();
    if (sizes[1] != in) {
      throw new IllegalArgumentException(
          "layer " + path + " multiplies by " + tensor + " of " + new Shape(sizes) + ", and its input is " + network.shape()
              + ": the last sizes have to be equal");
    }
    network.add(
        Affine.of(
            network.stageName("linear", path), network.value(), network.shape().withLast(sizes[0]),
            new Linear.Map(network.shape().size() / in, in, sizes[0], weight, null, false)));
  }
}
