// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.ScheduleText;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.schedule.Schedule;
import io.github.arturo4j.host.schedule.Schedules;
import java.util.ArrayList;
import picocli.CommandLine.Option;

/** The options that change how an experiment's rate changes. */
final class ScheduleOptions {
  @Option(
      names = ScheduleText.SCHEDULE,
      paramLabel = "NAME[,KEY=VALUE...]",
      completionCandidates = Names.class,
      description =
          "How the rate changes: ${COMPLETION-CANDIDATES}, with values such as finalFactor=0.01,unit=step ('arturo"
              + " schedules' lists them).")
  String schedule;

  @Option(
      names = ScheduleText.WARM_UP,
      paramLabel = "N[,KEY=VALUE...]",
      description = "Let the rate rise for N epochs before the schedule begins, or steps: N,unit=step.")
  String warmUp;

  /** Names for help texts and completion. */
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Names() {
      super(Schedules.names());
    }
  }

  /**
   * The experiment with the options applied.
   *
   * @throws InputException if there is no such schedule, or a value is not valid; one line
   */
  Experiment apply(Experiment experiment) {
    if (schedule == null && warmUp == null) {
      return experiment;
    }
    Schedule named = schedule == null ? experiment.schedule() : ScheduleText.schedule(schedule);
    return experiment.with(warmUp == null ? named : ScheduleText.warmUp(warmUp).before(named));
  }
}
