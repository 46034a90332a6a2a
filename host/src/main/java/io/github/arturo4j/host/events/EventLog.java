// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.run.Checkpoint;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.JudgingSet;
import io.github.arturo4j.host.run.Scores;
import io.github.arturo4j.host.run.StepRow;
import io.github.arturo4j.host.run.TrainingPosition;
import io.github.arturo4j.host.train.EpochResult;
import io.github.arturo4j.host.train.StepMeans;
import io.github.arturo4j.host.train.TrainingJob;
import io.github.arturo4j.host.train.TrainingListener;
import io.github.arturo4j.host.train.TrainingResult;
import io.github.arturo4j.host.train.TrainingStart;
import io.github.arturo4j.kernels.optimizer.StepReport;
import io.github.arturo4j.models.metric.Metric;
import io.github.arturo4j.models.plan.TrainingPlan;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Appends a line of JSON for what a training does, for another program to follow. All lines have {@code time}, {@code type} and
 * {@code run}; what is no number is null. Where lines tell of where a training stands, {@code epoch} counts the epochs that are
 * done, {@code step} the steps of the next one; elsewhere an epoch counts from 1.
 */
public final class EventLog implements TrainingListener {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final EventFile file;
  private final String run;
  private final Experiment experiment;
  private final JudgingSet judgedBy;
  private final Function<Throwable, String> words;
  private final Consumer<String> warn;
  private final InstantSource clock;
  private TrainingPlan plan;

  /**
   * Of a training.
   *
   * @param file where lines are appended
   * @param words what a failure is, in one line
   * @param warn takes a line, once, if later lines cannot be written
   * @param clock tells the time of a line
   */
  public EventLog(
      EventFile file, TrainingJob job, Function<Throwable, String> words, Consumer<String> warn, InstantSource clock) {
    this.file = file;
    this.run = job.path().toString();
    this.experiment = job.setup().config().experiment();
    this.judgedBy = job.setup().config().data().judgedBy();
    this.words = words;
    this.warn = warn;
    this.clock = clock;
  }

  @Override
  public void started(TrainingStart start) {
    plan = start.plan();
    ObjectNode line =
        line("started")
            .put("experiment", experiment.name())
            .put("optimizer", experiment.optimizer().label())
            .put("epochs", experiment.epochs())
            .put("steps", start.steps());
    position(line, start.position())
        .put("parameters", start.network().parameterCount())
        .put("deviceBytes", start.deviceBytes());
    for (Metric metric : experiment.measured()) {
      line.withArray("/metrics").addObject().put("name", metric.name()).put("higherIsBetter", metric.higherIsBetter());
    }
    append(line.put("judgedBy", judgedBy.name()));
  }

  @Override
  public void stepsMeasured(StepMeans means) {
    StepReport report = plan.report();
    ObjectNode line = line("step").put("epoch", means.epoch()).put("step", means.step()).put("steps", means.steps());
    number(line, "loss", means.loss());
    number(line, "seconds", means.seconds());
    number(line, "examplesPerSecond", means.examplesPerSecond());
    number(line, "eta", report.eta()); // KL is summed up in the last step of an epoch only
    append(line);
  }

  @Override
  public void stepEvaluated(StepRow row) {
    ObjectNode line = line("evaluated").put("step", row.step());
    number(line, "loss", row.judged().loss());
    metrics(line, "metrics", row.judged());
    append(line.put("judgedBy", row.judgedBy().name()));
  }

  @Override
  public void epochDone(EpochResult result) {
    EpochRow row = result.row();
    ObjectNode line = line("epoch").put("epoch", row.epoch());
    number(line, "rate", row.rate());
    number(line, "trainLoss", row.trainLoss());
    metrics(line, "trainMetrics", row.train());
    number(line, "loss", row.judgedLoss());
    metrics(line, "metrics", row.judged());
    line.put("judgedBy", row.judgedBy().name());
    number(line, "networkSeconds", row.networkSeconds());
    number(line, "optimizerSeconds", row.optimizerSeconds());
    number(line, "evaluationSeconds", row.evaluationSeconds());
    number(line, "eta", row.eta());
    number(line, "klTaken", row.klTaken());
    number(line, "negativeCurvature", row.negativeCurvature());
    append(line.put("skippedSteps", row.skippedSteps()));
  }

  @Override
  public void checkpointed(Checkpoint reached) {
    append(position(line("checkpointed"), reached.position()));
  }

  @Override
  public void warning(String message) {
    append(line("warning").put("message", message));
  }

  @Override
  public void stopped(TrainingResult result) {
    append(position(line("stopped").put("finished", result.finished()), result.position()));
  }

  @Override
  public void failed(Throwable failure) {
    append(line("failed").put("message", words.apply(failure)));
  }

  private ObjectNode line(String type) {
    return JsonNodeFactory.instance.objectNode().put("time", TIME.format(clock.instant())).put("type", type).put("run", run);
  }

  private static ObjectNode position(ObjectNode line, TrainingPosition position) {
    return line.put("epoch", position.epochs()).put("step", position.step());
  }

  private static void metrics(ObjectNode line, String key, Scores scores) {
    ObjectNode values = line.putObject(key);
    for (Map.Entry<String, Double> metric : scores.metrics().entrySet()) {
      number(values, metric.getKey(), metric.getValue());
    }
  }

  /** JSON has no word for what is no number. */
  private static void number(ObjectNode line, String key, double value) {
    if (Double.isFinite(value)) {
      line.put(key, value);
    } else {
      line.putNull(key);
    }
  }

  private void append(ObjectNode line) {
    file.append(line.toString(), warn);
  }
}
