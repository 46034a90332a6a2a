// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.KernelGraph;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A stage's arrays on the device, and its tasks, which are named after it. */
public abstract class StageTasks {
  private final String name;
  private final int batch;
  private final List<Activation> inputs;
  private final ArrayPool arrays;
  private final List<FloatArray> own = new ArrayList<>();
  private final Activation output;

  /** The tasks of a stage. */
  protected StageTasks(Stage stage, StageSite site) {
    name = stage.name();
    batch = site.batch();
    inputs = site.inputs();
    arrays = site.arrays();
    boolean differentiable = !stage.parameters().isEmpty() || inputs.stream().anyMatch(Activation::differentiable);
    output = Activation.of(arrays.take(size(stage.output().shape().size())), differentiable, arrays);
  }

  private int size(int ofExample) {
    long size = (long) batch * ofExample;
    if (size * Float.BYTES > Integer.MAX_VALUE - Long.BYTES) {
      throw new IllegalArgumentException(
          "%s needs %,d bytes for %d examples at a time; a device array takes 2 GiB at most: choose a smaller batch".formatted(
              name, size * Float.BYTES, batch));
    }
    return (int) size;
  }

  /**
   * An array on the device of so many values for each example, undefined until a task of this stage writes them. It is the stage's
   * from the first of its tasks to the last: to the last backward if it has any, else to the last forward.
   *
   * @throws IllegalArgumentException if there are more than an array has; one line
   */
  protected final FloatArray floats(int ofExample) {
    FloatArray array = arrays.take(size(ofExample));
    own.add(array);
    return array;
  }

  /** An array on the device of so many values, undefined until a task writes them, for the tasks that are added until {@link #giveBack}. */
  protected final FloatArray scratch(int size) {
    return arrays.take(size);
  }

  /** No task added from now on reads what the last ones wrote there. */
  protected final void giveBack(FloatArray scratch) {
    arrays.giveBack(scratch);
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
    return inputs.getFirst();
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

  /** No task of this stage is added from now on: its own arrays are others', and the gradients of its output that it has not passed on. */
  public final void end() {
    own.forEach(arrays::giveBack);
    output.endGradients(gradient -> inputs.stream().anyMatch(input -> input.hasGradient(gradient)));
  }
}
