// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Parameters are their slices, one behind the other. */
class ParametersTest {
  private static ParameterSlice slice(String name, int offset, Integer... shape) {
    return new ParameterSlice(name, offset, List.of(shape));
  }

  private static Parameters of(int values, int gradients, ParameterSlice... slices) {
    return new Parameters(new FloatArray(values), new FloatArray(gradients), List.of(slices));
  }

  @Test
  void haveASliceForEachTensor() {
    ParameterSlice weight = slice("0.weight", 0, 3, 4);
    ParameterSlice bias = slice("0.bias", 12, 3);
    assertThat(weight.size()).isEqualTo(12);
    assertThat(of(15, 15, weight, bias).slices()).containsExactly(weight, bias);
    assertThat(of(15, 15, weight, bias).size()).isEqualTo(15);
    assertThat(Parameters.of(new FloatArray(7), new FloatArray(7)).slices()).containsExactly(slice("parameters", 0, 7));
  }

  @Test
  void whatDoesNotFitIsNamed() {
    refused("there are 2 gradients for 3 parameters", () -> of(3, 2, slice("a", 0, 3)));
    refused("slices have 2 values, not 3", () -> of(3, 3, slice("a", 0, 2)));
    refused("should begin at 2, where", () -> of(3, 3, slice("a", 0, 2), slice("b", 1, 1)));
    refused("two slices have the name 'a'", () -> of(3, 3, slice("a", 0, 2), slice("a", 2, 1)));
  }

  private static void refused(String message, Runnable body) {
    assertThatIllegalArgumentException().isThrownBy(body::run).withMessageContaining(message);
  }
}
