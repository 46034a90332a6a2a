// SPDX-License-Identifier: Apache-2.0
package com.example.mine;

import io.github.arturo4j.models.layer.Elementwise;
import io.github.arturo4j.models.layer.Layer;
import io.github.arturo4j.models.layer.NetworkBuilder;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A layer of somebody else's: log(1 + exp(x)). */
public record Softplus() implements Layer {
  @Override
  public void addTo(NetworkBuilder network, String path) {
    Elementwise.addTo(network, "softplus", path, new Kernels());
  }

  private record Kernels() implements Elementwise.Function {
    @Override
    public void addForward(TaskGraphInterface graph, String task, FloatArray x, FloatArray y) {
      graph.task(task, Softplus::forward, x, y);
    }

    @Override
    public void addBackward(TaskGraphInterface graph, String task, FloatArray dy, FloatArray x, FloatArray y) {
      graph.task(task, Softplus::backward, dy, x);
    }

    @Override
    public int flops() {
      return 5;
    }
  }

  public static void forward(FloatArray x, FloatArray y) {
    for (@Parallel int i = 0; i < y.getSize(); i++) {
      float v = x.get(i);
      y.set(i, TornadoMath.max(v, 0f) + TornadoMath.log(1f + TornadoMath.exp(-TornadoMath.abs(v))));
    }
  }

  public static void backward(FloatArray dy, FloatArray x) {
    for (@Parallel int i = 0; i < dy.getSize(); i++) {
      dy.set(i, dy.get(i) / (1f + TornadoMath.exp(-x.get(i))));
    }
  }
}
