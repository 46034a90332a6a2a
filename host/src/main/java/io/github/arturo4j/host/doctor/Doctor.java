// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.run.Versions;
import io.github.arturo4j.kernels.choice.ProductCheck;
import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.Precision;
import io.github.arturo4j.kernels.inspect.LibraryProviders;
import io.github.arturo4j.kernels.inspect.Sdk;
import io.github.arturo4j.kernels.linalg.LibraryLinearAlgebra;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.reference.Execution;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Examines a device: prints what there is, a line for each check, and a line for each fault. */
public final class Doctor {
  private static final String BAILOUT = "tornado.recover.bailout";

  private final Devices.Entry device;
  private final PrintWriter out;
  private final boolean jvm;
  private int faults;
  private int checks;

  /** A doctor for that device, who writes there. */
  public Doctor(Devices.Entry device, PrintWriter out) {
    this.device = device;
    this.out = out;
    jvm = DeviceTraits.of(device.device()).plainJvm();
  }

  /**
   * Everything; 0 if all is right, else 1.
   *
   * @param network whether a whole network is examined, too
   */
  public int examine(boolean network) {
    Versions.environment(device).forEach(this::line);
    if (!jvm) {
      List<String> providers = LibraryProviders.names();
      line("sdk", Sdk.current().map(Sdk::toString).orElse("unknown, because TORNADOVM_HOME is not set"));
      line("libraries", providers.isEmpty() ? "none" : String.join(", ", providers));
    }
    line("vm", System.getProperty("java.vm.name") + ", " + System.getProperty("java.vm.vendor"));
    line("products", LinearAlgebra.of(device.traits()).name());
    line(jvm ? "threads" : "units", String.valueOf(device.device().getPhysicalDevice().getDeviceMaxComputeUnits()));
    Devices.describe().forEach(found -> line("found", found.toString()));
    warnings(device).forEach(warning -> out.println("WARN  " + warning));
    out.flush();
    checks(device, network).forEach(this::check);
    return verdict();
  }

  /** What makes results wrong or slow without being a fault: a line each. */
  public static List<String> warnings(Devices.Entry device) {
    return DeviceTraits.of(device.device()).plainJvm() ? JvmWarnings.current() : TornadoVmWarnings.current();
  }

  /**
   * All checks of a device, in the order in which they are made.
   *
   * @param network whether the last one is of a whole network, which takes longest
   */
  public static List<Check> checks(Devices.Entry device, boolean network) {
    List<Check> checks = new ArrayList<>();
    checks.add(new Check("no silent fall-back to Java", () -> fallBack(Versions.onTornadoVm(), System.getProperty(BAILOUT))));
    Execution execution = Execution.on(device.device());
    for (KernelCheck kernels : KernelCheck.all(device.device())) {
      checks.add(new Check(kernels.name(), () -> kernels.run(execution)));
    }
    if (device.traits().libraries().isPresent()) {
      for (Precision precision : Precision.values()) {
        LinearAlgebra libraries = new LibraryLinearAlgebra(precision);
        checks.add(
            new Check(
                "matrix products and convolutions, " + libraries.name(),
                () -> ProductCheck.faults(libraries, device.device(), precision.tolerance())));
      }
    }
    checks.add(new Check("arTuRO (robust) against its reference", () -> OptimizerCheck.run(device.device())));
    checks.add(new Check("the other optimizers against their references", () -> BaselineCheck.run(device.device())));
    for (String dtype : List.of("f64", "f32")) {
      for (String name : Trace.NAMES) {
        checks.add(
            new Check("trace " + name + " (" + dtype + ")", () -> TraceReplay.run(Trace.carried(name, dtype), device.device())));
      }
    }
    if (network) {
      checks.add(
          new Check(
              "a step and an evaluation of " + NetworkCheck.EXPERIMENT + " against recorded numbers",
              () -> NetworkCheck.run(device.device(), exact(device))));
    }
    return checks;
  }

  /** The device's traits, with 32-bit products: those of the recorded numbers. */
  private static DeviceTraits exact(Devices.Entry device) {
    DeviceTraits traits = device.traits();
    return traits.libraries().isPresent() ? traits.libraries(Precision.FP32) : traits;
  }

  /** The given traces only; 0 if all is right, else 1. */
  public int replay(List<Path> files) {
    for (Path file : files) {
      Trace trace = TraceFile.read(file);
      check(new Check("trace " + file, () -> TraceReplay.run(trace, device.device())));
    }
    return verdict();
  }

  /** A fault if TornadoVM runs kernels in Java, unasked and often wrong, where a device cannot. */
  static List<String> fallBack(boolean onTornadoVm, String bailout) {
    return !onTornadoVm || "false".equalsIgnoreCase(bailout)
        ? List.of()
        : List.of("TornadoVM may run kernels in Java unasked; start it with -D" + BAILOUT + "=false, as ./arturo does");
  }

  private void line(String what, String value) {
    out.printf("%-10s %s%n", what, value);
  }

  private void check(Check check) {
    CheckResult result = check.run();
    checks++;
    out.printf("%-5s %s%n", result.faults().isEmpty() ? "ok" : "FAULT", check.name());
    result.faults().forEach(fault -> out.println("      " + fault));
    out.flush();
    faults += result.faults().size();
  }

  private int verdict() {
    if (checks == 0) {
      throw new OperationException("nothing was compared; give a trace, or leave out --trace");
    }
    out.println(
        faults == 0
            ? "All is right: " + device.name() + " computes what it should."
            : faults + (faults == 1 ? " fault" : " faults") + " on " + device.name() + ".");
    out.flush();
    return faults == 0 ? 0 : 1;
  }
}
