// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.autotune.Autotuner;
import io.github.arturo4j.host.autotune.CutsFile;
import io.github.arturo4j.host.autotune.FirstTraining;
import io.github.arturo4j.host.autotune.NetworkProducts;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.linalg.Product;
import io.github.arturo4j.kernels.tuning.Tuned;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code arturo tune-device}. */
@Command(
    name = "tune-device",
    mixinStandardHelpOptions = true,
    description = {
      "Measures how the products of a network are best cut into threads and parts on a device, and keeps it for the trainings that"
          + " begin there.",
      "Whatever gives a wrong result is left out."
    })
final class TuneDeviceCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "EXPERIMENT|NETWORK|RUN",
      description = "An experiment, built in or of a YAML file, a network's name, or a run folder.")
  String model;

  @Mixin DataOptions options;

  @Option(names = "--batch-size", paramLabel = "N", description = "Examples of a step (default: the experiment's, or 255).")
  Integer batchSize;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    if (batchSize != null) {
      BenchCommand.checkRange("--batch-size", batchSize, Experiment.MAX_IMAGES);
    }
    NamedNetwork named = NamedNetwork.find(model, null, null, options.data);
    Devices.Entry device = options.findDevice();
    Autotuner tuner = new Autotuner(device);
    if (!tuner.tunes()) {
      throw new UsageException(
          device.name() + " has its products made by libraries, so there is nothing to tune; "
              + (device.traits().libraries().isPresent()
                  ? "tune its kernels with --linalg kernels"
                  : "name another device with --device ('arturo devices' lists them)"));
    }
    int batch = batchSize == null ? named.batchSize() : batchSize;
    List<Product> products = NetworkProducts.of(named.network(), batch, Integer.MAX_VALUE, device.device());
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%d products of %s at batch size %d, on %s%n", products.size(), named.network().name(), batch, device.name());
    out.printf("%-56s %10s %12s %17s %12s %7s %6s %6s%n", "product", "rule", "µs", "best", "µs", "ratio", "tried", "wrong");
    out.flush();
    List<Tuned> measured = tuner.tune(products, () -> true, tuned -> tell(tuned, out));
    tellSum(measured, out);
    measured.stream().filter(tuned -> tuned.wrong() > 0).map(FirstTraining::wrong).forEach(out::println);
    CutsFile file = CutsFile.of(device);
    file.add(tuner.cuts(products, measured), true);
    out.println("Kept in " + file.path());
    out.flush();
    Set<String> lost =
        measured.stream().filter(tuned -> tuned.best().isEmpty()).map(tuned -> tuned.product().key()).collect(Collectors.toSet());
    if (!lost.isEmpty()) {
      throw new OperationException(
          "no kernel gives the right result of " + lost + "; 'arturo doctor --device " + device.id() + "' says what is wrong");
    }
    return 0;
  }

  private static void tell(Tuned tuned, PrintWriter out) {
    Tuned.Trial rule = tuned.rule();
    Tuned.Trial best = tuned.best().orElse(rule);
    out.printf(
        Locale.ROOT, "%-56s %10s %12.1f %17s %12.1f %7.2f %6d %6d%n", tuned.product().key(), rule.cut(), rule.seconds() * 1e6,
        best.cut(), best.seconds() * 1e6, tuned.gain(), tuned.trials().size(), tuned.wrong());
    out.flush();
  }

  private static void tellSum(List<Tuned> measured, PrintWriter out) {
    List<Tuned> right = measured.stream().filter(tuned -> tuned.rule().right()).toList();
    double rule = right.stream().mapToDouble(tuned -> tuned.rule().seconds()).sum();
    double best = right.stream().mapToDouble(tuned -> tuned.best().orElseThrow().seconds()).sum();
    out.printf(Locale.ROOT, "%-56s %10s %12.1f %17s %12.1f %7.2f%n", "all", "", rule * 1e6, "", best * 1e6, rule / best);
  }
}
