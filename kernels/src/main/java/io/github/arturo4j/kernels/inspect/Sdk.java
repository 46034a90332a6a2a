// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The TornadoVM SDK that TORNADOVM_HOME names.
 *
 * @param folder where it lies; null if the variable is not set
 * @param version of TornadoVM, such as "5.2.0-jdk25" or "8.2.0"; empty if it does not say
 * @param jdk feature release of Java that it is made for, or, from 7.0 on, the oldest; empty if it does not say
 * @param backends names of its backends, such as "opencl" or "cuda"; none if it does not say
 */
public record Sdk(Path folder, String version, String jdk, List<String> backends) {
  private static final Pattern JDK = Pattern.compile("-jdk(\\d+)(plus)?");

  /** That of this process, if it has one. */
  public static Optional<Sdk> current() {
    return Optional.of(of(Machine.current())).filter(sdk -> sdk.folder != null);
  }

  /** The SDK of a machine's environment. */
  static Sdk of(Machine machine) {
    Path folder = machine.variable("TORNADOVM_HOME").map(Path::of).orElse(null);
    if (folder == null) {
      return new Sdk(null, "", "", List.of());
    }
    String version = property(folder, "tornado.release", "version");
    return new Sdk(folder, version, jdk(folder, version), backends(folder));
  }

  private static String jdk(Path folder, String version) {
    String floor = property(folder, "tornado.jdk", "tornado.jdk.floor");
    Matcher named = JDK.matcher(version);
    boolean isNamed = named.find();
    if (!floor.isEmpty() || isNamed && named.group(2) != null) {
      return (floor.isEmpty() ? named.group(1) : floor) + " or newer";
    }
    return isNamed ? named.group(1) : "";
  }

  private static List<String> backends(Path folder) {
    return Arrays.stream(property(folder, "tornado.backend", "tornado.backends").split(","))
        .map(name -> name.strip().replace("-backend", ""))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** A value of one of the SDK's files of properties; empty if there is none. */
  private static String property(Path folder, String file, String key) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(folder.resolve("etc").resolve(file))) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) { // missing, or no properties: it does not say
      return "";
    }
    return properties.getProperty(key, "").strip();
  }

  boolean has(String backend) {
    return backends.contains(backend);
  }

  /** The SDK's own library of a backend, where that is called after it. */
  Path library(String backend) {
    return folder.resolve("lib").resolve("libtornado-" + backend + ".so");
  }

  /** Whether a backend calls its driver through that library: later releases have backends that do without one. */
  boolean needsLibrary(String backend) {
    Path jars = folder.resolve("share/java/tornado");
    try (DirectoryStream<Path> found = Files.newDirectoryStream(jars, "tornado-drivers-" + backend + "-jni*.jar")) {
      return found.iterator().hasNext();
    } catch (IOException e) { // no such folder
      return false;
    }
  }

  /** Its version and backends, but not where it is. */
  public String summary() {
    return "TornadoVM " + (version.isEmpty() ? "of unknown version" : version)
        + (jdk.isEmpty() ? "" : ", for JDK " + jdk)
        + ", backends: " + (backends.isEmpty() ? "unknown" : String.join(", ", backends));
  }

  /** What it is, for people. */
  @Override
  public String toString() {
    return summary() + ", in '" + folder + "'";
  }
}
