// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.models.plan.TrainingPlan;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

class ReplayCheckTest {
  private static final TornadoDevice DEVICE = Devices.find(null).device();

  private static Optional<String> check(Consumer<TrainingPlan> replaying) {
    return ReplayCheck.run(DEVICE, DeviceTraits.of(DEVICE), replaying);
  }

  @Test
  void theSameBitsAreRight() {
    assertThat(check(_ -> {})).isEmpty();
  }

  @Test
  void oneStepMoreIsSeen() {
    assertThat(check(plan -> plan.step(new int[] {0}, 0, 1, 1e-3))).contains("a replayed step does not compute what a plain one does");
  }

  @Test
  void whatDoesNotRunIsTold() {
    assertThat(
            check(
                _ -> {
                  throw new UnsupportedOperationException("no capture");
                }))
        .contains("they do not run: no capture");
  }

  /** Neither the JVM device nor PoCL has any. */
  @Test
  void aDeviceWithoutThemSaysSo() {
    if (!DeviceTraits.of(DEVICE).cudaGraphs()) {
      assertThat(ReplayCheck.run(DEVICE, DeviceTraits.of(DEVICE))).isPresent().get().asString().startsWith("they do not run: ");
    }
  }
}
