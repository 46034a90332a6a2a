// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.host.data.images.ImageFiles;
import io.github.arturo4j.host.data.numpy.NumpyExamples;
import io.github.arturo4j.host.data.table.Table;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.host.predict.Draws;
import io.github.arturo4j.host.predict.Prediction;
import io.github.arturo4j.host.predict.PredictionWriter;
import io.github.arturo4j.host.predict.Predictor;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.host.train.DataSource;
import io.github.arturo4j.host.train.StatisticsSample;
import io.github.arturo4j.models.data.Features;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code arturo predict}. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    description =
        "Predicts classes with probabilities, or values, for pictures, the rows of a table or an array; or writes on a text.")
final class PredictCommand implements Callable<Integer> {
  private static final Path STDIN = Path.of("-");

  @Parameters(index = "0", paramLabel = "RUN", description = "A run folder.")
  Path run;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "INPUT",
      description = "Pictures, folders of pictures, CSV files with a header, arrays .npy, or - for CSV from the input.")
  List<Path> inputs = List.of();

  @Option(
      names = "--top",
      paramLabel = "K",
      description = "Tell the K most probable classes; 0 for the probability of each (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  int top;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
      defaultValue = "csv")
  PredictionWriter.Format format;

  @Mixin SampleOptions samples;

  @Mixin PromptOptions prompt;

  @Mixin KernelOptions kernels;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    if (top < 0) {
      throw new UsageException("--top is " + top + "; it must be at least 0");
    }
    PrintWriter out = spec.commandLine().getOut();
    checkSamples();
    if (prompt.given()) {
      prompt.write(run, kernels.findDevice(), out);
      return 0;
    }
    if (inputs.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "Missing required parameter: 'INPUT', or --prompt for a network that writes text");
    }
    Draws draws = samples.draws();
    try (Predictor predictor = Predictor.open(run, draws, statistics(draws), kernels.findDevice())) {
      PredictionWriter writer = new PredictionWriter(predictor.schema(), format, top, out);
      int failed = 0;
      for (Part part : parts(predictor.schema().table() != null)) {
        if (part.pictures) {
          failed += pictures(predictor, part.files, writer);
        } else {
          others(predictor, part.files.getFirst(), writer);
        }
      }
      out.flush();
      return failed == 0 ? 0 : 1;
    }
  }

  private void checkSamples() {
    samples.check();
    if (prompt.given() && samples.given()) {
      throw new UsageException("a text is written on by one network; leave out --samples and --mc-dropout");
    }
    if (samples.temperature != null && (samples.dropout || samples.samples == null)) {
      throw new UsageException("--posterior-temperature is of the posterior's samples; give --samples, too, without --mc-dropout");
    }
  }

  /** What drawn weights' running statistics are computed of; null if that are none. */
  private Features statistics(Draws draws) {
    return draws.source() == Draws.Source.POSTERIOR
        ? StatisticsSample.of(RunReader.config(run), new DataSource(null, this::tell)).orElse(null)
        : null;
  }

  /** Inputs that are predicted together: pictures one behind the other, those of folders included; or another one. */
  private record Part(boolean pictures, List<Path> files) {}

  /**
   * The inputs in their order.
   *
   * @throws DataException if there is no such file, or a folder has no pictures; one line
   */
  private List<Part> parts(boolean ofTable) {
    List<Part> parts = new ArrayList<>();
    for (Path input : inputs) {
      boolean pictures = isPicture(input, ofTable);
      if (!pictures || parts.isEmpty() || !parts.getLast().pictures) {
        parts.add(new Part(pictures, new ArrayList<>()));
      }
      parts.getLast().files.addAll(Files.isDirectory(input) ? ImageFiles.below(input) : List.of(input));
    }
    return parts;
  }

  /** Whether an input is a picture, or a folder of them. */
  private static boolean isPicture(Path input, boolean ofTable) {
    if (input.equals(STDIN)) {
      return false;
    }
    if (!Files.exists(input)) {
      throw new DataException("'" + input + "': there is no such file or folder; name pictures, a CSV file, or - for the input");
    }
    if (isNamed(input, ".npz")) {
      throw new DataException(
          "'" + input + "' is an archive of arrays; give one of them as .npy, in NumPy np.save('x.npy', np.load(file)['x'])");
    }
    return Files.isDirectory(input) || !ofTable && !isNamed(input, ".npy") && !isNamed(input, ".csv");
  }

  private static boolean isNamed(Path input, String end) {
    return input.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(end);
  }

  /** Predicts for an array, or for the rows of a table. */
  private void others(Predictor predictor, Path input, PredictionWriter writer) {
    if (isNamed(input, ".npy")) {
      List<Prediction> predictions = array(predictor, input);
      for (int i = 0; i < predictions.size(); i++) {
        writer.write(input + "[" + i + "]", predictions.get(i));
      }
    } else {
      rows(predictor, input, input.equals(STDIN) ? standardInput() : Table.of(input), writer);
    }
  }

  private static List<Prediction> array(Predictor predictor, Path input) {
    Features features = NumpyExamples.features(input);
    try {
      return predictor.predict(features);
    } catch (IllegalArgumentException e) {
      throw new InputException("'" + input + "': " + e.getMessage() + "; give it arrays as it was trained on", e);
    }
  }

  /** The number of those that could not be read, which are told of. */
  private int pictures(Predictor predictor, List<Path> files, PredictionWriter writer) {
    List<DataException> failed = new ArrayList<>();
    predictor.predict(
        files, (file, prediction) -> writer.write(file.toString(), prediction),
        e -> {
          failed.add(e);
          tell(e.getMessage());
        });
    return failed.size();
  }

  private void rows(Predictor predictor, Path input, Table table, PredictionWriter writer) {
    predictor.predict(table, (row, prediction) -> writer.write(input + ":" + row.line(), prediction), this::tell);
  }

  private static Table standardInput() {
    try {
      Path copy = Files.createTempFile("arturo-input", ".csv");
      try {
        Files.copy(System.in, copy, StandardCopyOption.REPLACE_EXISTING);
        return Table.read(copy).named(STDIN);
      } finally {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void tell(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("arturo: " + Printable.of(line));
    err.flush();
  }
}
