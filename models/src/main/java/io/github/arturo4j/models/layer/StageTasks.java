// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.KernelGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A stage's arrays on the device, and its tasks, which are named after it. */
public abstract class StageTasks {
  private final String name;
  private final int batch;
  private final Activation input;
  private final Activation output;

  /** The tasks of a stage. */
  protected StageTasks(Stage stage, StageSite site) {
    name = stage.name();
    batch = site.batch();
    input = site.input();
    boolean differentiable = stage.hasParameters() || site.inputs().stream().anyMatch(Activation::differentiable);
    output = Activation.of(floats(stage.output().shape().size()), differentiable);
  }

  /**
   * A new array on the device of so many values for each example.
   *
   * @throws IllegalArgumentException if there are more than an array has; one line
   */
  protected final FloatArray floats(int ofExample) {
    long size = (long) batch * ofExample;
    if (size * Float.BYTES > Integer.MAX_VALUE - Long.BYTES) {
      throw new IllegalArgumentException(
          "%s needs %,d bytes for %d examples at a time; a device array takes 2 GiB at most: choose a smaller batch".formatted(
              name, size * Float.BYTES, batch));
    }
    return new FloatArray((int) size);
  }

  /** The stage's name. */
  protected final String name() {
    return name;
  }

  /** Images of a batch. */
  protected final int batch() {
    return batch;
  }

  /** What the stage takes, the first if it takes several. */
  protected final Activation input() {
    return input;
  }

  /** What the stage puts out. */
  public final Activation output() {
    return output;
  }

  /** Adds the tasks that compute the output's values. */
  public abstract void addForward(ForwardPass pass);

  /**
   * Adds the tasks that compute the parameters' gradients, and those of what the stage takes and is {@link
   * Activation#differentiable}; behind those of all stages that take the output. Not asked for where the output is not
   * differentiable.
   */
  public abstract void addBackward(KernelGraph graph, NetworkArrays arrays);
}
