// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.device;

import io.github.arturo4j.jvm.Workers;
import io.github.arturo4j.kernels.inspect.DeviceException;
import io.github.arturo4j.kernels.inspect.Diagnosis;
import io.github.arturo4j.kernels.inspect.MissingApi;
import io.github.arturo4j.kernels.inspect.TornadoVmMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** Finds the devices that TornadoVM, or its implementation on the plain JVM, offers. */
public final class Devices {
  /** The address of the JVM device. */
  public static final String JVM = "jvm";

  private static final double GIBIBYTE = 1 << 30;

  /** Where no probe knows better. */
  private static final String REMEDY = "install the driver of a device that the SDK's backend can use";

  private Devices() {}

  /**
   * A device and its address.
   *
   * @param backend index of the backend (driver), from 0
   * @param index index of the device in its backend, from 0
   * @param traits what kernels are chosen for on it
   */
  public record Entry(int backend, int index, TornadoDevice device, DeviceTraits traits) {
    private Entry(int backend, int index, TornadoDevice device) {
      this(backend, index, device, DeviceTraits.of(device));
    }

    /** The same device with kernels chosen for other traits. */
    public Entry with(DeviceTraits other) {
      return new Entry(backend, index, device, other);
    }

    /** The address that the command line takes: {@code backend:index}, or {@link #JVM}. */
    public String id() {
      return traits.plainJvm() ? JVM : backend + ":" + index;
    }

    /** The device's own name. */
    public String name() {
      return device.getPhysicalDevice().getDeviceName().strip();
    }

    private Description describe() {
      return new Description(
          id(),
          device.getTornadoVMBackend().toString(),
          device.getPlatformName(),
          device.getDeviceType(),
          device.getMaxGlobalMemory(),
          device.getPhysicalDevice().getDeviceMaxComputeUnits(),
          name());
    }
  }

  /**
   * What people want to know of a device.
   *
   * @param id its address
   * @param backend kind of its backend
   * @param platform name of the driver's platform
   * @param type kind of the device
   * @param memory bytes of its memory; not positive if its driver does not tell, like the next
   * @param computeUnits its multiprocessors, or of a CPU its threads
   * @param name its own name
   */
  public record Description(
      String id, String backend, String platform, TornadoDeviceType type, long memory, int computeUnits, String name) {
    /** Whether the device has this address or is in this group; the JVM device has the address 0:0, too. */
    boolean answersTo(String idOrGroup) {
      return id.equals(idOrGroup)
          || id.equals(JVM) && idOrGroup.equals("0:0")
          || DeviceGroup.named(idOrGroup).filter(group -> group.has(this)).isPresent();
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%-3s  %-8s %6.1f GiB  %s", id, backend, memory / GIBIBYTE, name);
    }
  }

  /** Every device that TornadoVM offers, and the JVM device even where an SDK hides it. */
  public static List<Description> describe() {
    List<Description> all = new ArrayList<>(list().stream().map(Entry::describe).toList());
    if (all.stream().noneMatch(d -> d.id().equals(JVM))) {
      String java = "Java " + Runtime.version();
      all.add(
          new Description(
              JVM, "JAVA", java, TornadoDeviceType.CPU, Runtime.getRuntime().maxMemory(), Workers.count(), Workers.deviceName()));
    }
    return all;
  }

  /**
   * Every device that runs task graphs in this process, in TornadoVM's order; at least one.
   *
   * @throws IllegalStateException if TornadoVM does not start or has no device; the message says what to do
   */
  public static List<Entry> list() {
    List<Entry> devices;
    try {
      devices = search();
    } catch (LinkageError | RuntimeException e) { // without a driver, a static initializer fails
      throw noStart(e, MissingApi.of(e).or(Diagnosis::ofStart));
    }
    if (devices.isEmpty()) {
      throw new DeviceException(noStart("TornadoVM finds no device", Diagnosis.ofStart()));
    }
    return devices;
  }

  private static String noStart(String failure, Optional<String> diagnosis) {
    return diagnosis.map(found -> "TornadoVM does not start: " + found).orElse(failure + "; " + REMEDY)
        + ", or run on the plain JVM with --device " + JVM;
  }

  /**
   * Names the cause of a failed start in one line: what was diagnosed, or else what TornadoVM says.
   */
  static IllegalStateException noStart(Throwable failure, Optional<String> diagnosis) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    String said = "TornadoVM does not start: " + TornadoVmMessage.plain(message);
    return new DeviceException(noStart(said, diagnosis), failure);
  }

  private static List<Entry> search() {
    TornadoRuntime runtime = TornadoRuntimeProvider.getTornadoRuntime();
    List<Entry> devices = new ArrayList<>();
    for (int b = 0; b < runtime.getNumBackends(); b++) {
      TornadoBackend backend = runtime.getBackend(b);
      for (int d = 0; d < backend.getNumDevices(); d++) {
        devices.add(new Entry(b, d, backend.getDevice(d)));
      }
    }
    return devices;
  }

  /**
   * The device with an address like {@code 0:1} or {@link #JVM}, the first of the group {@code nvidia}, {@code amd}
   * or {@code cpu}, or the first of all for {@code null}.
   *
   * @throws IllegalArgumentException if there is no such device; the message lists those there are
   */
  public static Entry find(String idOrGroup) {
    List<Entry> devices = list();
    if (idOrGroup == null) {
      return devices.getFirst();
    }
    List<Description> descriptions = devices.stream().map(Entry::describe).toList();
    return devices.get(descriptions.indexOf(choose(idOrGroup, descriptions)));
  }

  /**
   * The device of one of several processes of this machine: of addresses that are separated by commas, the one in its place; of a
   * group, or of the devices that are like the first of all, likewise. A CPU, and a device whose address alone is named, is shared.
   *
   * @param place of the process among them, from 0 on
   * @throws IllegalArgumentException if there are fewer devices than processes, or no such device; one line
   */
  public static Entry find(String idOrGroup, int place) {
    List<Entry> devices = list();
    List<Description> descriptions = devices.stream().map(Entry::describe).toList();
    return devices.get(descriptions.indexOf(choose(idOrGroup, place, descriptions)));
  }

  /** The same of these devices. */
  static Description choose(String idOrGroup, int place, List<Description> devices) {
    if (idOrGroup != null && idOrGroup.contains(",")) {
      List<String> ids = List.of(idOrGroup.split(",", -1));
      if (place >= ids.size()) {
        throw new IllegalArgumentException(
            "'" + idOrGroup + "' names " + ids.size() + " devices, but more processes than that are started on this machine; start one"
                + " for each, or name one device that they share");
      }
      return choose(ids.get(place), devices);
    }
    boolean named = idOrGroup != null && DeviceGroup.named(idOrGroup).isEmpty();
    Description first = idOrGroup == null ? devices.getFirst() : choose(idOrGroup, devices);
    if (named || first.type() == TornadoDeviceType.CPU) {
      return first;
    }
    List<Description> alike =
        devices.stream().filter(d -> d.type() == first.type() && d.backend().equals(first.backend()))
            .filter(d -> idOrGroup == null || d.answersTo(idOrGroup)).toList();
    if (place >= alike.size()) {
      throw new IllegalArgumentException(
          "there are " + alike.size() + " devices like " + first.id() + " (" + first.name() + "), but more processes than that are"
              + " started on this machine; start one for each, or name the devices, such as --device " + first.id() + "," + first.id()
              + " for two that share one");
    }
    return alike.get(place);
  }

  /** The first of these devices that answers to an address or a group. */
  static Description choose(String idOrGroup, List<Description> devices) {
    return devices.stream()
        .filter(device -> device.answersTo(idOrGroup))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(missing(idOrGroup, devices)));
  }

  private static String missing(String idOrGroup, List<Description> devices) {
    if (idOrGroup.equals(JVM)) {
      return "device 'jvm' is hidden by TornadoVM's SDK in this process; start it as './arturo ... --device jvm'";
    }
    String known =
        devices.stream().map(d -> d.id() + " (" + d.name() + ")").collect(Collectors.joining(", "));
    boolean noSdk = devices.stream().allMatch(device -> device.id().equals(JVM));
    return "no device '" + idOrGroup + "'; there are: " + known
        + (noSdk ? "; more with a TornadoVM SDK and TORNADOVM_HOME set to it" : causes());
  }

  private static String causes() {
    return Diagnosis.ofDevices().stream().map(cause -> "; " + cause).collect(Collectors.joining());
  }
}
