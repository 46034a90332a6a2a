// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.Position;
import io.github.arturo4j.service.api.RefusedException;
import io.github.arturo4j.service.api.RefusedException.Kind;
import io.github.arturo4j.service.store.StoredJob;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Has a job that has ended go on with another number of epochs, if it can. */
final class MoreEpochs {
  private static final String FIELD = "epochs";

  private MoreEpochs() {}

  /**
   * The job's options with as many epochs.
   *
   * @param yaml its experiment, if it has brought one
   * @throws RefusedException if it has done them already, its schedule ends with another one, or the command does not take them
   */
  static Map<String, Object> of(StoredJob job, int epochs, JobDraft draft, String yaml) {
    Map<String, Object> options = new LinkedHashMap<>(job.options());
    options.put(FIELD, epochs);
    Position position = job.kind() == JobKind.TRAIN ? job.position() : null;
    if (position != null && epochs <= done(position)) {
      throw new RefusedException(
          Kind.INVALID, FIELD, "epochs is " + epochs + ", and job " + job.id() + " has done " + done(position) + "; give more");
    }
    Collection<Experiment> found;
    try {
      found = draft.check(job, yaml, options);
    } catch (RefusedException e) {
      String field = e.field().equals("options." + FIELD) ? FIELD : e.field();
      throw new RefusedException(e.kind(), field, e.getMessage());
    }
    if (position != null && position.epochs() != null && position.epochs() != epochs) {
      found.stream().filter(each -> each.schedule().spansTraining()).findFirst().ifPresent(each -> {
        throw new RefusedException(
            Kind.INVALID, FIELD,
            "epochs is " + epochs + ", but schedule " + each.schedule().label() + " ends with epoch " + position.epochs()
                + "; leave the number out, or submit another job with as many epochs");
      });
    }
    return options;
  }

  /** How many epochs a training has behind it. */
  private static int done(Position position) {
    boolean whole = position.steps() != null && position.step() == position.steps();
    return whole ? position.epoch() : position.epoch() - 1;
  }
}
