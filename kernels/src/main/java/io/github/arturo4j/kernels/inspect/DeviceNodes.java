// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A GPU is there, but this user may not open its device nodes. */
enum DeviceNodes implements FaultProbe {
  /** Everybody may open these as NVIDIA's driver makes them; where not, an administrator has closed them. */
  NVIDIA("'sudo chmod a+rw /dev/nvidia*'", "/dev/nvidiactl", "/dev/nvidia-uvm", "/dev/nvidia[0-9]*") {
    @Override
    boolean isDriven(Machine machine, Sdk sdk) {
      return sdk.has("ptx") || sdk.has("cuda") || sdk.has("opencl") && OpenClDrivers.of(machine).has("nvidia");
    }
  },

  /** Those of ROCm, and of Mesa's OpenCL. */
  AMD(
      "'sudo usermod -aG render,video $USER' and log in again, or in a container --group-add with the node's group",
      "/dev/kfd",
      "/dev/dri/renderD*") {
    @Override
    boolean isDriven(Machine machine, Sdk sdk) {
      return sdk.has("opencl") && OpenClDrivers.of(machine).has("amd", "rocm", "mesa", "rusticl");
    }
  };

  private final String remedy;
  private final List<String> patterns;

  DeviceNodes(String remedy, String... patterns) {
    this.remedy = remedy;
    this.patterns = List.of(patterns);
  }

  /** Whether something is installed that would use them. */
  abstract boolean isDriven(Machine machine, Sdk sdk);

  @Override
  public Optional<String> look(Machine machine, Sdk sdk) {
    return isDriven(machine, sdk) ? closed(machine) : Optional.empty();
  }

  private Optional<String> closed(Machine machine) {
    return patterns.stream()
        .flatMap(pattern -> nodes(machine.path(pattern)).stream())
        .filter(machine.open().negate())
        .findFirst()
        .map(node -> "this user may not open '" + node + "'; " + remedy);
  }

  private static List<Path> nodes(Path pattern) {
    List<Path> nodes = new ArrayList<>();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(pattern.getParent(), pattern.getFileName().toString())) {
      found.forEach(nodes::add);
    } catch (IOException e) { // no such folder, no such nodes
      return List.of();
    }
    nodes.sort(null);
    return nodes;
  }
}
