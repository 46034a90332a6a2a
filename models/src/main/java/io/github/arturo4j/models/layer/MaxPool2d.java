// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.PoolingKernels;
import io.github.arturo4j.kernels.nn.PoolingTasks;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The maximum of square windows.
 *
 * @param kernel rows and columns of a window
 * @param stride step of the window
 * @param padding pixels on each side that are never the maximum, at most half a kernel
 */
public record MaxPool2d(int kernel, int stride, int padding) implements Layer {
  /** Windows of 2×2 with stride 2; behind a convolution's ReLU they are computed together with it. */
  public MaxPool2d() {
    this(2, 2, 0);
  }

  /** As a file describes it. */
  public static MaxPool2d of(LayerArguments a) {
    int kernel = a.integer("kernel", 2);
    return new MaxPool2d(kernel, a.integer("stride", kernel), a.integer("padding", 0));
  }

  @Override
  public void addTo(NetworkBuilder network, String path) {
    Window.checkPooling(path, "max-pooling", this, kernel, stride, padding);
    Shape in = network.shape();
    Window.checkImage(path, "a max-pooling", in);
    network.add(
        new Pool(
            network.stageName("pool", path), network.value(), this,
            Value.of(Window.over(in, in.channels(), kernel, stride, padding))));
  }

  /** Whether these are the windows that are computed together with the ReLU before them. */
  boolean halves() {
    return kernel == 2 && stride == 2 && padding == 0;
  }

  /** A max-pooling by itself. */
  record Pool(String name, Value input, MaxPool2d layer, Value output) implements SingleInput {
    /** Shape of the image. */
    Shape in() {
      return input.shape();
    }

    @Override
    public StageTasks tasks(StageSite site) {
      return new Tasks(this, site);
    }
  }

  private static final class Tasks extends StageTasks {
    private final Pool stage;
    private final int planes;

    /** Of each window, the place of its maximum. */
    private final IntArray where;

    Tasks(Pool stage, StageSite site) {
      super(stage, site);
      this.stage = stage;
      planes = batch() * stage.in().channels();
      where = new IntArray(output().values().getSize());
    }

    @Override
    public void addForward(ForwardPass pass) {
      KernelGraph graph = pass.graph();
      MaxPool2d layer = stage.layer();
      Shape in = stage.in();
      Shape out = stage.output().shape();
      FloatArray x = input().values();
      FloatArray y = output().values();
      String task = graph.task(name());
      int window = layer.kernel() * layer.kernel();
      graph.loops(task, planes, out.height(), out.width());
      graph.cost(task, Cost.elements(x.getSize(), 0, 1, 0).plus(Cost.elements(y.getSize(), window, 0, 2)));
      graph.add(
          g ->
              g.task(
                  task, PoolingKernels::maximum, x, y, where, planes, in.height(), in.width(), out.height(),
                  out.width(), layer.kernel(), layer.stride(), layer.padding()));
    }

    @Override
    public void addBackward(KernelGraph graph, NetworkArrays arrays) {
      Shape in = stage.in();
      Shape out = stage.output().shape();
      String back = name() + "Back";
      FloatArray dy = output().gradient(graph, back);
      FloatArray dx = input().newGradient();
      String task = graph.task(back);
      graph.cost(task, Cost.elements(dx.getSize(), 0, 0, 1).plus(Cost.elements(dy.getSize(), 1, 2, 0)));
      MaxPool2d layer = stage.layer();
      PoolingTasks.addMaximumBackward(
          graph, graph.shape(), task, dy, where, dx, planes, in.height(), in.width(), out.height(), out.width(),
          layer.kernel(), layer.stride(), layer.padding());
    }
  }
}
