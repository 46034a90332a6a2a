// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.LayerScaleTasks;
import java.util.Arrays;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A factor for each channel, which is learned (Touvron et al., ICCV 2021): at the end of a residual's body it begins so small that
 * a deep network begins as the identity. Its tensor has the layer's own path as its name, and the sizes [channels, 1, 1], as
 * torchvision's ConvNeXt has it.
 *
 * @param value which all factors begin with, torchvision's 1e-6 by default
 */
public record LayerScale(double value) implements Layer {
  /** With factors of 1e-6. */
  public LayerScale() {
    this(1e-6);
  }

  /** As a file describes it. */
  public static LayerScale of(LayerArguments a) {
    return new LayerScale(a.number("value", new LayerScale().value()));
  }

  @Override
  public void addTo(NetworkBuilder network, String path) {
    if (!Float.isFinite((float) value)) {
      throw new IllegalArgumentException("layer " + path + " begins with factors of " + value + "; they must be finite");
    }
    Shape in = network.shape();
    int[] sizes = new int[in.rank()];
    Arrays.fill(sizes, 1);
    sizes[0] = in.channels();
    ParameterSpec factors = network.parameter(path, new Initializer.Constant((float) value), sizes);
    network.add(new Factors(network.stageName("scale", path), network.value(), Value.of(in), factors));
  }

  private record Factors(String name, Value input, Value output, ParameterSpec factors) implements SingleInput {
    @Override
    public List<ParameterSpec> parameters() {
      return List.of(factors);
    }

    @Override
    public StageTasks tasks(StageSite site) {
      return new Tasks(this, site);
    }
  }

  private static final class Tasks extends StageTasks {
    private final LayerScaleTasks scale;

    Tasks(Factors stage, StageSite site) {
      super(stage, site);
      Shape shape = stage.output().shape();
      scale = new LayerScaleTasks(batch(), shape.channels(), shape.pixels(), stage.factors().offset());
    }

    @Override
    public void addForward(ForwardPass pass) {
      scale.addForward(pass.graph(), name(), input().values(), pass.arrays().parameters(), output().values());
    }

    @Override
    public void addBackward(KernelGraph graph, NetworkArrays arrays) {
      String back = name() + "Back";
      FloatArray dy = output().gradient(graph, back);
      scale.addBackwardParameters(graph, graph.shape(), back + "Parameters", dy, input().values(), arrays.gradients());
      if (input().differentiable()) {
        scale.addBackwardInput(graph, back + "Input", dy, arrays.parameters());
        input().addGradient(dy);
      }
    }
  }
}
