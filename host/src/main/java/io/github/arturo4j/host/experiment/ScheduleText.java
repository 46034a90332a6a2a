// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.schedule.Schedule;
import io.github.arturo4j.host.schedule.WarmUp;
import java.util.ArrayList;
import java.util.List;

/** Schedules as options: {@code --schedule cosine,finalFactor=0.01,unit=step --warm-up 500,unit=step}. */
public final class ScheduleText {
  /** The option that names a schedule. */
  public static final String SCHEDULE = "--schedule";

  /** The option that has one begin with a warm-up. */
  public static final String WARM_UP = "--warm-up";

  private static final String REMEDY = "; 'arturo schedules' lists all with their values";

  private ScheduleText() {}

  /**
   * Reads a schedule.
   *
   * @param text its name and any of its values
   * @throws InputException if there is none of that name, or a value is not valid; one line
   */
  public static Schedule schedule(String text) {
    return OptionText.read(SCHEDULE, "name: ", text, REMEDY, Schedule.class);
  }

  /**
   * Reads a warm-up.
   *
   * @param text its length and any of its other values
   * @throws InputException if a value is not valid; one line
   */
  public static WarmUp warmUp(String text) {
    return (WarmUp) OptionText.read(WARM_UP, "name: warm-up, length: ", text, REMEDY, Schedule.class);
  }

  /** The options that stand for a schedule, each with its value behind it. */
  public static List<String> options(Schedule schedule) {
    if (!(schedule instanceof WarmUp warmUp)) {
      return List.of(SCHEDULE, schedule.name() + OptionText.values((Record) schedule));
    }
    List<String> options = new ArrayList<>(options(warmUp.then()));
    options.add(WARM_UP);
    options.add(warmUp.length() + ",startFactor=" + warmUp.startFactor() + ",unit=" + warmUp.unit());
    return options;
  }
}
