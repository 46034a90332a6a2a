// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench.report;

import io.github.arturo4j.host.bench.DeviceRates;
import io.github.arturo4j.host.bench.Effort;
import io.github.arturo4j.host.bench.EpochBench;
import io.github.arturo4j.host.bench.EpochSpeed;
import io.github.arturo4j.host.bench.OptimizerBench;
import io.github.arturo4j.host.bench.StepBench;
import io.github.arturo4j.host.doctor.CheckResult;
import io.github.arturo4j.host.doctor.Doctor;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.profile.Gpus;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.ProductCuts;
import io.github.arturo4j.models.Network;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Makes a report: one part after the other, each in its share of the time; what fails is told in the report, and the rest goes on. */
public final class ReportRun {
  private static final double MINUTE = 60;
  private static final int EPOCHS = 2;
  private static final double LOOP_WARM_UP = 2;

  /** PyTorch's epoch, and one to warm it up, may take twice as long as ours; steps of an epoch where none was measured. */
  private static final int PYTORCH_EPOCHS = 6;

  private static final int UNKNOWN_STEPS = 10;

  private final Devices.Entry device;
  private final Workload workload;
  private final Settings settings;
  private final Function<Throwable, String> words;
  private final Findings findings = new Findings();
  private final Machine machine;
  private TimeBudget budget;

  /**
   * How it is made.
   *
   * @param minutes that there are
   * @param python an interpreter that has PyTorch; null for none
   * @param command the command line
   */
  public record Settings(double minutes, String python, String command) {}

  /**
   * One of all measurements.
   *
   * @param words what a failure is, in one line
   */
  public ReportRun(Devices.Entry device, Settings settings, Function<Throwable, String> words) {
    this(device, Workload.full(device), settings, words);
  }

  /** One of fewer. */
  ReportRun(Devices.Entry device, Workload workload, Settings settings, Function<Throwable, String> words) {
    this.device = device;
    this.workload = workload;
    this.settings = settings;
    this.words = words;
    machine = Machine.of(device);
  }

  /**
   * Makes it.
   *
   * @param told is given what there is at the beginning and after each part
   * @return the complete one
   */
  public BenchReport make(Consumer<BenchReport> told) {
    budget = new TimeBudget(settings.minutes * MINUTE, 1, System::nanoTime);
    findings.begin("pytorch", "start");
    try (Peer peer = new Peer(settings.python, device, findings)) {
      told.accept(report(false));
      LayerParts layers = new LayerParts(device, cuts(), peer);
      List<Part> parts =
          List.of(
              new Part("doctor", 0.2, this::checks),
              new Part("copies", 0.05, this::copies),
              new Part("products", 0.1, () -> layers.items(workload.products(), findings.products::add)),
              new Part("convolutions", 0.2, () -> layers.items(workload.convolutions(), findings.convolutions::add)),
              new Part("optimizers", 0.15, () -> optimizers(peer)),
              new Part("steps", 0.2, () -> steps(peer)),
              new Part("epoch", 0.1, () -> List.of(new Item(EpochBench.experiment().name(), seconds -> epoch(peer, seconds)))));
      for (Part part : parts) {
        make(part);
        if (part != parts.getLast()) {
          told.accept(report(false));
        }
      }
      BenchReport whole = report(true);
      told.accept(whole);
      return whole;
    }
  }

  /** What was tuned for the device; none where the file that keeps it is damaged. */
  private ProductCuts cuts() {
    findings.begin("products", "tuned kernels");
    try {
      return LayerParts.kept(device);
    } catch (InputException e) {
      findings.failed(words.apply(e));
      return ProductCuts.NONE;
    }
  }

  private void make(Part part) {
    double start = budget.spent();
    budget.begin(part.weight());
    findings.begin(part.name(), "preparation");
    List<String> leftOut = new ArrayList<>();
    try {
      List<Item> items = part.items().get();
      for (int i = 0; i < items.size(); i++) {
        double seconds = budget.share(items.size() - i);
        if (seconds <= 0) {
          leftOut.add(items.get(i).name());
        } else {
          make(part, items.get(i), Math.min(seconds, workload.seconds()));
        }
      }
    } catch (RuntimeException | Error e) {
      findings.failed(words.apply(e));
    }
    findings.parts.add(new PartResult(part.name(), budget.spent() - start, leftOut));
  }

  private void make(Part part, Item item, double seconds) {
    findings.begin(part.name(), item.name());
    try {
      item.measurement().accept(seconds);
    } catch (RuntimeException | Error e) { // a compiler of kernels throws errors, too
      findings.failed(words.apply(e));
    }
  }

  private List<Item> checks() {
    return workload.checks().stream()
        .map(
            check ->
                new Item(
                    check.name(),
                    seconds -> {
                      CheckResult result = check.run();
                      findings.checks.add(result);
                      result.faults().forEach(findings::failed);
                    }))
        .toList();
  }

  private List<Item> copies() {
    int size = workload.copySize();
    return List.of(
        new Item("within the device", seconds -> findings.copies.add(DeviceRates.copy(device, size, loops(seconds)))),
        new Item("to the device", seconds -> findings.copies.add(DeviceRates.toDevice(device, size, loops(seconds)))),
        new Item("to the host", seconds -> findings.copies.add(DeviceRates.toHost(device, size, loops(seconds)))),
        new Item("launch", seconds -> findings.launchMicros = DeviceRates.launchMicros(device, loops(seconds / 2))));
  }

  /** The first kernels of a process: C2 has to compile more than them. */
  private static Effort loops(double seconds) {
    return Effort.within(seconds, LOOP_WARM_UP);
  }

  private List<Item> optimizers(Peer peer) {
    return workload.optimizers().stream()
        .map(
            config ->
                new Item(
                    config.label() + ", rate " + Words.rate(config.initialRate()),
                    seconds ->
                        findings.optimizers.add(
                            peer.measure(
                                pytorch ->
                                    OptimizerBench.measure(
                                        device, config, workload.parameters(), 1,
                                        Effort.within(seconds / 2, OptimizerBench.WARM_UP), pytorch)))))
        .toList();
  }

  private List<Item> steps(Peer peer) {
    return workload.steps().stream()
        .map(
            step ->
                new Item(
                    step.label(),
                    seconds ->
                        findings.steps.add(
                            peer.measure(
                                pytorch ->
                                    StepBench.measure(
                                        device, step, 1, Effort.within(seconds / 2, StepBench.WARM_UP), findings.model().orElse(null),
                                        pytorch)))))
        .toList();
  }

  private void epoch(Peer peer, double seconds) {
    Network network = EpochBench.experiment().network();
    int batch = EpochBench.experiment().batchSize();
    double step =
        findings.steps.stream()
            .filter(speed -> speed.model().equals(network.name()))
            .mapToDouble(speed -> speed.times().medianSeconds())
            .findFirst()
            .orElse(Double.NaN);
    int epochs = EPOCHS + (peer.isThere() ? PYTORCH_EPOCHS : 0);
    int steps = Double.isNaN(step) ? UNKNOWN_STEPS : (int) Math.clamp(seconds / (epochs * step), 1, workload.images());
    int images = (int) Math.min(workload.images(), (long) steps * batch);
    List<EpochSpeed> made = new ArrayList<>();
    EpochBench.measure(device, network, EpochBench.random(images), EPOCHS, made::add);
    EpochSpeed warm = made.getLast();
    findings.epochs.add(peer.measure(pytorch -> pytorch == null ? warm : EpochBench.beside(warm, network, pytorch)));
  }

  private BenchReport report(boolean complete) {
    Integer units = machine.device().computeUnits();
    return new BenchReport(
        BenchReport.FORMAT, complete, OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString(), settings.command, settings.minutes,
        budget.spent(), machine, findings.pytorch,
        Limits.of(findings.copies, findings.products, findings.launchMicros, Gpus.ofDevice(device.name(), units == null ? 0 : units)),
        List.copyOf(findings.parts), List.copyOf(findings.failures), Doctor.warnings(device), List.copyOf(findings.checks),
        List.copyOf(findings.copies), List.copyOf(findings.products), List.copyOf(findings.convolutions), List.copyOf(findings.optimizers),
        List.copyOf(findings.steps), List.copyOf(findings.epochs));
  }
}
