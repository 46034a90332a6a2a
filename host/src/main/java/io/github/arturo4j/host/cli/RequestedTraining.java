// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.io.UsageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * What {@code train} or {@code compare} would train, asked before it is run elsewhere. It is checked as the commands check it; no
 * data are read and no device is looked for.
 */
public final class RequestedTraining {
  private RequestedTraining() {}

  /**
   * The experiment that {@code train} would train, all options applied.
   *
   * @param arguments those of the command, without its name
   * @throws UsageException if it would refuse them, in one line
   */
  public static Experiment train(List<String> arguments) {
    return ((TrainCommand) parsed("train", arguments)).requested();
  }

  /**
   * The experiments that {@code compare} would train, one for each of the optimizers, all options applied.
   *
   * @param arguments those of the command, without its name
   * @throws UsageException if it would refuse them, in one line
   */
  public static Collection<Experiment> compare(List<String> arguments) {
    return Failures.usage(((CompareCommand) parsed("compare", arguments))::requested);
  }

  /** All options of a command. */
  public static List<OptionSpec> options(String command) {
    return Main.commandLine(command).getSubcommands().get(command).getCommandSpec().options();
  }

  private static Object parsed(String command, List<String> arguments) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(arguments);
    CommandLine line = Main.commandLine(command);
    try {
      return line.parseArgs(words.toArray(String[]::new)).subcommand().commandSpec().userObject();
    } catch (ParameterException e) {
      throw new UsageException(Main.oneLine(e.getMessage()), e);
    }
  }
}
