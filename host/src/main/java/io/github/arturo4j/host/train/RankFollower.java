// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import io.github.arturo4j.collective.Collective;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.host.run.RunData;
import io.github.arturo4j.host.run.Versions;
import io.github.arturo4j.kernels.device.Devices;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** A rank but the first: trains what the {@link RankLeader} tells, until that says that it is over. It writes and prints nothing. */
public final class RankFollower {
  private final Collective ranks;
  private final DataSource source;
  private final Supplier<Devices.Entry> found;
  private final BooleanSupplier stop;
  private final Function<Throwable, String> line;
  private Devices.Entry device;

  /**
   * A rank.
   *
   * @param source where data are; without a place, where the run has had them
   * @param device its device, looked up with the first training
   * @param stop whether this rank is asked to stop, and with it all
   * @param line says what a failure is, in one line
   */
  public RankFollower(
      Collective ranks, DataSource source, Supplier<Devices.Entry> device, BooleanSupplier stop, Function<Throwable, String> line) {
    this.ranks = ranks;
    this.source = source;
    found = device;
    this.stop = stop;
    this.line = line;
  }

  /** Follows; the exit code of the command, as the leader tells it. What it throws, the others do not know of. */
  public int follow() {
    while (true) {
      ranks.patient(true); // the first may read data, or write a report
      byte[] told = ranks.broadcast(null);
      ranks.patient(false);
      if (RankTask.isEnd(told)) {
        return RankTask.exitCode(told);
      }
      RankTask task = null;
      TrainingLoop loop = null;
      String failure = "";
      try {
        task = RankTask.of(told);
        loop = loop(task);
      } catch (RuntimeException e) {
        failure = line.apply(e);
      }
      if (RankAgreement.lines(ranks, failure).stream().allMatch(String::isEmpty)) {
        train(task, loop);
      }
    }
  }

  private TrainingLoop loop(RankTask task) {
    device = device == null ? found.get() : device;
    RunConfig config = task.config();
    check(task.environment(), Versions.environment(device));
    TrainingSetup setup = TrainingSetup.of(config, null, source, device).inUnitOf(config);
    check(config.data(), setup.config().data());
    TrainingLoop loop =
        new TrainingLoop(setup.config().network(), setup.config().experiment(), setup.train(), setup.judging(), device.device())
            .traits(device.traits().cut(Versions.cuts(config.environment())))
            .judgedBy(setup.config().data().judgedBy())
            .until(task.limits().lastEpoch())
            .evaluatedAfter(task.limits().evaluatedAfter())
            .stopWhen(stop)
            .ranks(ranks);
    return task.limits().replays() ? loop.replayAsCudaGraph() : loop;
  }

  private static void check(Map<String, String> first, Map<String, String> here) {
    Versions.mismatch(first, here)
        .ifPresent(
            what -> {
              throw new InputException(
                  what + "; the ranks of a training have to compute the same bits: start all of them with one version, on devices of"
                      + " one make");
            });
  }

  private static void check(RunData first, RunData here) {
    if (!first.train().equals(here.train()) || !first.judging().equals(here.judging())) {
      throw new InputException(
          "rank 0 has " + first.train() + " and " + first.judging() + ", but there are " + here.train() + " and "
              + here.judging() + " here; give every rank the same data set (--data)");
    }
  }

  private static void train(RankTask task, TrainingLoop loop) {
    try {
      if (task.from() != null) {
        loop.resume(task.from());
      } else if (task.weights() != null) {
        loop.begin(task.weights());
      } else {
        loop.begin();
      }
    } catch (DivergedException | CommonFailure e) {
      // The first has come to the same, and says so.
    }
  }
}
