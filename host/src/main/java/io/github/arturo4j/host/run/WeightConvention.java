// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.layer.ParameterSpec;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * How a file names and lays out a network's tensors, where it is not the state_dict of the same layers in PyTorch.
 *
 * @param prefix of the network's names, which the file's do not have
 * @param transposed the network's tensors that are matrices [in, out] in the file, and not [out, in]
 * @param ignored tensors of the file that are no weights
 */
record WeightConvention(String prefix, Predicate<String> transposed, Predicate<String> ignored) {
  private static final WeightConvention STATE_DICT = new WeightConvention("", _ -> false, _ -> false);

  private static final String GPT2 = "transformer.";
  private static final Predicate<String> ATTENTION = ending("h\\.\\d+\\.attn\\.c_attn\\.weight");
  private static final Predicate<String> CONV1D =
      ending("h\\.\\d+\\.(attn\\.c_attn|attn\\.c_proj|mlp\\.c_fc|mlp\\.c_proj)\\.weight");
  private static final Predicate<String> MASKS = ending("h\\.\\d+\\.attn\\.(bias|masked_bias)");

  private static Predicate<String> ending(String pattern) {
    return Pattern.compile("(.*\\.)?" + pattern).asMatchPredicate();
  }

  /**
   * The convention of a file. That of a network with GPT-2's names may be a state_dict, as nanoGPT writes it, or one of Hugging
   * Face's GPT-2: its linear layers are Conv1D, whose weights are transposed, as a whole file tells by those of its
   * attentions, [in, 3 · in]; GPT2Model's names lack the first word of GPT2LMHeadModel's. Both may have the attention's masks.
   */
  static WeightConvention of(Network network, SafetensorsFile file) {
    if (network.parameters().stream().map(ParameterSpec::name).noneMatch(ATTENTION)) {
      return STATE_DICT;
    }
    boolean whole = file.names().stream().anyMatch(name -> name.startsWith(GPT2));
    boolean conv1d = file.names().stream().filter(ATTENTION).map(file::shape).anyMatch(WeightConvention::isInputFirst);
    return new WeightConvention(whole ? "" : GPT2, conv1d ? CONV1D : _ -> false, MASKS);
  }

  /** Of weights of queries, keys and values, which are as many as there are inputs each. */
  private static boolean isInputFirst(int[] shape) {
    return shape.length == 2 && shape[1] == 3L * shape[0];
  }

  /** The file's name for a tensor of the network. */
  String name(String tensor) {
    return tensor.startsWith(prefix) ? tensor.substring(prefix.length()) : tensor;
  }

  /** Its shape in the file. */
  int[] shape(ParameterSpec spec) {
    int[] shape = spec.shape();
    return transposed.test(spec.name()) ? new int[] {shape[1], shape[0]} : shape;
  }

  /** Puts its values in the file, in row-major order, where the network has them. */
  void put(float[] values, ParameterSpec spec, float[] parameters) {
    if (!transposed.test(spec.name())) {
      System.arraycopy(values, 0, parameters, spec.offset(), spec.size());
      return;
    }
    int outputs = spec.shape()[0];
    int inputs = spec.shape()[1];
    for (int out = 0; out < outputs; out++) {
      for (int in = 0; in < inputs; in++) {
        parameters[spec.offset() + out * inputs + in] = values[in * outputs + out];
      }
    }
  }
}
