// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.github.arturo4j.host.bench.CopySpeed;
import io.github.arturo4j.host.bench.EpochSpeed;
import io.github.arturo4j.host.bench.LayerSpeed;
import io.github.arturo4j.host.bench.OptimizerSpeed;
import io.github.arturo4j.host.bench.StepSpeed;
import io.github.arturo4j.host.doctor.CheckResult;
import java.util.List;

/**
 * What was measured of a device.
 *
 * @param format version of this record as JSON
 * @param complete whether all parts are over
 * @param written when, as ISO 8601 says it
 * @param command the command line
 * @param minutes that there were
 * @param seconds that were taken
 * @param machine what it ran on
 * @param pytorch its version, and its threads or GPU; null without it
 * @param limits what the device can do at best
 * @param parts those that are over
 * @param failures what could not be measured
 * @param warnings what makes results slow or doubtful without being a fault
 * @param checks doctor's
 * @param copies within the device first, then from and to the host
 * @param products of matrices
 * @param convolutions as products
 * @param optimizers alone
 * @param steps of trainings
 * @param epochs of trainings
 */
public record BenchReport(
    String format, boolean complete, String written, String command, double minutes, double seconds, Machine machine, String pytorch,
    Limits limits, List<PartResult> parts, List<Failure> failures, List<String> warnings, List<CheckResult> checks,
    List<CopySpeed> copies, List<LayerSpeed> products, List<LayerSpeed> convolutions, List<OptimizerSpeed> optimizers,
    List<StepSpeed> steps, List<EpochSpeed> epochs) {
  /** The format that is written. */
  public static final String FORMAT = "arturo4j-report/1";

  private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

  /** As JSON: keys are the components' names, and those of what follows from them. */
  public String json() {
    try {
      return JSON.writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // numbers, texts and lists are JSON
    }
  }

  /** Faults of all checks. */
  public int faults() {
    return checks.stream().mapToInt(check -> check.faults().size()).sum();
  }
}
