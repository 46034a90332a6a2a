// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.optimizer.Hyperparameters;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.kernels.optimizer.Optimizers;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.Execution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Each check passes on a right device, and finds one wrong value in any of the arrays that the kernels write. */
class KernelCheckTest {
  private static final TornadoDevice DEVICE = Devices.find(null).device();

  static List<KernelCheck> checks() {
    return KernelCheck.all(DEVICE);
  }

  /**
   * Runs tasks on the device the first time, and from then on gives the same results again, but for the last value of
   * the nth of all arrays that the device has changed.
   */
  private static final class FaultyDevice implements Execution {
    private final Execution right = Execution.on(DEVICE);
    private final List<double[]> results = new ArrayList<>();
    private final List<Integer> changed = new ArrayList<>();
    private int next;
    private int faulty;

    @Override
    public void run(Consumer<KernelGraph> tasks, Object... arrays) {
      if (next == results.size()) {
        double[][] before = Arrays.stream(arrays).map(FaultyDevice::values).toArray(double[][]::new);
        right.run(tasks, arrays);
        for (int i = 0; i < arrays.length; i++) {
          double[] after = values(arrays[i]);
          if (!Arrays.equals(before[i], after)) {
            changed.add(results.size());
          }
          results.add(after);
        }
        next = results.size();
        return;
      }
      for (Object array : arrays) {
        double[] result = results.get(next).clone();
        if (next == faulty) {
          result[result.length - 1] += 1;
        }
        write(result, array);
        next++;
      }
    }

    /** Begins anew, with a fault in the array of that number. */
    FaultyDevice with(int faultyArray) {
      faulty = faultyArray;
      next = 0;
      return this;
    }

    private static double[] values(Object array) {
      return switch (array) {
        case FloatArray floats -> Comparison.doubles(floats);
        case IntArray ints -> Comparison.doubles(ints);
        default -> new double[0]; // bytes are inputs only
      };
    }

    private static void write(double[] values, Object array) {
      for (int i = 0; i < values.length; i++) {
        if (array instanceof FloatArray floats) {
          floats.set(i, (float) values[i]);
        } else if (array instanceof IntArray ints) {
          ints.set(i, (int) values[i]);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("checks")
  void findsEveryWrongArrayAndNothingElse(KernelCheck check) {
    FaultyDevice device = new FaultyDevice();
    assertThat(check.run(device)).isEmpty();
    assertThat(check.run(device.with(-1))).as("the same results again").isEmpty();
    assertThat(device.changed).isNotEmpty();
    for (int array : device.changed) {
      assertThat(check.run(device.with(array)))
          .as("array %d", array)
          .isNotEmpty()
          .allMatch(line -> line.matches(".*\\[\\d+] is .*, expected .*"));
    }
  }

  @Test
  void theOptimizersCheckFindsAnotherHyperparameter() {
    ArturoHyperparameters hp = Trace.carried("quad7_fmnist", "f32").arturo(Mode.ROBUST);
    OptimizerConfig other = Hyperparameters.with(hp, "measurementNoise", 1.01 * hp.measurementNoise());
    assertThat(OptimizerCheck.run(DEVICE, hp, hp)).isEmpty();
    assertThat(OptimizerCheck.run(DEVICE, (ArturoHyperparameters) other, hp))
        .isNotEmpty()
        .allMatch(line -> line.matches("[A-Z]+, \\d+ weights, step \\d+: .*"));
  }

  static List<OptimizerConfig> baselines() {
    return BaselineCheck.configurations();
  }

  @ParameterizedTest
  @MethodSource("baselines")
  void theBaselinesCheckFindsEveryOtherHyperparameter(OptimizerConfig config) {
    assertThat(BaselineCheck.run(DEVICE, config, config)).isEmpty();
    for (Hyperparameters.Info info : Hyperparameters.describe(config)) {
      if (!info.name().equals(config.rateName())) { // which the schedule sets
        OptimizerConfig other = Hyperparameters.with(config, info.name(), other(info.value()));
        assertThat(BaselineCheck.run(DEVICE, config, other))
            .as(info.name())
            .singleElement()
            .asString()
            .matches(config.name() + ", step \\d: (parameters|precision)\\[.*");
      }
    }
  }

  private static Object other(Object value) {
    if (value instanceof Enum<?> choice) {
      Object[] choices = choice.getDeclaringClass().getEnumConstants();
      return choices[(choice.ordinal() + 1) % choices.length];
    }
    double number = (double) value;
    return number < 0.01 ? number + 0.05 : 0.9 * number;
  }

  @Test
  void everyOptimizerIsChecked() {
    assertThat(baselines()).extracting(OptimizerConfig::name).containsExactlyElementsOf(
        Optimizers.names().stream().filter(name -> !name.equals("arturo")).toList());
  }

  @Test
  void bothLinearAlgebrasAreCheckedOnTheJvm() {
    List<String> names = checks().stream().map(KernelCheck::name).filter(name -> name.startsWith("matrix")).toList();
    assertThat(names).hasSize(DeviceTraits.of(DEVICE).plainJvm() ? 2 : 1).doesNotHaveDuplicates();
    assertThat(names.getFirst()).endsWith("tiled kernels");
  }

  @Test
  void aSolverThatIsIdleOrBreaksTheBoundIsAFault() {
    double bound = OptimizerCheck.BOUND;
    double[][] right = {{0, 0.2 * bound}, {0, bound}, {0.3, bound}, {2, 0.995 * bound}};
    double[][] wrong = {{0, 1.1 * bound}, {0.3, 0.2 * bound}, {0.3, 1.1 * bound}};
    List<String> faults = new ArrayList<>();
    for (double[] r : right) {
      OptimizerCheck.compareKl(faults, "", r[0], r[1]);
    }
    assertThat(faults).isEmpty();
    for (double[] w : wrong) {
      OptimizerCheck.compareKl(faults, "", w[0], w[1]);
    }
    assertThat(faults).hasSize(wrong.length).allMatch(fault -> fault.startsWith("KL is "));
  }
}
