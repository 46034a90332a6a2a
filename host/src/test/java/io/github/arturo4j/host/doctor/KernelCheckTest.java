// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.Devices;
import io.github.arturo4j.kernels.KernelGraph;
import io.github.arturo4j.kernels.optimizer.ArturoHyperparameters;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.Execution;
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

  /** A device that computes right but for the last value of the nth of all arrays it changes. */
  private static final class FaultyDevice implements Execution {
    private final Execution right = Execution.on(DEVICE);
    private final int faulty;
    private int changed;

    FaultyDevice(int faulty) {
      this.faulty = faulty;
    }

    @Override
    public void run(Consumer<KernelGraph> tasks, Object... arrays) {
      double[][] before = Arrays.stream(arrays).map(FaultyDevice::values).toArray(double[][]::new);
      right.run(tasks, arrays);
      for (int i = 0; i < arrays.length; i++) {
        if (!Arrays.equals(before[i], values(arrays[i])) && changed++ == faulty) {
          spoil(arrays[i]);
        }
      }
    }

    private static double[] values(Object array) {
      return switch (array) {
        case FloatArray floats -> Comparison.doubles(floats);
        case IntArray ints -> Comparison.doubles(ints);
        default -> new double[0]; // bytes are inputs only
      };
    }

    private static void spoil(Object array) {
      if (array instanceof FloatArray floats) {
        int last = floats.getSize() - 1;
        floats.set(last, floats.get(last) + 0.1f);
      } else if (array instanceof IntArray ints) {
        ints.set(ints.getSize() - 1, ints.get(ints.getSize() - 1) + 1);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("checks")
  void findsEveryWrongArrayAndNothingElse(KernelCheck check) {
    FaultyDevice none = new FaultyDevice(-1);
    assertThat(check.run(none)).isEmpty();
    assertThat(none.changed).isPositive();
    for (int faulty = 0; faulty < none.changed; faulty++) {
      assertThat(check.run(new FaultyDevice(faulty)))
          .as("array %d", faulty)
          .isNotEmpty()
          .allMatch(line -> line.matches(".*\\[\\d+] is .*, expected .*"));
    }
  }

  @Test
  void theOptimizersCheckFindsAnotherHyperparameter() {
    ArturoHyperparameters hp = Trace.carried("quad7_fmnist", "f32").arturo();
    ArturoHyperparameters other =
        new ArturoHyperparameters(
            hp.varInit(), hp.priorPrec(), hp.startFilterCov(), hp.regWeight(), 1.01 * hp.measurementNoise(),
            hp.dynamicModelNoise(), hp.nu(), hp.weightDecay(), hp.etaTol(), hp.minCurvature(), hp.minPrecision(),
            hp.maxPrecision());
    assertThat(OptimizerCheck.run(DEVICE, hp, hp)).isEmpty();
    assertThat(OptimizerCheck.run(DEVICE, other, hp)).isNotEmpty().allMatch(line -> line.startsWith("step "));
  }

  @Test
  void bothLinearAlgebrasAreCheckedOnTheJvm() {
    List<String> names = checks().stream().map(KernelCheck::name).filter(name -> name.startsWith("matrix")).toList();
    assertThat(names).hasSize(Devices.isJvm(DEVICE) ? 2 : 1).doesNotHaveDuplicates();
    assertThat(names.getFirst()).endsWith("tiled kernels");
  }
}
