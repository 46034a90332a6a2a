// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.Execution;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Runs tasks once on every device of this process, for tests. */
public final class Device {
  /** Between two devices, whatever a test then asks of the first one's values. */
  private static final double TOLERANCE = 1e-4;

  private Device() {}

  /**
   * Uploads the arrays, runs the tasks, and downloads the arrays, which then hold the first device's results; those of
   * every other device have to be the same but for rounding.
   */
  public static void run(Consumer<KernelGraph> tasks, Object... arrays) {
    List<Devices.Entry> devices = Devices.list();
    List<Object> before = Arrays.stream(arrays).map(Device::values).toList();
    Execution.on(devices.getFirst().device()).run(tasks, arrays);
    List<Object> expected = Arrays.stream(arrays).map(Device::values).toList();
    for (Devices.Entry entry : devices.subList(1, devices.size())) {
      set(arrays, before);
      Execution.on(entry.device()).run(tasks, arrays);
      for (int i = 0; i < arrays.length; i++) {
        assertThat(Comparison.difference(entry.id(), doubles(values(arrays[i])), doubles(expected.get(i)), TOLERANCE))
            .isEmpty();
      }
      set(arrays, expected);
    }
  }

  private static Object values(Object array) {
    return switch (array) {
      case FloatArray floats -> floats.toHeapArray();
      case IntArray ints -> ints.toHeapArray();
      default -> new int[0]; // bytes are inputs only
    };
  }

  private static double[] doubles(Object values) {
    return values instanceof int[] ints
        ? Arrays.stream(ints).asDoubleStream().toArray()
        : Comparison.doubles((float[]) values);
  }

  private static void set(Object[] arrays, List<Object> values) {
    for (int i = 0; i < arrays.length; i++) {
      switch (arrays[i]) {
        case FloatArray floats -> {
          for (int j = 0; j < floats.getSize(); j++) {
            floats.set(j, ((float[]) values.get(i))[j]);
          }
        }
        case IntArray ints -> {
          for (int j = 0; j < ints.getSize(); j++) {
            ints.set(j, ((int[]) values.get(i))[j]);
          }
        }
        default -> { }
      }
    }
  }

  /**
   * Adds a task that reads an array before others only write some of it: TornadoVM uploads what the first of a graph's tasks reads, and
   * what no task writes is anything without that.
   */
  public static void upload(KernelGraph graph, FloatArray array) {
    String task = graph.task("upload");
    graph.add(g -> g.task(task, Device::read, array));
  }

  static void read(FloatArray array) {
    for (@Parallel int i = 0; i < array.getSize(); i++) {
      array.set(i, array.get(i) + 0f);
    }
  }

  /** Asserts that each value is within {@code tolerance} · (1 + |expected|) of the reference's. */
  public static void assertClose(FloatArray actual, double[] expected, double tolerance) {
    assertThat(actual.getSize()).isEqualTo(expected.length);
    assertThat(Comparison.difference("", Comparison.doubles(actual), expected, tolerance)).isEmpty();
  }

  /** Values that no task must leave behind. */
  public static FloatArray garbage(int size) {
    FloatArray array = new FloatArray(size);
    array.init(Float.NaN);
    return array;
  }

  /** Standard normal values. */
  public static FloatArray normal(int size, long seed) {
    Random random = new Random(seed);
    FloatArray array = new FloatArray(size);
    for (int i = 0; i < size; i++) {
      array.set(i, (float) random.nextGaussian());
    }
    return array;
  }
}
