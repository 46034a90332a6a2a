// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.arturo4j.host.cli.Main;
import io.github.arturo4j.host.io.OperationException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;

/** Asks a process for the devices of this machine: a driver that crashes does so there, and takes no memory here. */
public final class FoundDevices {
  private FoundDevices() {}

  /**
   * A device.
   *
   * @param id its name for the command line
   * @param name for people
   * @param jvm whether it is the plain JVM
   */
  public record Found(String id, String name, boolean jvm) {}

  /**
   * The accelerators; where there is none, the plain JVM.
   *
   * @param java how jobs are run
   * @throws OperationException if the process does not tell; one line
   */
  public static List<Found> ask(JavaCommand java) {
    List<String> words = java.of(Main.class, "devices", "--json");
    try {
      Process process = new ProcessBuilder(words).redirectError(Redirect.DISCARD).start();
      JsonNode devices = new ObjectMapper().readTree(process.getInputStream());
      int code = process.waitFor();
      if (code != 0 || !devices.isArray()) {
        throw new OperationException("'arturo devices --json' has ended with " + code + remedy(java));
      }
      return chosen(devices);
    } catch (IOException e) {
      throw new OperationException("'arturo devices --json' has not told the devices: " + e.getMessage() + remedy(java), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationException("interrupted while it asked for the devices; start it again", e);
    }
  }

  private static String remedy(JavaCommand java) {
    return java.options() == null
        ? "; run it to see why"
        : "; run ARTURO_OPTS='" + String.join(" ", java.options()) + "' arturo devices to see why, and give other --job-opts";
  }

  private static List<Found> chosen(JsonNode devices) {
    List<Found> all = new ArrayList<>();
    devices.forEach(
        device -> all.add(new Found(device.path("id").asText(), device.path("name").asText(), device.path("jvm").asBoolean())));
    List<Found> accelerators = all.stream().filter(device -> !device.jvm()).toList();
    return accelerators.isEmpty() ? all : accelerators;
  }
}
