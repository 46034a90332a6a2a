// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.schedule.Schedule;
import io.github.arturo4j.host.schedule.Schedules;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code arturo schedules}. */
@Command(
    name = "schedules",
    mixinStandardHelpOptions = true,
    description = "Lists the schedules of rates with their values: default, range, and what each does.")
final class SchedulesCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    for (Schedule schedule : Schedules.all()) {
      ValueList.print(schedule.name(), schedule, out);
    }
    out.flush();
    return 0;
  }
}
