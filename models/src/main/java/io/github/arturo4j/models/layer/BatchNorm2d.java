// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.BatchNormGradientKernels;
import io.github.arturo4j.kernels.nn.BatchNormKernels;
import io.github.arturo4j.kernels.nn.BatchNormTasks;
import java.util.List;
import java.util.Optional;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Batch normalisation with a weight and a bias for each channel (Ioffe, Szegedy, ICML 2015); momentum 0.1, epsilon 1e-5.
 */
public record BatchNorm2d() implements Layer {
  @Override
  public void addTo(NetworkBuilder network, String path) {
    int channels = network.shape().channels();
    ParameterSpec weight = network.norm(path + ".weight", 1, channels);
    ParameterSpec bias = network.norm(path + ".bias", 0, channels);
    ParameterSpec mean = network.buffer(path + ".running_mean", 0, channels);
    ParameterSpec variance = network.buffer(path + ".running_var", 1, channels);
    network.batchCounter(path + ".num_batches_tracked");
    network.add(
        new Norm(
            network.stageName("norm", path), network.value(), null, network.shape(), Value.of(network.shape()), weight,
            bias, mean, variance, false));
  }

  /**
   * A batch normalisation, and what is fused with it: something that is added, and a ReLU behind that.
   *
   * @param shortcut what is added; null for nothing
   * @param shape of what it takes
   * @param mean the running means among the network's buffers
   * @param variance the running variances among the network's buffers
   */
  private record Norm(String name, Value input, Value shortcut, Shape shape, Value output, ParameterSpec weight,
      ParameterSpec bias, ParameterSpec mean, ParameterSpec variance, boolean relu) implements Stage {
    @Override
    public List<Value> inputs() {
      return shortcut == null ? List.of(input) : List.of(input, shortcut);
    }

    @Override
    public List<ParameterSpec> parameters() {
      return List.of(weight, bias);
    }

    @Override
    public Optional<Stage> fuse(Stage next) {
      if (relu) {
        return Optional.empty();
      }
      return switch (next) {
        case ReLU.Rectifier r -> Optional.of(with(shortcut, r.output(), true));
        case Residual.Sum s when shortcut == null && s.inputs().getFirst().origin() == output ->
            Optional.of(with(s.shortcut(), s.output(), s.relu()));
        default -> Optional.empty();
      };
    }

    private Norm with(Value added, Value end, boolean hasRelu) {
      return new Norm(name, input, added, shape, end, weight, bias, mean, variance, hasRelu);
    }

    @Override
    public StageTasks tasks(StageSite site) {
      return new Tasks(this, site);
    }
  }

  private static final class Tasks extends StageTasks {
    private static final float NO_LIMIT = Float.NEGATIVE_INFINITY;

    private final Norm stage;
    private final int channels;
    private final int pixels;
    private final Activation shortcut;
    private final FloatArray coefficients;

    Tasks(Norm stage, StageSite site) {
      super(stage, site);
      this.stage = stage;
      shortcut = stage.shortcut() == null ? null : site.inputs().getLast();
      channels = stage.shape().channels();
      pixels = stage.shape().pixels();
      coefficients = new FloatArray(BatchNormKernels.coefficients(channels, pixels));
    }

    private FloatArray sums() {
      return scratch(2 * BatchNormKernels.groups(batch()) * channels * pixels);
    }

    @Override
    public void addForward(ForwardPass pass) {
      KernelGraph graph = pass.graph();
      NetworkArrays arrays = pass.arrays();
      FloatArray parameters = arrays.parameters();
      FloatArray buffers = arrays.buffers();
      FloatArray x = input().values();
      FloatArray y = output().values();
      int size = channels * pixels;
      int weight = stage.weight().offset();
      int bias = stage.bias().offset();
      int mean = stage.mean().offset();
      int variance = stage.variance().offset();
      if (pass.training()) {
        IntArray control = arrays.control().array();
        FloatArray moments = sums();
        int groups = BatchNormKernels.groups(batch());
        String momentsTask = graph.task(name() + "Moments");
        graph.cost(momentsTask, Cost.elements((long) batch() * size, 4, 1, 0));
        graph.loops(momentsTask, groups, size);
        graph.add(g -> g.task(momentsTask, BatchNormKernels::moments, x, control, moments, batch(), size));
        String statistics = graph.task(name() + "Statistics");
        graph.cost(statistics, Cost.elements(2L * groups * size, 4, 1, 0));
        BatchNormTasks.addStatistics(
            graph, graph.shape(), statistics, moments, parameters, buffers, control, coefficients, weight, bias, mean,
            variance, groups, channels, pixels);
        giveBack(moments);
      } else {
        KernelGraph once = pass.once();
        String running = once.task(name() + "Running");
        once.cost(running, Cost.elements(channels, 5, 4, 2));
        once.add(
            g ->
                g.task(
                    running, BatchNormKernels::running, parameters, buffers, coefficients, weight, bias, mean, variance,
                    channels, pixels));
      }
      float min = stage.relu() ? 0f : NO_LIMIT;
      String task = graph.task(name());
      graph.cost(task, Cost.elements((long) batch() * size, 3, shortcut == null ? 1 : 2, 1));
      graph.loops(task, batch(), size);
      if (shortcut == null) {
        graph.add(g -> g.task(task, BatchNormKernels::affine, x, coefficients, y, batch(), size, min));
      } else {
        FloatArray added = shortcut.values();
        graph.add(g -> g.task(task, BatchNormKernels::affineAdd, x, added, coefficients, y, batch(), size, min));
      }
    }

    @Override
    public void addBackward(KernelGraph graph, NetworkArrays arrays) {
      String back = name() + "Back";
      boolean reluApart = stage.relu() && shortcut != null;
      FloatArray dy = reluApart ? output().gradientThroughRelu(graph, back) : output().gradient(graph, back);
      float open = stage.relu() && !reluApart ? 0f : 1f;
      IntArray control = arrays.control().array();
      FloatArray gradients = arrays.gradients();
      FloatArray x = input().values();
      int size = channels * pixels;
      int groups = BatchNormKernels.groups(batch());
      int weight = stage.weight().offset();
      int bias = stage.bias().offset();
      FloatArray sums = sums();
      FloatArray slopes = scratch(2 * size);
      String sumsTask = graph.task(back + "Sums");
      graph.cost(sumsTask, Cost.elements((long) batch() * size, 4, 2, 0));
      graph.loops(sumsTask, groups, size);
      graph.add(
          g -> g.task(sumsTask, BatchNormGradientKernels::sums, dy, x, coefficients, control, sums, batch(), size, open));
      String slopesTask = graph.task(back + "Slopes");
      graph.cost(slopesTask, Cost.elements(2L * groups * size, 1, 1, 0));
      BatchNormTasks.addSlopes(
          graph, graph.shape(), slopesTask, sums, coefficients, control, gradients, slopes, weight, bias, groups,
          channels, pixels);
      giveBack(sums);
      if (input().differentiable()) {
        FloatArray dx = input().newGradient();
        String task = graph.task(back);
        graph.cost(task, Cost.elements((long) batch() * size, 5, 2, 1));
        graph.loops(task, batch(), size);
        graph.add(
            g ->
                g.task(
                    task, BatchNormGradientKernels::backward, dy, x, coefficients, slopes, control, dx, batch(), size, open));
      }
      giveBack(slopes);
      if (shortcut != null && shortcut.differentiable()) {
        shortcut.addGradient(dy);
      }
    }
  }
}
