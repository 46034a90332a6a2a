// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.schedule.Constant;
import io.github.arturo4j.host.schedule.Cosine;
import io.github.arturo4j.host.schedule.Linear;
import io.github.arturo4j.host.schedule.MultiStep;
import io.github.arturo4j.host.schedule.Schedule;
import io.github.arturo4j.host.schedule.Schedules;
import io.github.arturo4j.host.schedule.Unit;
import io.github.arturo4j.host.schedule.WarmUp;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Schedules in files and as options. */
class ScheduleTextTest {
  private static final String REMEDY = "; 'arturo schedules' lists all with their values";

  static Stream<Schedule> schedules() {
    return Stream.concat(
        Schedules.all().stream(),
        Stream.of(
            new MultiStep(List.of(30, 60), 0.2, Unit.STEP), new Cosine(7, 1e-3, Unit.STEP), new Linear(null, 0.5, null),
            new WarmUp(500, 0.01, Unit.STEP, new Cosine(null, 0.0, Unit.STEP)),
            new WarmUp(3, null, null, new MultiStep(List.of(5), 0.5))));
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void optionsThatAreWrittenAreRead(Schedule schedule) {
    List<String> options = ScheduleText.options(schedule);
    assertThat(options.getFirst()).isEqualTo("--schedule");
    Schedule read = ScheduleText.schedule(options.get(1));
    if (options.size() > 2) {
      assertThat(options.get(2)).isEqualTo("--warm-up");
      read = ScheduleText.warmUp(options.get(3)).before(read);
    }
    assertThat(read).isEqualTo(schedule);
    assertThat(options).noneMatch(word -> word.contains(" "));
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void filesThatAreWrittenAreRead(Schedule schedule) {
    Experiment experiment = Experiments.find("fmnist_cnn").with(3, null, null, Experiments.find("fmnist_cnn").optimizer());
    String yaml = Experiments.write(experiment.with(schedule));
    assertThat(yaml).contains("schedule:\n  name: \"" + schedule.name() + "\"\n");
    assertThat(Experiments.parse(yaml, "mine.yaml", Experiment.class).schedule()).isEqualTo(schedule);
  }

  @Test
  void whatIsLeftOutIsAsInTheDefaults() {
    assertThat(ScheduleText.schedule("cosine")).isEqualTo(new Cosine());
    assertThat(ScheduleText.schedule("multi-step,milestones=[4]")).isEqualTo(new MultiStep(List.of(4), 0.1));
    assertThat(ScheduleText.schedule("warm-up")).isEqualTo(new WarmUp(5, 1.0 / 3, Unit.EPOCH, new Constant()));
    assertThat(ScheduleText.schedule("cosine,unit=step")).isEqualTo(new Cosine(null, 0.0, Unit.STEP));
    assertThat(ScheduleText.schedule("linear, finalFactor=0.1, length=3")).isEqualTo(new Linear(3, 0.1, Unit.EPOCH));
    assertThat(ScheduleText.schedule("multi-step,milestones=[1,2],factor=0.5"))
        .isEqualTo(new MultiStep(List.of(1, 2), 0.5));
    assertThat(ScheduleText.warmUp("5")).isEqualTo(new WarmUp(5, 1.0 / 3, Unit.EPOCH, new Constant()));
    assertThat(ScheduleText.warmUp("5,unit=step,startFactor=0.1"))
        .isEqualTo(new WarmUp(5, 0.1, Unit.STEP, new Constant()));
    assertThat(ScheduleText.warmUp("5").before(new WarmUp(9, 0.1, null, new Linear())))
        .isEqualTo(new WarmUp(5, null, null, new Linear()));
  }

  @Test
  void anExperimentWithoutOneKeepsItsRate() {
    String yaml = Experiments.write(Experiments.find("fmnist_cnn-sgd")).replaceAll("(?m)^schedule:.*\\R( .*\\R)*", "");
    assertThat(Experiments.parse(yaml, "mine.yaml", Experiment.class).schedule()).isEqualTo(new Constant());
  }

  /** As files of earlier versions have it. */
  @Test
  void aSectionWithoutANameHasMilestones() {
    assertThat(Experiments.parse("milestones: [60, 90]\nfactor: 0.1", "old", Schedule.class))
        .isEqualTo(new MultiStep(List.of(60, 90), 0.1, Unit.EPOCH));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "cosin|key 'name' is \"cosin\"; it must be one of: constant, multi-step, exponential, cosine, linear, warm-up",
    "''|key 'name' is empty; it must be one of: constant, multi-step, exponential, cosine, linear, warm-up",
    "cosine,lenght=3|unknown key 'lenght'; the keys there are: finalFactor, length, unit",
    "cosine,length|key 'length' is empty; give it a value, or leave it out",
    "cosine,length=x|key 'length' is \"x\"; it must be a whole number",
    "cosine,length=0|length is 0; it must be 1 or greater",
    "cosine,name=linear|key 'name' is there twice, first in line 1; leave one out",
    "cosine,unit=day|key 'unit' is \"day\"; it must be one of: epoch, step, or be left out",
    "cosine,{|--schedule has more than KEY=VALUE after its commas",
    "multi-step|key 'milestones' is missing",
    "multi-step,milestones=[3,2],factor=0.1|milestones is [3, 2]; they must be positive and rising",
  })
  void whatIsWrongIsSaidInOneLine(String text, String message) {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> ScheduleText.schedule(text))
        .withMessage((message.startsWith("--") ? "" : "--schedule: ") + message + REMEDY);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "five|key 'length' is \"five\"; it must be a whole number",
    "0|length is 0; it must be 1 or greater",
    "5,startFactor=0|startFactor is 0.0; it must be in (0, 1]",
  })
  void whatIsWrongWithAWarmUpIsSaidInOneLine(String text, String message) {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> ScheduleText.warmUp(text))
        .withMessage("--warm-up: " + message + REMEDY);
  }
}
