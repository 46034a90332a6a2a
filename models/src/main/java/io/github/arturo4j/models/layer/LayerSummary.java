// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import java.util.List;

/**
 * A layer in its network.
 *
 * @param path its place, which its tensors' names begin with
 * @param depth layers that it is in, such as a {@link Residual}
 * @param type what it is, as Java and PyTorch call it
 * @param input shape of what it takes
 * @param output shape of what it puts out
 * @param parameters its tensors, and those of the layers in it
 * @param multiplyAdds multiplications, each with an addition, of the products and convolutions of one example, forward
 * @param values that it and the layers in it put out for an example, each layer in an array of its own
 */
public record LayerSummary(
    String path, int depth, String type, Shape input, Shape output, List<ParameterSpec> parameters, long multiplyAdds,
    long values) {
  /** Number of its parameters. */
  public int parameterCount() {
    return parameters.stream().mapToInt(ParameterSpec::size).sum();
  }
}
