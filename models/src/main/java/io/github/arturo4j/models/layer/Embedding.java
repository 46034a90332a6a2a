// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.EmbeddingKernels;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A vector for each token, which begins as PyTorch's Embedding does, normal with deviation 1: of shape [positions], it makes
 * [positions, dimensions]. It takes the network's input, which then are tokens.
 *
 * @param entries tokens that there are: 0 to entries − 1
 * @param dimensions of a vector
 */
public record Embedding(int entries, int dimensions) implements Layer {
  /** As a file describes it. */
  public static Embedding of(LayerArguments a) {
    return new Embedding(a.width("entries"), a.integer("dimensions"));
  }

  @Override
  public void addTo(NetworkBuilder network, String path) {
    if (entries < 1 || dimensions < 1) {
      throw new IllegalArgumentException(
          "layer " + path + " is an Embedding of " + entries + " tokens in " + dimensions + " dimensions; both have to be"
              + " positive");
    }
    network.takeTokens(path, entries);
    int[] sizes = network.shape().sizes();
    int[] with = Arrays.copyOf(sizes, sizes.length + 1);
    with[sizes.length] = dimensions;
    ParameterSpec table = network.parameter(path + ".weight", new Initializer.Normal(1), entries, dimensions);
    network.add(
        new Lookup(
            network.stageName("embedding", path), network.value(), Value.of(new Shape(with)), entries, dimensions, table,
            false));
  }

  /**
   * The rows of a table.
   *
   * @param adds whether a stage behind has written a gradient of the table, to which this one's is added
   */
  private record Lookup(String name, Value input, Value output, int entries, int dimensions, ParameterSpec table, boolean adds)
      implements SingleInput {
    @Override
    public List<ParameterSpec> parameters() {
      return List.of(table);
    }

    @Override
    public Optional<Stage> adding(ParameterSpec tensor) {
      return table.equals(tensor)
          ? Optional.of(new Lookup(name, input, output, entries, dimensions, table, true))
          : Optional.empty();
    }

    @Override
    public StageTasks tasks(StageSite site) {
      return new Tasks(this, site);
    }
  }

  private static final class Tasks extends StageTasks {
    /** Of the entries, for GPUs: a thread for each of the dimensions alone would leave most of one idle. */
    private static final int SHARES = 64;

    private final Lookup stage;
    private final int rows;

    Tasks(Lookup stage, StageSite site) {
      super(stage, site);
      this.stage = stage;
      rows = batch() * stage.input().shape().size();
    }

    @Override
    public void addForward(ForwardPass pass) {
      KernelGraph graph = pass.graph();
      FloatArray parameters = pass.arrays().parameters();
      FloatArray tokens = input().values();
      FloatArray y = output().values();
      String task = graph.task(name());
      graph.cost(task, Cost.elements(y.getSize(), 0, 1, 1));
      graph.loops(task, rows, stage.dimensions());
      graph.add(
          g ->
              g.task(
                  task, EmbeddingKernels::forward, tokens, parameters, y, stage.table().offset(), rows, stage.dimensions()));
    }

    @Override
    public void addBackward(KernelGraph graph, NetworkArrays arrays) {
      String task = graph.task(name() + "Back");
      FloatArray tokens = input().values();
      FloatArray dy = output().gradient(graph, task);
      FloatArray gradients = arrays.gradients();
      int shares = graph.shape() == KernelShape.GROUPS ? Math.min(SHARES, stage.entries()) : 1;
      graph.cost(task, Cost.elements(dy.getSize(), 1, 1, 2));
      graph.loops(task, shares, stage.dimensions());
      graph.add(
          g ->
              g.task(
                  task, EmbeddingKernels::backward, dy, tokens, gradients, stage.table().offset(), stage.entries(), rows,
                  stage.dimensions(), shares, stage.adds() ? 1 : 0));
    }
  }
}
