// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import picocli.CommandLine.Mixin;

/** The options that change an experiment, whatever its optimizer: those of {@code train}, {@code compare} and {@code tune} alike. */
final class ExperimentOptions {
  @Mixin SizeOptions size;

  @Mixin ScheduleOptions schedule;

  @Mixin LossOptions loss;

  @Mixin StepOptions step;

  @Mixin InitializationOption initialization;

  @Mixin ValidationOptions validation;

  /**
   * The experiment with the options applied.
   *
   * @param seed null for the experiment's
   * @throws IllegalArgumentException if a value is out of its range, or two do not fit together; one line
   */
  Experiment apply(Experiment experiment, Long seed, OptimizerConfig optimizer) {
    Experiment sized = experiment.with(size.epochs, size.batchSize, seed, optimizer);
    return validation.apply(initialization.apply(step.apply(loss.apply(schedule.apply(sized)))));
  }
}
