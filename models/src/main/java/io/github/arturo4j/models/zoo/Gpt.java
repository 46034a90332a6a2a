// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.zoo;

import io.github.arturo4j.models.layer.Dropout;
import io.github.arturo4j.models.layer.Embedding;
import io.github.arturo4j.models.layer.GELU;
import io.github.arturo4j.models.layer.InitializedTensors;
import io.github.arturo4j.models.layer.Initializer;
import io.github.arturo4j.models.layer.Layer;
import io.github.arturo4j.models.layer.LayerNorm;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.MultiHeadAttention;
import io.github.arturo4j.models.layer.Named;
import io.github.arturo4j.models.layer.PositionalEmbedding;
import io.github.arturo4j.models.layer.Residual;
import io.github.arturo4j.models.layer.Sequential;
import io.github.arturo4j.models.layer.TiedLinear;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Language models of GPT-2's shape (Radford et al., <i>Language Models are Unsupervised Multitask Learners</i>, 2019): of tokens
 * [positions], for each position logits of the token that comes next. Tensors have nanoGPT's names, {@code
 * transformer.h.0.attn.c_attn.weight}, and begin as GPT-2's: weights normal with deviation 0.02, those of the projections at the
 * end of a residual path with 0.02 / √(2 · depth), biases 0.
 */
public final class Gpt {
  private static final double DEVIATION = 0.02;
  private static final int MLP = 4;

  private Gpt() {}

  /**
   * The layers; of a network whose input is of at most {@code context} positions.
   *
   * @param vocabulary tokens that there are; GPT-2 has 50,257
   * @param context positions that it has vectors for; GPT-2 1,024
   * @param width dimensions of a position; GPT-2's smallest 768
   * @param depth blocks; GPT-2's smallest 12
   * @param heads of an attention, a divisor of the width; GPT-2's smallest 12
   * @param dropout of embeddings, attentions and residual paths, in [0, 1); GPT-2 0.1
   */
  public static List<Layer> layers(int vocabulary, int context, int width, int depth, int heads, double dropout) {
    List<Layer> blocks = IntStream.range(0, depth).mapToObj(_ -> block(width, heads, dropout)).toList();
    Layer transformer =
        new Sequential(
            new Named("wte", new Embedding(vocabulary, width)),
            new Named("wpe", new PositionalEmbedding(context, DEVIATION)),
            new Named("drop", new Dropout(dropout)),
            new Named("h", new Sequential(blocks)),
            new Named("ln_f", new LayerNorm(1)));
    Map<String, Initializer> rules =
        Map.of(
            "weight", new Initializer.Normal(DEVIATION),
            "c_proj.weight", new Initializer.Normal(DEVIATION / Math.sqrt(2.0 * depth)),
            "bias", new Initializer.Constant(0));
    return List.of(
        new Named("transformer", new InitializedTensors(transformer, rules)),
        new Named("lm_head", new TiedLinear("transformer.wte.weight")));
  }

  private static Layer block(int width, int heads, double dropout) {
    return new Sequential(
        path(
            new Named("ln_1", new LayerNorm(1)), new Named("attn", new MultiHeadAttention(heads, true, dropout)),
            new Named("attn.resid_dropout", new Dropout(dropout))),
        path(
            new Named("ln_2", new LayerNorm(1)), new Named("mlp.c_fc", new Linear(MLP * width)),
            new Named("mlp.gelu", new GELU(GELU.Approximate.tanh)), new Named("mlp.c_proj", new Linear(width)),
            new Named("mlp.dropout", new Dropout(dropout))));
  }

  /** A residual path whose layers are the block's own. */
  private static Layer path(Layer... layers) {
    return new Named("", new Residual(List.of(layers), List.of()));
  }
}
