// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.arturo4j.service.api.Position;
import java.util.Optional;

/** How far a job has come, by what its trainings tell. */
public final class Progress {
  private final EventReader events;
  private Position position;
  private boolean resumable;
  private boolean further;
  private int begun;
  private long startEpochs;
  private long startStep;
  private double stepSeconds = Double.NaN;
  private double evaluationSeconds;

  /** That of a job, from its first event on. */
  public Progress(JobFolder folder) {
    events = new EventReader(folder.events());
  }

  /** Reads what is new; whether there was anything. */
  public boolean update() {
    return events.read(this::take);
  }

  /** Another process begins: what is further is so from here on. */
  public void newAttempt() {
    update();
    further = false;
    begun = 0;
  }

  private void take(JsonNode event) {
    switch (event.path("type").asText()) {
      case "started" -> {
        begun++;
        further |= begun > 1; // of a comparison, the next run
        startEpochs = event.path("epoch").asLong();
        startStep = event.path("step").asLong();
        position =
            new Position((int) startEpochs + 1, (int) startStep, event.path("epochs").asInt(), event.path("steps").asInt(), null);
        stepSeconds = Double.NaN;
      }
      case "step" -> {
        stepSeconds = event.path("seconds").asDouble(Double.NaN);
        move(event.path("epoch").asInt(), event.path("step").asInt(), loss(event.path("loss")));
      }
      case "epoch" -> {
        evaluationSeconds = event.path("evaluationSeconds").asDouble(0);
        move(event.path("epoch").asInt(), position == null ? 0 : position.steps(), loss(event.path("trainLoss")));
      }
      case "checkpointed" -> {
        resumable = true;
        long epochs = event.path("epoch").asLong();
        further |= epochs > startEpochs || epochs == startEpochs && event.path("step").asLong() > startStep;
      }
      default -> {
        // the others do not move it
      }
    }
  }

  private static Double loss(JsonNode value) {
    return value.isNumber() ? (Double) value.asDouble() : null;
  }

  private void move(int epoch, int step, Double loss) {
    if (position != null) {
      position = new Position(epoch, step, position.epochs(), position.steps(), loss);
    }
  }

  /** Where it stands; nothing before it has told. */
  public Optional<Position> position() {
    return Optional.ofNullable(position);
  }

  /** Whether it has written a checkpoint. */
  public boolean isResumable() {
    return resumable;
  }

  /** Whether the process of now has written a checkpoint beyond the one that it has begun with. */
  public boolean isFurther() {
    return further;
  }

  /** About how many seconds the training at hand will run, its evaluations included; nothing before its first steps. */
  public Optional<Double> secondsLeft() {
    if (position == null || !Double.isFinite(stepSeconds)) {
      return Optional.empty();
    }
    int epochs = position.epochs() - position.epoch();
    long steps = (long) epochs * position.steps() + position.steps() - position.step();
    return Optional.of(steps * stepSeconds + (epochs + 1) * evaluationSeconds);
  }
}
