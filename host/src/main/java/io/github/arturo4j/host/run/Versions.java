// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.ProductCuts;
import io.github.arturo4j.kernels.inspect.Sdk;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.TaskGraph;

/** Versions of what runs here. */
public final class Versions {
  private static final String DEVICE = "device";
  private static final String LINEAR_ALGEBRA = "linearAlgebra";
  private static final String PRODUCTS = "products";
  private static final String ARTURO4J = "arturo4j";
  private static final String TORNADO_VM = "tornadovm";
  private static final Map<String, String> WORDS =
      Map.of(ARTURO4J, "version", TORNADO_VM, "TornadoVM", LINEAR_ALGEBRA, "linear algebra");

  private Versions() {}

  /** The version of arturo4j. */
  public static String arturo4j() {
    Properties properties = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("/arturo4j.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  /** Whether a TornadoVM SDK runs the task graphs, not the plain JVM. */
  public static boolean onTornadoVm() {
    return TaskGraph.class.getModule().isNamed();
  }

  /** What implements TornadoVM's API: its version, or that it is the plain JVM. */
  public static String tornadoVm() {
    if (!onTornadoVm()) {
      return "none (plain JVM)";
    }
    String module = TaskGraph.class.getModule().getDescriptor().rawVersion().orElse("");
    String release = Sdk.current().map(Sdk::version).orElse("");
    return !release.isEmpty() ? release : !module.isEmpty() ? module : "unknown";
  }

  /**
   * What of two environments lets the same training have other bits, the first difference, in words; nothing if there is
   * none, or one of them does not tell.
   */
  public static Optional<String> difference(Map<String, String> before, Map<String, String> now) {
    return Stream.of(DEVICE, LINEAR_ALGEBRA)
        .filter(key -> before.containsKey(key) && !before.get(key).equals(now.get(key)))
        .map(key -> before.get(key) + " there, " + now.get(key) + " here")
        .findFirst();
  }

  /**
   * What keeps two processes from computing the same bits in one training, in words: another version of arturo4j, or another kind
   * of device; nothing if they can.
   *
   * @param first of rank 0, as {@link #environment} tells it
   * @param here of another
   */
  public static Optional<String> mismatch(Map<String, String> first, Map<String, String> here) {
    return Stream.of(ARTURO4J, TORNADO_VM, DEVICE, LINEAR_ALGEBRA)
        .filter(key -> !kind(key, first).equals(kind(key, here)))
        .map(key -> "rank 0 has the " + WORDS.getOrDefault(key, key) + " " + kind(key, first) + ", but here is " + kind(key, here))
        .findFirst();
  }

  /** Without the number of the device, of which each rank may have another. */
  private static String kind(String key, Map<String, String> environment) {
    String value = environment.getOrDefault(key, "");
    return key.equals(DEVICE) ? value.substring(value.indexOf(' ') + 1) : value;
  }

  /** An environment where products are cut in that way. */
  public static Map<String, String> with(Map<String, String> environment, ProductCuts cuts) {
    Map<String, String> all = new LinkedHashMap<>(environment);
    all.remove(PRODUCTS);
    if (!cuts.equals(ProductCuts.NONE)) {
      all.put(PRODUCTS, cuts.toString());
    }
    return all;
  }

  /**
   * How an environment's products are cut.
   *
   * @throws InputException if what it says of them is not of that form; one line
   */
  public static ProductCuts cuts(Map<String, String> environment) {
    try {
      return ProductCuts.parse(environment.getOrDefault(PRODUCTS, ""));
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "in the environment in config.yaml, '" + PRODUCTS + "': " + e.getMessage() + "; put it back as it was, or take the line out", e);
    }
  }

  /**
   * All of them, and the device.
   *
   * @param device null where nothing is trained, and none is told of
   */
  public static Map<String, String> environment(Devices.Entry device) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put(ARTURO4J, arturo4j());
    environment.put("java", Runtime.version().toString());
    environment.put(TORNADO_VM, tornadoVm());
    if (device != null) {
      environment.put(DEVICE, device.id() + " " + device.name());
      environment.put(LINEAR_ALGEBRA, LinearAlgebra.of(device.traits()).name());
    }
    environment.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return environment;
  }
}
