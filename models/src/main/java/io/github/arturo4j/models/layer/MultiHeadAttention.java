// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.BatchedProduct;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.linalg.Matrices;
import io.github.arturo4j.kernels.nn.AttentionTasks;
import io.github.arturo4j.kernels.nn.DropoutKernels;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Self-attention over [positions, dimensions] (Vaswani et al., NeurIPS 2017): a linear layer makes queries, keys and values of
 * each position, softmax(Q Kᵀ / √(dimensions of a head)) V of each head is computed, and a linear layer mixes the heads.
 *
 * <p>Its tensors are GPT-2's: {@code c_attn.weight} [3 · dimensions, dimensions], queries first, {@code c_attn.bias},
 * {@code c_proj.weight} and {@code c_proj.bias}, laid out as those of PyTorch's Linear; so has nanoGPT them. (GPT-2's own
 * files have the weights transposed, as of a Conv1D. PyTorch's MultiheadAttention calls them {@code in_proj_weight},
 * {@code in_proj_bias}, {@code out_proj.weight} and {@code out_proj.bias}.)
 *
 * @param heads a divisor of the dimensions
 * @param causal whether a position sees itself and those before it only
 * @param dropout probability of setting a weight, behind the softmax, to zero while training, in [0, 1)
 */
public record MultiHeadAttention(int heads, boolean causal, double dropout) implements Layer {
  /** Without dropout. */
  public MultiHeadAttention(int heads, boolean causal) {
    this(heads, causal, 0);
  }

  /** As a file describes it. */
  public static MultiHeadAttention of(LayerArguments a) {
    return new MultiHeadAttention(a.integer("heads"), a.flag("causal", false), a.number("dropout", 0));
  }

  @Override
  public void addTo(NetworkBuilder network, String path) {
    network.shape().checkSequence("layer " + path + " is an attention");
    int dimensions = network.shape().last();
    if (heads < 1 || dimensions % heads != 0) {
      throw new IllegalArgumentException(
          "layer " + path + " is an attention of " + heads + " heads over " + dimensions + " dimensions; the heads have to"
              + " divide them");
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("layer " + path + " has a dropout of " + dropout + "; it must be in [0, 1)");
    }
    new Linear(3 * dimensions).addTo(network, path + ".c_attn");
    network.add(
        new Heads(
            network.stageName("attention", path), network.value(), Value.of(network.shape().withLast(dimensions)), heads,
            causal, dropout));
    new Linear(dimensions).addTo(network, path + ".c_proj");
  }

  /** What is between the linear layers: of queries, keys and values, [positions, 3 · dimensions]. */
  private record Heads(String name, Value input, Value output, int heads, boolean causal, double dropout)
      implements SingleInput {
    @Override
    public int randomStreams() {
      return dropout > 0 ? 1 : 0;
    }

    @Override
    public int randomValues() {
      int positions = output.shape().channels();
      return heads * positions * positions;
    }

    @Override
    public StageTasks tasks(StageSite site) {
      return new Tasks(this, site);
    }
  }

  private static final class Tasks extends StageTasks {
    private final LinearAlgebra algebra;
    private final int heads;
    private final int positions;
    private final int dimensions;
    private final AttentionTasks softmax;
    private final double dropout;

    /** Behind the softmax, [batch, heads, positions, positions]. */
    private final FloatArray weights;

    /** What dropout leaves of them; they themselves where there is none. */
    private FloatArray kept;

    private int key;

    Tasks(Heads stage, StageSite site) {
      super(stage, site);
      algebra = site.algebra();
      heads = stage.heads();
      positions = stage.output().shape().channels();
      dimensions = stage.output().shape().last();
      dropout = stage.dropout();
      weights = floats(heads * positions * positions);
      kept = weights;
      softmax =
          new AttentionTasks(
              batch() * heads * positions, positions, stage.causal(), (float) (1 / Math.sqrt(dimensions / heads)));
    }

    /** Where a head's queries, keys or values are: 0, 1 or 2. */
    private Matrices part(int number) {
      int row = 3 * dimensions;
      return new Matrices(number * dimensions, row, positions * row, dimensions / heads);
    }

    private Matrices ofOutput() {
      return new Matrices(0, dimensions, positions * dimensions, dimensions / heads);
    }

    private Matrices ofWeights() {
      int size = positions * positions;
      return new Matrices(0, positions, heads * size, size);
    }

    /** Of positions and positions, over the dimensions of a head: weights. */
    private BatchedProduct weights(Matrices a, Matrices b) {
      return new BatchedProduct(
          batch(), heads, positions, positions, dimensions / heads, a, false, b, true, ofWeights());
    }

    /** Of weights, perhaps transposed, and what positions have. */
    private BatchedProduct weighted(boolean transposed, Matrices b, Matrices c) {
      return new BatchedProduct(
          batch(), heads, positions, dimensions / heads, positions, ofWeights(), transposed, b, false, c);
    }

    @Override
    public void addForward(ForwardPass pass) {
      KernelGraph graph = pass.graph();
      FloatArray x = input().values();
      algebra.batchedProduct(graph, name() + "Scores", x, x, weights, weights(part(0), part(1)));
      softmax.addSoftmax(graph, graph.shape(), name() + "Softmax", weights);
      if (pass.dropout() && dropout > 0) {
        kept = floats(heads * positions * positions);
        key = pass.randomKey();
        addDropout(pass);
      }
      algebra.batchedProduct(graph, name(), kept, x, output().values(), weighted(false, part(2), ofOutput()));
    }

    private void addDropout(ForwardPass pass) {
      IntArray control = pass.arrays().control().array();
      FloatArray to = kept;
      int at = key;
      String task = pass.graph().task(name() + "Dropout");
      pass.graph().cost(task, DropoutKernels.forwardCost(to.getSize()));
      pass.graph()
          .add(
              g ->
                  g.task(
                      task, DropoutKernels::masked, weights, to, control, at, DropoutKernels.threshold(dropout),
                      DropoutKernels.scale(dropout)));
    }

    @Override
    public void addBackward(KernelGraph graph, NetworkArrays arrays) {
      String back = name() + "Back";
      FloatArray x = input().values();
      FloatArray dy = output().gradient(graph, back);
      FloatArray dx = input().newGradient();
      FloatArray gradient = floats(heads * positions * positions);
      algebra.batchedProduct(graph, back + "Values", kept, dy, dx, weighted(true, ofOutput(), part(2)));
      algebra.batchedProduct(graph, back + "Weights", dy, x, gradient, weights(ofOutput(), part(2)));
      if (kept != weights) {
        IntArray control = arrays.control().array();
        int at = key;
        String task = graph.task(back + "Dropout");
        graph.cost(task, DropoutKernels.forwardCost(gradient.getSize()));
        graph.add(
            g ->
                g.task(
                    task, DropoutKernels::forward, gradient, control, at, DropoutKernels.threshold(dropout),
                    DropoutKernels.scale(dropout))); // the same mask again
      }
      softmax.addBackward(graph, graph.shape(), back + "Softmax", gradient, weights);
      algebra.batchedProduct(graph, back + "Queries", gradient, x, dx, weighted(false, part(1), part(0)));
      algebra.batchedProduct(graph, back + "Keys", gradient, x, dx, weighted(true, part(0), part(1)));
    }
  }
}
