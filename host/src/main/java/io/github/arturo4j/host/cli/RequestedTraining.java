// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.io.UsageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * What {@code train}, {@code compare} or {@code tune} would train, asked before it is run elsewhere. It is checked as the commands check
 * it; no data are read and no device is looked for.
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

  /**
   * The experiment whose values {@code tune} would look for, all options applied.
   *
   * @param arguments those of the command, without its name
   * @throws UsageException if it would refuse them, in one line
   */
  public static Experiment tune(List<String> arguments) {
    return Failures.usage(((TuneCommand) parsed("tune", arguments))::requested);
  }

  /**
   * Options of a command.
   *
   * @param names those that are wanted, without their dashes
   * @return by these names, in their order
   * @throws IllegalArgumentException if it has no such option
   */
  public static SequencedMap<String, OptionSpec> options(String command, Collection<String> names) {
    CommandSpec spec = Main.commandLine(command).getSubcommands().get(command).getCommandSpec();
    SequencedMap<String, OptionSpec> options = new LinkedHashMap<>();
    for (String name : names) {
      OptionSpec option = spec.findOption(name);
      if (option == null) {
        throw new IllegalArgumentException("'" + command + "' has no option --" + name);
      }
      options.put(name, option);
    }
    return options;
  }

  /**
   * A command as people type it.
   *
   * @param words the command and its arguments
   */
  public static String commandLine(List<String> words) {
    return "arturo " + words.stream().map(TrainCommand::quoted).collect(Collectors.joining(" "));
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
