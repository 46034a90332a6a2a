// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.Access;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Calls of native libraries between other tasks: on what the device holds, and by whoever provides them. */
@OnJvmDevice
class LibraryTaskTest {
  private final FloatArray x = FloatArray.fromElements(1, 2, 3, 4);
  private final FloatArray y = FloatArray.fromElements(10, 20, 30, 40);

  @BeforeEach
  void forget() {
    ScalingProvider.ASKED.clear();
  }

  static void increment(FloatArray values) {
    for (@Parallel int i = 0; i < values.getSize(); i++) {
      values.set(i, values.get(i) + 1f);
    }
  }

  private static LibraryTaskDescriptor call(String library, String function, FloatArray from, FloatArray to, float factor) {
    return new LibraryTaskDescriptor()
        .withLibrary(library)
        .withFunction(function)
        .withParameters(new Object[] {from, to, factor})
        .withAccess(new Access[] {Access.READ_ONLY, Access.READ_WRITE, Access.NONE})
        .withTuning(100f);
  }

  private TornadoExecutionPlan plan(String library, String function) {
    TaskGraph graph =
        new TaskGraph("g")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, x, y)
            .task("before", LibraryTaskTest::increment, x)
            .libraryTask("call", (from, to, factor) -> call(library, function, from, to, factor), x, y, 2f)
            .task("after", LibraryTaskTest::increment, y)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, y);
    return new TornadoExecutionPlan(graph.snapshot());
  }

  @Test
  void aLibraryWorksOnWhatTheDeviceHolds() throws Exception {
    try (TornadoExecutionPlan plan = plan("scaling", "scale")) {
      plan.execute();
      assertThat(y.toHeapArray()).containsExactly(11, 21, 801, 1001);
      plan.execute();
      assertThat(y.toHeapArray()).containsExactly(12, 22, 1001, 1201);
      assertThat(x.toHeapArray()).as("which is not copied back").containsExactly(1, 2, 3, 4);
    }
    assertThat(ScalingProvider.ASKED)
        .containsExactly("create", "prepare scale", "scale", "prepare scale", "scale", "destroy");
  }

  @Test
  void aFailureNamesTheTask() throws Exception {
    try (TornadoExecutionPlan plan = plan("scaling", "fail")) {
      assertThatThrownBy(plan::execute)
          .isInstanceOf(TornadoRuntimeException.class)
          .hasMessage("task 'g.call' failed: java.lang.IllegalStateException: status 3");
    }
  }

  @Test
  void aLibraryWithoutProviderIsNamed() throws Exception {
    try (TornadoExecutionPlan plan = plan("nothing", "scale")) {
      assertThatThrownBy(plan::execute).hasMessage("task 'g.call' failed: no provider for the library 'nothing'");
    }
  }
}
