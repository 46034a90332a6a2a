// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The commands. Of those that a command line does not ask for, help texts have no more than name and description. */
final class Subcommands {
  private static final Class<?> COMPLETION = AutoComplete.GenerateCompletion.class;

  private static final List<Class<?>> OWN =
      List.of(
          TrainCommand.class, CompareCommand.class, TuneCommand.class, ExperimentsCommand.class, OptimizersCommand.class,
          SchedulesCommand.class, ModelCommand.class, LayersCommand.class, EvaluateCommand.class, PredictCommand.class,
          DiagnoseCommand.class, ExplainCommand.class, ExportCommand.class, PruneCommand.class, DevicesCommand.class,
          DoctorCommand.class, TuneDeviceCommand.class, BenchCommand.class);

  private Subcommands() {}

  /**
   * Adds them.
   *
   * @param arguments what is asked for; nothing for all
   */
  static void addTo(CommandLine line, String... arguments) {
    Optional<String> asked = Arrays.stream(arguments).filter(word -> !word.startsWith("-")).findFirst();
    boolean all = arguments.length == 0 || asked.filter(name(COMPLETION)::equals).isPresent();
    for (Class<?> command : all()) {
      if (all || asked.filter(name(command)::equals).isPresent()) {
        line.addSubcommand(new CommandLine(command)); // picocli applies a command's model transformer to such a one only
      } else {
        line.addSubcommand(mention(command));
      }
    }
  }

  /** Those of other modules stand behind our own. */
  private static List<Class<?>> all() {
    List<Class<?>> all = new ArrayList<>(OWN);
    ServiceLoader.load(CommandProvider.class).forEach(provider -> all.addAll(provider.commands()));
    all.add(COMPLETION);
    return all;
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  private static CommandSpec mention(Class<?> command) {
    CommandSpec spec = CommandSpec.create().name(name(command));
    spec.usageMessage().description(command.getAnnotation(Command.class).description());
    return spec;
  }
}
