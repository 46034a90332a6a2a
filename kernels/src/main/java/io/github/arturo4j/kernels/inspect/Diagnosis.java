// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out from libraries and files why TornadoVM does not start, or does not see a device. */
public final class Diagnosis {
  /** What a start needs first comes first; of several causes, the first is named. */
  private static final List<FaultProbe> PROBES =
      List.of(
          new BackendLibrary(),
          new OpenClLoader(),
          new CudaDriver(),
          new CudaRuntime(),
          new BrokenBackendLibrary(),
          new NoOpenClDriver(),
          DeviceNodes.NVIDIA,
          DeviceNodes.AMD,
          new BrokenOpenClDriver());

  private Diagnosis() {}

  /** Why TornadoVM does not start with the SDK that TORNADOVM_HOME names, as "cause; remedy", if a probe knows. */
  public static Optional<String> ofStart() {
    return ofStart(Machine.current());
  }

  static Optional<String> ofStart(Machine machine) {
    Sdk sdk = Sdk.of(machine);
    return PROBES.stream().flatMap(probe -> probe.look(machine, sdk).stream()).findFirst();
  }

  /** Why a device may be missing although TornadoVM starts, as "cause; remedy": device nodes, and broken drivers. */
  public static List<String> ofDevices() {
    return ofDevices(Machine.current());
  }

  static List<String> ofDevices(Machine machine) {
    Sdk sdk = Sdk.of(machine);
    return Stream.of(DeviceNodes.NVIDIA, DeviceNodes.AMD, new BrokenOpenClDriver())
        .flatMap(probe -> probe.look(machine, sdk).stream())
        .toList();
  }
}
