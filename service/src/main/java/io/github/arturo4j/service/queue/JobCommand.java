// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.host.cli.RequestedTraining;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.process.JobFolder;
import io.github.arturo4j.service.process.Outcome;
import io.github.arturo4j.service.store.StoredJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The arguments of the command that a job's process runs: an experiment, options that jobs may set, and where its files go. */
final class JobCommand {
  private JobCommand() {}

  /** The part that a client has a say in, as it is checked. */
  static List<String> asked(String experiment, Map<String, Object> options) {
    List<String> words = new ArrayList<>(List.of(experiment));
    options.forEach((name, given) -> values(given).forEach(value -> words.add("--" + name + "=" + value)));
    return words;
  }

  /** The values that an option is given: those of a list, or one. */
  static List<?> values(Object given) {
    return given instanceof List<?> several ? several : List.of(given);
  }

  /**
   * All of it.
   *
   * @param folder the job's, by its path from where the process is started
   * @param device the one that it trains on, or several, separated by commas, one for each of its processes; of a search, whose
   *     trials are jobs, null
   * @param data the data set in place of the experiment's own, from there, too; null for that
   */
  static List<String> of(StoredJob job, JobFolder folder, String device, Path data) {
    String experiment = job.bringsExperiment() ? folder.experiment().toString() : job.experiment();
    List<String> words = new ArrayList<>(List.of(job.kind().word()));
    words.addAll(asked(experiment, job.options()));
    words.add((job.kind() == JobKind.TRAIN ? "--run=" : "--out=") + folder.run());
    words.add("--stop-code=" + Outcome.STOPPED);
    if (job.kind() == JobKind.TUNE) {
      words.add("--no-training"); // its trials are jobs
    } else {
      words.add("--events=" + folder.events());
      words.add("--tensorboard");
    }
    if (job.trial() != null) {
      words.add("--until-epoch=" + job.trial().untilEpoch());
    }
    if (device != null) {
      words.add("--device=" + device);
    }
    if (data != null) {
      words.add("--data=" + data);
    }
    return words;
  }

  /** All of it as a job's client is shown it: files of the job by their names, and data by their paths below the data root. */
  static String shown(StoredJob job) {
    Path data = job.dataset() == null ? null : Path.of(job.dataset());
    return RequestedTraining.commandLine(of(job, new JobFolder(Path.of("")), null, data));
  }
}
