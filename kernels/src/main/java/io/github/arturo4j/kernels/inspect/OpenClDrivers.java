// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The OpenCL drivers (ICDs) that the loader finds: files NAME.icd, each of which names a library.
 *
 * @param place the folder where the loader looks; another one than it usually is if a variable names it
 * @param variable the variable that names the place; null if none does
 * @param all those found
 */
record OpenClDrivers(Path place, String variable, List<Driver> all) {
  private static final String FOLDER = "/etc/OpenCL/vendors";
  private static final List<String> FOLDER_VARIABLES = List.of("OCL_ICD_VENDORS", "OPENCL_VENDOR_PATH");
  private static final String LIBRARIES = "OCL_ICD_FILENAMES";

  /**
   * A driver.
   *
   * @param where what names it, for people
   * @param library name or path of its library
   */
  record Driver(String where, String library) {
    /** Whether its name or its library's says that it is one of these. */
    boolean isOf(String... vendors) {
      String name = (where.substring(where.lastIndexOf('/') + 1) + " " + library).toLowerCase(Locale.ROOT);
      return Arrays.stream(vendors).anyMatch(name::contains);
    }
  }

  /** As ocl-icd and Khronos' loader find them. */
  static OpenClDrivers of(Machine machine) {
    String variable =
        FOLDER_VARIABLES.stream().filter(name -> machine.variable(name).isPresent()).findFirst().orElse(null);
    Path place = variable == null ? machine.path(FOLDER) : Path.of(machine.environment().get(variable));
    List<Driver> all = new ArrayList<>(inFolder(place));
    machine.variable(LIBRARIES).ifPresent(
        value -> Arrays.stream(value.split(":")).forEach(library -> all.add(new Driver(LIBRARIES, library))));
    return new OpenClDrivers(place, variable, all);
  }

  private static List<Driver> inFolder(Path place) {
    List<Driver> drivers = new ArrayList<>();
    try {
      if (Files.isDirectory(place)) {
        try (Stream<Path> files = Files.list(place)) {
          for (Path file : files.filter(OpenClDrivers::isIcd).sorted().toList()) {
            drivers.add(read(file));
          }
        }
      } else if (isIcd(place) && Files.exists(place)) { // ocl-icd takes a single file, too, …
        drivers.add(read(place));
      } else if (place.getFileName() != null && place.getFileName().toString().contains(".so")) { // … or a library
        drivers.add(new Driver(FOLDER_VARIABLES.getFirst(), place.toString()));
      }
    } catch (IOException e) { // what cannot be read is not found by the loader either
      return drivers;
    }
    return drivers;
  }

  private static boolean isIcd(Path file) {
    return file.toString().endsWith(".icd");
  }

  private static Driver read(Path file) throws IOException {
    return new Driver(file.toString(), Files.readString(file).lines().findFirst().orElse("").strip());
  }

  /** Whether one of them is of these vendors. */
  boolean has(String... vendors) {
    return all.stream().anyMatch(driver -> driver.isOf(vendors));
  }
}
