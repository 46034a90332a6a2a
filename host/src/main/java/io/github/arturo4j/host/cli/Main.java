// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.host.run.Versions;
import io.github.arturo4j.kernels.inspect.KernelSources;
import java.io.FileDescriptor;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code arturo}. */
@Command(
    name = "arturo",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Trains neural networks on GPUs, or on the plain JVM, with the arTuRO optimizer.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 success, 1 failure, 2 wrong usage, 3 the training has diverged, 130 stopped by Ctrl-C; a training that"
          + " SIGTERM, SIGHUP or SIGUSR1 stops, its checkpoint written, ends with 0, any other command with 128 + the"
          + " signal's number; train --stop-code names another code.",
      "Examples:",
      "  arturo train fmnist_cnn --epochs 3",
      "  arturo train fmnist_cnn --optimizer adam",
      "  arturo compare fmnist_cnn --seeds 42,43 --epochs 10",
      "  arturo tune fmnist_cnn --optimizer adam --trials 9 --epochs 9",
      "  arturo evaluate runs/fmnist_cnn-20260101-120000",
      "  arturo doctor",
      "  source <(arturo generate-completion)      completion for bash and zsh"
    })
public final class Main {
  @Option(
      names = "--stacktrace",
      description = "Print the stack trace of a failure.",
      scope = ScopeType.INHERIT)
  boolean stacktrace;

  /** Prints the versions in use. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"arturo4j " + Versions.arturo4j() + ", Java " + Runtime.version()};
    }
  }

  /** What the environment sets; nothing in tests and for callers that are no process of ours. */
  private final Map<String, String> environment;

  /** What paths begin with that are not told as they are. */
  private final Unsaid unsaid;

  private Main(Map<String, String> environment, Unsaid unsaid) {
    this.environment = environment;
    this.unsaid = unsaid;
  }

  /** The environment of the process that a command is run as. */
  static Map<String, String> environment(CommandSpec command) {
    return ((Main) command.root().userObject()).environment;
  }

  /** Whether the stack traces of failures are wanted. */
  static boolean stacktrace(CommandSpec command) {
    return ((Main) command.root().userObject()).stacktrace;
  }

  /** What a process does not tell of the paths that it was given. */
  static Unsaid unsaid(CommandSpec command) {
    return ((Main) command.root().userObject()).unsaid;
  }

  /** The command line, ready to execute these arguments; without any, all. */
  public static CommandLine commandLine(String... arguments) {
    return commandLine(Map.of(), arguments);
  }

  /** The same with what the environment sets. */
  static CommandLine commandLine(Map<String, String> environment, String... arguments) {
    return new Main(environment, Unsaid.NOTHING).line(arguments);
  }

  private CommandLine line(String... arguments) {
    Locale.setDefault(Locale.ROOT); // so that numbers look the same everywhere
    CommandLine line = new CommandLine(this);
    Subcommands.addTo(line, arguments);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExpandAtFiles(false); // a folder may begin with @
    Values.readFor(line);
    line.setParameterExceptionHandler(
        (exception, given) -> {
          CommandLine command = exception.getCommandLine();
          if (!RankOptions.isToldByAnother(command.getCommandSpec(), environment)) {
            command.getErr().println("arturo: " + oneLine(exception.getMessage()));
            command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
          }
          return CommandLine.ExitCode.USAGE;
        });
    line.setExecutionStrategy(
        parsed -> {
          try {
            return new CommandLine.RunLast().execute(parsed);
          } finally {
            KernelSources.finish().ifPresent(parsed.commandSpec().commandLine().getErr()::println);
          }
        });
    line.setExecutionExceptionHandler(
        (exception, command, result) -> {
          return Failures.report(exception, command.getErr(), stacktrace);
        });
    return line;
  }

  /** The first line of a message, without the colours that TornadoVM puts into some. */
  static String firstLine(String message) {
    return message == null ? "" : oneLine(message.lines().findFirst().orElse(""));
  }

  /** The same of a message of our own, which has one line, whatever is in the names and values that it quotes. */
  static String oneLine(String message) {
    return Printable.of(message.replaceAll("\u001b\\[[0-9;]*m", ""));
  }

  /** Runs the command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs the command as the process's own, whose streams and signals it takes; its exit code. */
  public static int run(String... arguments) {
    return run(Unsaid.NOTHING, arguments);
  }

  /**
   * The same for somebody who knows files by other names than this process.
   *
   * @param unsaid what it leaves out of paths that it prints
   */
  public static int run(Unsaid unsaid, String... arguments) {
    StandardStream out = new StandardStream(FileDescriptor.out, unsaid);
    StandardStream err = new StandardStream(FileDescriptor.err, unsaid);
    System.setOut(out.printer(System.out.charset()));
    System.setErr(err.printer(System.err.charset()));
    Main main = new Main(System.getenv(), unsaid);
    CommandLine line = main.line(arguments);
    int code;
    try (StopSignal _ = new StopSignal(line.getOut(), line.getErr(), () -> null)) {
      code = line.execute(arguments);
    } catch (Error e) { // picocli hands on exceptions only
      code = Failures.report(e, line.getErr(), main.stacktrace);
    }
    line.getOut().flush();
    out.failure().ifPresent(
        reason -> line.getErr().println("arturo: cannot write the output: " + reason + "; send it elsewhere"));
    boolean lost = out.failure().isPresent() || err.failure().isPresent();
    return code == CommandLine.ExitCode.OK && lost ? CommandLine.ExitCode.SOFTWARE : code;
  }
}
