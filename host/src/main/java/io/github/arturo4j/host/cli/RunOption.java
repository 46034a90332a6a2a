// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.experiment.Difference;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.host.run.RunFolder;
import io.github.arturo4j.host.run.RunFolders;
import io.github.arturo4j.host.train.TrainingJob;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options for a training that is started by the same command until it is done, as a job of a cluster is. */
final class RunOption {
  @Option(
      names = "--run",
      paramLabel = "DIR",
      description =
          "The run folder: begin a run in it, or, if it has a checkpoint, go on from there. So the same command, given"
              + " again, goes on where it was interrupted; --epochs may be raised.")
  Path folder;

  @Option(
      names = "--until-epoch",
      paramLabel = "N",
      description =
          "Stop after this epoch, with a checkpoint; a schedule spans all of --epochs all the same, so that a greater N, or none,"
              + " goes on as if it had not stopped.")
  Integer untilEpoch;

  /** Throws if another option names a folder, too, or there is no epoch to stop after. */
  void check(Path out, Path resume) {
    if (untilEpoch != null && untilEpoch < 1) {
      throw new UsageException("--until-epoch is " + untilEpoch + "; it must be at least 1");
    }
    if (folder != null && (out != null || resume != null)) {
      throw new UsageException(
          Printable.of(
              (out != null ? "--out" : "--resume") + " and --run '" + folder
                  + "' both name a run folder; leave out one of them"));
    }
  }

  /** The same training, which ends where it is to. */
  TrainingJob limited(TrainingJob job) {
    return untilEpoch == null ? job : job.until(untilEpoch);
  }

  /** Why there is nothing to do for a training that is done, in a line. */
  String whyDone(TrainingJob job) {
    int epochs = job.setup().config().experiment().epochs();
    return "Nothing to do: '" + job.path() + "' has "
        + (untilEpoch != null && untilEpoch < epochs
            ? "come to epoch " + untilEpoch + "; a greater --until-epoch goes on"
            : "all its " + epochs + " epochs; a greater --epochs goes on");
  }

  /** The folder, to begin a run in or to go on with the one in it. */
  RunFolder open() {
    try {
      return RunFolders.createOrOpen(folder);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  /**
   * Throws unless the run in the folder is one of what the command line asks for; its epochs may be others.
   *
   * @param before the configuration of the run
   * @param wanted the experiment with the options applied
   */
  void check(RunConfig before, Experiment wanted, SizeOptions size, Path weights) {
    Optional<Difference> difference =
        Difference.between(before.experiment(), wanted.resolved(before.known()), Set.of("epochs", "path"))
            .or(() -> Difference.ofValues("--limit-train", before.limitTrain(), size.limitTrain))
            .or(() -> Difference.ofValues("--limit-test", before.limitTest(), size.limitTest))
            .or(
                () ->
                    Difference.ofValues(
                        "--weights",
                        before.weights() == null ? null : before.weights().file(),
                        weights == null ? null : weights.toAbsolutePath().normalize().toString()));
    if (difference.isPresent()) {
      throw new UsageException(
          Printable.of(
              "--run '" + folder + "' is a run of other settings: " + difference.get()
                  + "; nothing was changed: go on with it as it is by --resume "
                  + TrainCommand.quoted(folder.toString()) + ", or name another folder"));
    }
  }
}
