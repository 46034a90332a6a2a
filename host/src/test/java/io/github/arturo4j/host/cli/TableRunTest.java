// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.Cli.refused;
import static io.github.arturo4j.host.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.arturo4j.host.chart.WrittenPage;
import io.github.arturo4j.host.data.numpy.Npy;
import io.github.arturo4j.host.data.table.Table;
import io.github.arturo4j.host.predict.Prediction;
import io.github.arturo4j.host.predict.Predictor;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.host.run.SafetensorsFile;
import io.github.arturo4j.host.run.Scores;
import io.github.arturo4j.host.run.TestScores;
import io.github.arturo4j.kernels.device.Devices;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a CSV file to predictions. */
class TableRunTest {
  @TempDir Path folder;
  private Path table;
  private Path experiment;

  /** Three kinds of flowers, told apart by two numbers and, in part, a colour. */
  @BeforeEach
  void writeTable() throws IOException {
    table = Files.writeString(folder.resolve("flowers.csv"), rows(150, 1, true));
    experiment = write("flowers.yaml", "classification", table, "");
  }

  private static String rows(int count, long seed, boolean target) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder("length,width,colour" + (target ? ",kind\n" : "\n"));
    for (int i = 0; i < count; i++) {
      int kind = i % 3;
      text.append(10 * kind + random.nextGaussian()).append(',').append(200 - 50 * kind + random.nextGaussian()).append(',')
          .append(random.nextInt(4) == 0 ? "" : List.of("red", "blue", "white").get(kind));
      text.append(target ? "," + List.of("rose", "iris", "lily").get(kind) + "\n" : "\n");
    }
    return text.toString();
  }

  private Path write(String name, String task, Path data, String more) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        """
        name: mine
        model: [linear: 16, relu, linear: outputs]
        dataset: {name: table, path: '%s', task: %s%s}
        validation: 0.2
        epochs: 6
        batchSize: 16
        seed: 3
        schedule: {milestones: [5], factor: 0.1}
        optimizer: {name: arturo}
        """
            .formatted(data, task, more));
  }

  @Test
  void fromATableToPredictions() throws IOException {
    Path test = Files.writeString(folder.resolve("test.csv"), rows(60, 2, true));
    experiment = write("flowers.yaml", "classification", table, ", test: '" + test + "'");
    Path run = folder.resolve("run");
    Cli.Outcome trained = run("train", experiment, "--out", run);
    assertThat(trained.err()).isEmpty();
    assertThat(trained.out()).contains("120 rows, classes: 3").contains("valid. loss").doesNotContain("test loss");
    assertThat(Files.readAllLines(run.resolve("metrics.csv")).getFirst()).contains(",validation_loss,validation_accuracy,");
    assertThat(run.resolve("best.safetensors")).exists();
    assertThat(run("evaluate", run).out()).startsWith("mine on 60 test rows in '" + test + "': ").contains("accuracy 1.0000");
    Path unknown = Files.writeString(folder.resolve("new.csv"), rows(9, 5, false));
    List<String> lines = run("predict", run, unknown).out().lines().toList();
    assertThat(lines).hasSize(10).first().isEqualTo("input,prediction,probability");
    for (int i = 1; i < 10; i++) {
      assertThat(lines.get(i)).startsWith(unknown + ":" + (i + 1) + "," + List.of("rose", "iris", "lily").get((i - 1) % 3) + ",0.");
    }
    assertThat(run("predict", run, unknown, "--top", 0, "--format", "json").out().lines().toList().get(1))
        .matches("\\{\"input\":\".*new.csv:3\",\"prediction\":\"iris\",\"probabilities\":\\{\"iris\":0\\.[0-9]+,.*}}");
  }

  @Test
  void streamedRowsTrainTheSameNetwork() throws IOException {
    Path memory = folder.resolve("memory");
    Path streamed = folder.resolve("streamed");
    assertThat(run("train", experiment, "--out", memory, "--epochs", 2).err()).isEmpty();
    experiment = write("streamed.yaml", "classification", table, ", stream: true");
    assertThat(run("train", experiment, "--out", streamed, "--epochs", 2).err()).isEmpty();
    SafetensorsFile expected = SafetensorsFile.read(memory.resolve("best.safetensors"));
    SafetensorsFile actual = SafetensorsFile.read(streamed.resolve("best.safetensors"));
    assertThat(actual.floats("0.weight").data()).isEqualTo(expected.floats("0.weight").data());
    assertThat(run("evaluate", streamed, "--data", table).out()).isEqualTo(run("evaluate", memory, "--data", table).out());
  }

  @Test
  void aTableIsEvaluatedThatTheCommandNames() throws IOException {
    Path run = folder.resolve("run");
    assertThat(run("train", experiment, "--out", run).code()).isZero();
    assertThat(run("model", run).out()).contains("parameters").isEqualTo(run("model", experiment).out());
    assertThat(run("model", run, "--yaml").out()).contains("linear: ").isEqualTo(run("model", experiment, "--yaml").out());
    refused(1, "the target 'colour' is missing", "model", run, "--data", Files.writeString(folder.resolve("less.csv"), rows(9, 3, false)));
    Cli.Outcome none = run("evaluate", run);
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).contains("' has nothing to test with; ").contains("name data that have with --data");
    Path other = Files.writeString(folder.resolve("other.csv"), rows(30, 2, true));
    assertThat(run("evaluate", run, "--data", other).out())
        .startsWith("mine on 30 test rows in '" + other + "': ").contains("accuracy 1.0000");
  }

  @Test
  void theTableOfTheInputIsPredictedToo() {
    Path run = folder.resolve("run");
    assertThat(run("train", experiment, "--out", run, "--epochs", 5).code()).isZero();
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(rows(3, 7, false).getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(run("predict", run, "-", "--top", 2).out().lines().toList())
          .hasSize(4).first().isEqualTo("input,prediction,probability,prediction_2,probability_2");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void valuesArePredictedInTheirUnit() throws IOException {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder("rooms,price\n");
    for (int i = 0; i < 200; i++) {
      double rooms = 1 + 6 * random.nextDouble();
      text.append(rooms).append(',').append(50_000 + 100_000 * rooms).append('\n');
    }
    Path prices = Files.writeString(folder.resolve("prices.csv"), text);
    Path run = folder.resolve("run");
    Cli.Outcome trained =
        run("train", write("prices.yaml", "regression", prices, ""), "--out", run, "--epochs", 40);
    assertThat(trained.err()).isEmpty();
    assertThat(trained.out()).contains("RMSE");
    for (EpochRow row : RunReader.rows(run)) { // the loss is in standard deviations, the RMSE in what prices are in
      double deviation = RunReader.config(run).schema().table().scale().deviation();
      assertThat(row.judged().metric("rmse")).isCloseTo(deviation * Math.sqrt(row.judgedLoss()), withinPercentage(1));
    }
    assertThat(RunReader.rows(run).getLast().judged().metric("rmse")).isBetween(1., 20_000.);
    Path three = Files.writeString(folder.resolve("three.csv"), "rooms\n3\n5\n");
    List<String> lines = run("predict", run, three).out().lines().toList();
    assertThat(lines.getFirst()).isEqualTo("input,prediction");
    assertThat(Double.parseDouble(lines.get(1).split(",")[1])).isCloseTo(350_000, within(20_000.));
    assertThat(Double.parseDouble(lines.get(2).split(",")[1])).isCloseTo(550_000, within(20_000.));
  }

  /** The row whose price was mistyped is the first one, in the unit of prices, with its cells. */
  @Test
  void theRowsOfTheGreatestErrorAreAPage() throws IOException {
    StringBuilder text = new StringBuilder("rooms,price,seller\n");
    for (int i = 0; i < 100; i++) {
      text.append(i % 7).append(',').append(50_000 + 100_000 * (i % 7)).append(",by me\n");
    }
    Path prices = Files.writeString(folder.resolve("prices.csv"), text);
    Path test = Files.writeString(folder.resolve("test.csv"), "price,seller,rooms\n250000,x,2\n9000000,<a> & b,3\n550000,y,5\n");
    Path run = folder.resolve("run");
    Path of = write("prices.yaml", "regression", prices, ", target: price, without: [seller], test: '" + test + "'");
    assertThat(run("train", of, "--out", run, "--epochs", 40).code()).isZero();
    Path page = folder.resolve("page.html");
    Cli.Outcome evaluated = run("evaluate", run, "--most-wrong", page);
    assertThat(evaluated.out()).matches("(?s)mine on 3 test rows in '.*': loss [0-9.]+, RMSE 49[0-9]{5}\nMost wrong: .*\n");
    WrittenPage written = WrittenPage.parse(Files.readString(page));
    assertThat(written.texts("th").subList(0, 6))
        .containsExactly("row", "target", "prediction", "error", "seller", "rooms");
    assertThat(written.texts("th").get(6)).isEqualTo("test.csv:3");
    List<String> cells = written.texts("td").subList(0, 5);
    assertThat(cells).startsWith("9000000").endsWith("<a> & b", "3");
    assertThat(Double.parseDouble(cells.get(1))).isCloseTo(350_000, within(30_000.));
    assertThat(Double.parseDouble(cells.get(2))).isCloseTo(9_000_000 - Double.parseDouble(cells.get(1)), within(20.));
    refused(2, "--per-class is of classes, and the run predicts values; leave it out", "evaluate", run, "--per-class");
  }

  @Test
  void aTrainingThatIsGoneOnWithIsTheSame() throws IOException {
    Path whole = folder.resolve("whole");
    Path parts = folder.resolve("parts");
    assertThat(run("train", experiment, "--out", whole).code()).isZero();
    assertThat(run("train", experiment, "--run", parts, "--epochs", 2).code()).isZero();
    assertThat(run("train", experiment, "--run", parts, "--epochs", 6).err()).isEmpty();
    for (String file : List.of("model.safetensors", "best.safetensors")) {
      assertThat(RunReader.config(parts).experiment().epochs()).isEqualTo(6);
      assertThat(parts.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
    }
  }

  /** Its own scores are another mean then; what epochs are judged by, and the weights, are the same. */
  @Test
  void aTrainingSetMayBeEvaluatedInPart() throws IOException {
    Path whole = folder.resolve("whole");
    Path part = folder.resolve("part");
    assertThat(run("train", experiment, "--out", whole, "--epochs", 2).code()).isZero();
    assertThat(run("train", experiment, "--out", part, "--epochs", 1, "--train-evaluation", 10).code()).isZero();
    assertThat(run("train", "--resume", part, "--epochs", 2).code()).isZero();
    EpochRow all = RunReader.rows(whole).getLast();
    EpochRow some = RunReader.rows(part).getLast();
    assertThat(some.trainLoss()).isNotEqualTo(all.trainLoss());
    assertThat(some.judged()).isEqualTo(all.judged());
    assertThat(SafetensorsFile.read(part.resolve("best.safetensors")).floats("0.weight").data())
        .isEqualTo(SafetensorsFile.read(whole.resolve("best.safetensors")).floats("0.weight").data());
    refused(2, "trainEvaluation (--train-evaluation) is 0; it must be at least 1", "train", experiment, "--train-evaluation", 0);
  }

  @Test
  void isEvaluatedAfterStepsByWhatJudgesEpochs() throws IOException {
    Path out = folder.resolve("out");
    Cli.Outcome outcome = run("train", experiment, "--out", out, "--epochs", 2, "--evaluate-at", "1,3");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).containsPattern("\nstep 1: validation loss \\d\\.\\d{4}, accuracy \\d\\.\\d{4}\n");
    assertThat(Files.readAllLines(out.resolve("steps.csv"))).hasSize(3).first().isEqualTo("step,validation_loss,validation_accuracy");
    String must = "; it must be steps from 1 on, each greater than the one before";
    refused(2, "evaluateAt (--evaluate-at) is [0, 3]" + must, "train", experiment, "--evaluate-at", "0,3");
    refused(2, "evaluateAt (--evaluate-at) is [3, 3]" + must, "train", experiment, "--evaluate-at", "3,3");
    refused(2, "Invalid value for option '--evaluate-at'", "train", experiment, "--evaluate-at", "3,x");
    String yaml = Files.readString(experiment);
    for (String value : List.of("[5, 4]", "[1, null]")) {
      Files.writeString(experiment, yaml + "evaluateAt: " + value + "\n");
      refused(2, "evaluateAt (--evaluate-at) is " + value + must, "train", experiment);
    }
    Files.writeString(experiment, yaml + "evaluateAt: 20\n");
    refused(2, "evaluateAt", "train", experiment);
  }

  /** A comparison measures the best weights on the test set when a run is done, and what ended early is done. */
  @Test
  void aComparisonEndsWithTheTestSet() throws IOException {
    experiment = write("compared.yaml", "classification", table, ", test: '" + table + "'");
    Path compared = folder.resolve("compared");
    Object[] command = {
      "compare", experiment, "--optimizers", "adam,sgd", "--seeds", "1", "--epochs", 60, "--patience", 1, "--out", compared
    };
    Cli.Outcome first = run(command);
    assertThat(first.code()).isZero();
    assertThat(first.out()).contains("test accuracy, %", "test loss").doesNotContain("Stopped;");
    String csv = Files.readString(compared.resolve("results.csv"));
    assertThat(csv.lines()).anyMatch(line -> line.matches("adam,1,finished,[0-9]{1,2},.*"));
    String evaluated = run("evaluate", compared.resolve("runs/adam-1")).out();
    Scores scores =
        TestScores.read(
                compared.resolve("runs/adam-1"), TestScores.Weights.BEST, RunReader.rows(compared.resolve("runs/adam-1")).size())
            .orElseThrow();
    assertThat(evaluated).contains(String.format(Locale.ROOT, "loss %.4f, accuracy %.4f", scores.loss(), scores.metric("accuracy")));
    assertThat(run(command).out()).contains("Run 1/2: adam, seed 1, was finished before");
    assertThat(Files.readString(compared.resolve("results.csv"))).isEqualTo(csv);
  }

  /** Where a training ends for want of patience, it is done; more epochs do not change that. */
  @Test
  void patienceEndsATraining() {
    Path run = folder.resolve("run");
    Cli.Outcome trained =
        run("train", experiment, "--out", run, "--epochs", 60, "--patience", 2);
    assertThat(trained.err()).isEmpty();
    int epochs = RunReader.rows(run).size();
    assertThat(epochs).isLessThan(60);
    assertThat(run("train", "--resume", run).out()).contains("Nothing to do");
    assertThat(RunReader.rows(run)).hasSize(epochs);
  }

  @Test
  void aTableThatIsAnotherOneIsRefused() throws IOException {
    Path run = folder.resolve("run");
    assertThat(run("train", experiment, "--out", run, "--epochs", 1).code()).isZero();
    Files.writeString(table, rows(150, 9, true));
    refused(1, "give the same data set with --data", "train", "--resume", run, "--epochs", 2);
    refused(1, "has no column 'width'", "predict", run, Files.writeString(folder.resolve("x.csv"), "length,colour\n1,red\n"));
    refused(1, "has nothing to test with", "evaluate", run);
    Path array = Files.write(folder.resolve("x.npy"), Npy.floats(new float[4], 2, 2));
    refused(1, "x.npy': mine takes examples of ", "predict", run, array);
    Path archive = Files.write(folder.resolve("x.npz"), new byte[] {'P', 'K'});
    refused(1, "x.npz' is an archive of arrays; give one of them as .npy", "predict", run, archive);
  }

  @Test
  void whatIsMissingIsSaid() throws IOException {
    Path none = write("none.yaml", "classification", folder.resolve("none.csv"), "");
    refused(1, "none.csv': there is no such file or folder", "train", none, "--out", folder.resolve("r"));
    Path whole =
        Files.writeString(folder.resolve("whole.yaml"), Files.readString(experiment).replace("validation: 0.2\n", ""));
    refused(1, "hold out a share of the training examples with --validation 0.1", "train", whole, "--out", folder.resolve("r"));
    Path wide = Files.writeString(folder.resolve("wide.yaml"), Files.readString(experiment).replace("linear: outputs", "linear: 7"));
    refused(2, "mine puts out 7 values, and there are 3 classes; let its last layer put out as many, as 'linear: outputs' does",
        "train", wide, "--out", folder.resolve("r"));
    refused(2, "validation (--validation) is 1.5; it must be between 0 and 1", "train", whole, "--validation", "1.5");
    refused(2, "patience (--patience) is 0; it must be at least 1", "train", whole, "--patience", 0);
    refused(2, "--metric is 'beauty'; there are: accuracy", "train", whole, "--metric", "beauty");
    assertThat(folder.resolve("r")).doesNotExist();
  }

  @Test
  void severalThreadsAskOnePredictor() throws Exception {
    Path run = folder.resolve("run");
    assertThat(run("train", experiment, "--out", run, "--epochs", 2).code()).isZero();
    Path unknown = Files.writeString(folder.resolve("new.csv"), rows(70, 5, false));
    try (Predictor predictor = Predictor.open(run, Devices.find(null));
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      Table read = Table.read(unknown);
      Callable<List<Prediction>> ask = () -> predictor.predict(read, line -> {});
      List<Future<List<Prediction>>> answers = threads.invokeAll(List.of(ask, ask, ask, ask, ask, ask));
      for (Future<List<Prediction>> answer : answers) {
        assertThat(answer.get()).hasSize(70).isEqualTo(answers.getFirst().get());
      }
      List<Long> lines = new ArrayList<>();
      List<Prediction> ofItsFile = new ArrayList<>();
      predictor.predict(
          Table.open(unknown),
          (row, prediction) -> {
            lines.add(row.line());
            ofItsFile.add(prediction);
          },
          line -> {});
      assertThat(ofItsFile).isEqualTo(answers.getFirst().get());
      assertThat(lines).isEqualTo(LongStream.range(2, 72).boxed().toList());
    }
  }
}
