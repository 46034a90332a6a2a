// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.collective.Collective;
import io.github.arturo4j.collective.CollectiveException;
import io.github.arturo4j.collective.Collectives;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.host.train.DataSource;
import io.github.arturo4j.host.train.RankFollower;
import io.github.arturo4j.host.train.RankLeader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of a command whose trainings may be divided among the ranks of an MPI launcher, such as mpirun or srun. */
final class RankOptions {
  private static final int SECONDS = 300;
  private static final Set<String> OF_A_MACHINE = Set.of("--device", "--data", "--mpi-library");
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final String THREADS = "arturo.threads";

  @Option(
      names = "--mpi-library",
      paramLabel = "FILE",
      description =
          "Under mpirun or srun, the MPI library that belongs to it (default: the libmpi that the system finds). Each process"
              + " trains with its own device on its share of every batch.")
  Path library;

  @Option(
      names = "--collective-timeout",
      paramLabel = "SECONDS",
      defaultValue = "" + SECONDS,
      description =
          "End, with exit code 75, if another process has not answered for so long (default: ${DEFAULT-VALUE}); the run can go on"
              + " from its checkpoint.")
  int timeout;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  /**
   * Runs a command on all ranks.
   *
   * @param leader what the only rank does, or the first; its exit code
   * @param data where the others find data, and their device
   */
  int run(ToIntFunction<RankLeader> leader, DataOptions data) {
    try (Collective ranks = open()) {
      if (ranks.size() == 1) {
        return leader.applyAsInt(new RankLeader(ranks));
      }
      if (!agree(ranks, data)) {
        return ExitCode.USAGE;
      }
      return ranks.isFirst() ? lead(ranks, leader) : follow(ranks, data);
    }
  }

  /** Runs the same on every rank, of which the first alone prints. What fails on one ends all. */
  int runOnEach(DataOptions data, BiConsumer<Collective, PrintWriter> body) {
    try (Collective ranks = open()) {
      if (ranks.size() == 1) {
        body.accept(ranks, line().getOut());
        return ExitCode.OK;
      }
      if (!agree(ranks, data)) {
        return ExitCode.USAGE;
      }
      try {
        body.accept(ranks, ranks.isFirst() ? line().getOut() : new PrintWriter(Writer.nullWriter()));
      } catch (RuntimeException | Error e) {
        abort(ranks, e);
      }
      return ExitCode.OK;
    }
  }

  /** Whether a wrong argument of a command for several ranks is told by the first of them, which has been given the same. */
  static boolean isToldByAnother(CommandSpec command, Map<String, String> environment) {
    try {
      return command.mixins().values().stream().anyMatch(mixin -> mixin.userObject() instanceof RankOptions)
          && Collectives.rank(environment) > 0;
    } catch (CollectiveException e) {
      return false; // whoever opens the ranks says what is wrong there
    }
  }

  /**
   * Refuses to be one of several ranks.
   *
   * @return whether it has, in a line of the first of them
   */
  static boolean refuses(CommandSpec command, String remedy) {
    Map<String, String> environment = Main.environment(command);
    boolean refused = Collectives.isOneOfSeveral(environment);
    if (refused && Collectives.rank(environment) == 0) {
      Failures.report(
          new UsageException(command.name() + " trains on one device; " + remedy), command.commandLine().getErr(),
          Main.stacktrace(command));
    }
    return refused;
  }

  /** What is wrong if the ranks were not started with the same command, but for what may be a machine's; the same on all of them. */
  private Optional<String> fault(Collective ranks) {
    CommandLine.ParseResult parsed = line().getParseResult();
    List<String> words = new ArrayList<>();
    parsed.matchedPositionals().forEach(word -> words.addAll(word.originalStringValues()));
    parsed.matchedOptions().stream()
        .filter(option -> !OF_A_MACHINE.contains(option.longestName()))
        .forEach(
            option -> {
              words.add(option.longestName());
              words.addAll(option.originalStringValues());
            });
    double[][] all = ranks.allGather(new double[] {words.hashCode()});
    for (int rank = 1; rank < all.length; rank++) {
      if (all[rank][0] != all[0][0]) {
        return Optional.of("rank " + rank + " was started with other arguments than rank 0; give all ranks the same command");
      }
    }
    return Optional.empty();
  }

  /** Whether the ranks are those of one command, which have devices and processors of their own then; if not, the first says so. */
  private boolean agree(Collective ranks, DataOptions data) {
    Optional<String> fault = fault(ranks);
    if (fault.isPresent() && ranks.isFirst()) {
      Failures.report(new UsageException(fault.get()), err(), Main.stacktrace(command));
    }
    if (fault.isEmpty()) {
      data.kernels.device.shareAmong(ranks.localRank());
      shareProcessors(ranks);
    }
    return fault.isEmpty();
  }

  /** Ends all ranks for a failure that the others do not know of. */
  private void abort(Collective ranks, Throwable failure) {
    ranks.abort(Failures.report("rank " + ranks.rank() + ": ", failure, err(), Main.stacktrace(command)));
  }

  /** How many processes train, as part of a line; empty for one. */
  String words(RankLeader leader) {
    return leader.ranks().size() == 1 ? "" : ", " + leader.ranks().size() + " ranks";
  }

  private Collective open() {
    if (timeout < 1) {
      throw new UsageException("--collective-timeout is " + timeout + "; it must be at least 1 second");
    }
    return Collectives.open(Main.environment(command), Optional.ofNullable(library), Duration.ofSeconds(timeout));
  }

  /** Has the JVM devices of the processes of a machine share its processors, unless somebody has said otherwise. */
  private static void shareProcessors(Collective ranks) {
    double[] machine = {machine().hashCode()};
    long here = Stream.of(ranks.allGather(machine)).filter(other -> other[0] == machine[0]).count();
    if (System.getProperty(THREADS) == null) {
      System.setProperty(THREADS, Long.toString(Math.max(1, Runtime.getRuntime().availableProcessors() / here)));
    }
  }

  /** What no other machine has. */
  private static String machine() {
    try {
      return Files.readString(BOOT_ID);
    } catch (IOException e) {
      return System.getenv().getOrDefault("HOSTNAME", ""); // not on Linux
    }
  }

  /** A failure is told before the others end, since a launcher ends all as soon as one has failed. */
  private int lead(Collective ranks, ToIntFunction<RankLeader> body) {
    RankLeader leader = new RankLeader(ranks);
    int code = ExitCode.SOFTWARE;
    try {
      code = body.applyAsInt(leader);
    } catch (ParameterException e) {
      code = handled(e);
    } catch (RuntimeException | Error e) {
      code = Failures.report(e, err(), Main.stacktrace(command));
    }
    line().getOut().flush();
    leader.end(code);
    return code;
  }

  private int handled(ParameterException wrong) {
    try {
      return line().getParameterExceptionHandler().handleParseException(wrong, new String[0]);
    } catch (Exception e) {
      return Failures.report(e, err(), Main.stacktrace(command));
    }
  }

  private int follow(Collective ranks, DataOptions data) {
    DataSource quiet = new DataSource(data.data, line -> {});
    try (StopSignal stop = StopSignal.ofRank(line().getOut(), err())) {
      return new RankFollower(ranks, quiet, data::findDevice, stop::received, Failures::line).follow();
    } catch (RuntimeException | Error e) {
      abort(ranks, e);
      throw e;
    }
  }

  private CommandLine line() {
    return command.commandLine();
  }

  private PrintWriter err() {
    return line().getErr();
  }
}
