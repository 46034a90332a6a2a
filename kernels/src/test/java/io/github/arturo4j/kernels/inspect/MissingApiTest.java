// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MissingApiTest {
  private static final String API = "uk.ac.manchester.tornado.api.";

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            "PTX",
            new NoSuchFieldError(
                "Class " + API + "enums.TornadoVMBackendType does not have member field '" + API
                    + "enums.TornadoVMBackendType PTX'")),
        Arguments.of(
            "withCUDAGraph",
            new NoSuchMethodError("'" + API + "TornadoExecutionPlan " + API + "TornadoExecutionPlan.withCUDAGraph()'")),
        Arguments.of(
            "transferToHost",
            new RuntimeException(
                new NoSuchMethodError(
                    "'" + API + "TornadoExecutionResult " + API
                        + "TornadoExecutionResult.transferToHost(java.lang.Object[])'"))),
        Arguments.of(
            "ProfilerMode",
            new NoClassDefFoundError("uk/ac/manchester/tornado/api/enums/ProfilerMode")
                .initCause(new ClassNotFoundException(API + "enums.ProfilerMode"))));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void theNameOfWhatIsMissingIsSaid(String name, Throwable failure) {
    assertThat(MissingApi.of(failure)).hasValue(
        "this TornadoVM does not have '" + name + "', which arturo4j uses; install a release from 5.2 to 8.2 and set"
            + " TORNADOVM_HOME to it, or a newer arturo4j");
  }

  @Test
  void otherFailuresAreNoneOfIt() {
    assertThat(MissingApi.of(new NoClassDefFoundError("Could not initialize class " + API + "X"))).isEmpty();
    assertThat(MissingApi.of(new NoSuchMethodError("'void org.other.Library.method()'"))).isEmpty();
    assertThat(MissingApi.of(new IllegalStateException(API + "X fails"))).isEmpty();
  }
}
