// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench.report;

import io.github.arturo4j.host.bench.CopySpeed;
import io.github.arturo4j.host.bench.EpochSpeed;
import io.github.arturo4j.host.bench.LayerSpeed;
import io.github.arturo4j.host.bench.OptimizerSpeed;
import io.github.arturo4j.host.bench.StepSpeed;
import io.github.arturo4j.host.doctor.CheckResult;
import io.github.arturo4j.host.profile.DeviceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has been measured so far. Not thread-safe. */
final class Findings {
  final List<PartResult> parts = new ArrayList<>();
  final List<Failure> failures = new ArrayList<>();
  final List<CheckResult> checks = new ArrayList<>();
  final List<CopySpeed> copies = new ArrayList<>();
  final List<LayerSpeed> products = new ArrayList<>();
  final List<LayerSpeed> convolutions = new ArrayList<>();
  final List<OptimizerSpeed> optimizers = new ArrayList<>();
  final List<StepSpeed> steps = new ArrayList<>();
  final List<EpochSpeed> epochs = new ArrayList<>();
  String pytorch;
  Double launchMicros;
  private String part = "";
  private String item = "";

  /** What is measured from here on. */
  void begin(String nextPart, String nextItem) {
    part = nextPart;
    item = nextItem;
  }

  /** It could not be measured, or not whole. */
  void failed(String message) {
    failures.add(new Failure(part, item, message));
  }

  /** The device by what it can do at best, for predictions; nothing if some of it was not measured. */
  Optional<DeviceModel> model() {
    Limits limits = Limits.of(copies, products, launchMicros, Optional.empty());
    return limits.copyGigabytesPerSecond() == null || limits.productGigaflopsPerSecond() == null || launchMicros == null
        ? Optional.empty()
        : Optional.of(new DeviceModel(limits.copyGigabytesPerSecond(), limits.productGigaflopsPerSecond(), launchMicros));
  }
}
