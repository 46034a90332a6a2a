// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.doctor.NetworkCheck.Value;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.KernelShape;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkCheckTest {
  @ParameterizedTest
  @EnumSource
  void aStepAndAnEvaluationAreAsRecordedInEveryShape(KernelShape shape) {
    List<Value> measured = NetworkCheck.measure(Devices.find(null).device(), shape);
    String listed = measured.stream().map(Value::toString).collect(Collectors.joining(",\n"));
    assertThat(measured).extracting(Value::name).as(listed)
        .isEqualTo(NetworkCheck.RECORDED.stream().map(Value::name).toList());
    assertThat(NetworkCheck.differences(measured, NetworkCheck.RECORDED)).as(listed).isEmpty();
  }

  @Test
  void whatDiffersByMoreThanTheToleranceIsAFault() {
    List<Value> expected = List.of(new Value("a", 2, 0.01), new Value("b", 3, 0.1), new Value("c", 0, 1));
    List<Value> measured = List.of(new Value("a", 2.009, 0), new Value("b", 2.8, 0), new Value("c", Double.NaN, 0));
    assertThat(NetworkCheck.differences(measured, expected))
        .containsExactly("b is 2.80000, expected 3.00000 ± 0.10", "c is NaN, expected 0.00000 ± 1.0");
  }
}
