// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.Cli.refused;
import static io.github.arturo4j.host.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.run.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code arturo compare} end to end on a small data set. */
class CompareTest {
  private static final List<String> RUNS = List.of("arturo-5", "sgd-5", "arturo-6", "sgd-6");

  @TempDir static Path shared;
  @TempDir Path own;
  private static Path data;
  private static Path whole;
  private static Cli.Outcome first;

  @BeforeAll
  static void compareWithoutAStop() throws IOException {
    data = SyntheticData.write(shared.resolve("data"), 60, 20);
    whole = shared.resolve("whole");
    first = run(words(whole));
  }

  /** Two optimizers, two seeds, two epochs of 25 steps. */
  private static Object[] words(Path out, Object... more) {
    List<Object> words =
        new ArrayList<>(
            List.of(
                "compare", "fmnist_cnn", "--optimizers", "arturo,sgd", "--seeds", "5,6", "--epochs", 2, "--batch-size", 2,
                "--limit-train", 50, "--data", data, "--out", out));
    words.addAll(Arrays.asList(more));
    return words.toArray();
  }

  /** Lines of results.csv without the columns that tell seconds. */
  private static List<String> results(Path out) throws IOException {
    return Files.readAllLines(out.resolve("results.csv")).stream()
        .map(line -> line.replaceAll("^((?:[^,]*,){10})[^,]*,[^,]*,", "$1"))
        .toList();
  }

  private static void assertWellFormed(Path html) throws Exception {
    assertThat(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(html.toFile()).getDocumentElement().getTagName())
        .isEqualTo("html");
  }

  @Test
  void makesEveryRunSeedBySeedAndReports() throws Exception {
    assertThat(first.err()).isEmpty();
    assertThat(first.code()).isZero();
    assertThat(first.out().lines().filter(line -> line.startsWith("Run ")))
        .containsExactly(
            "Run 1/4: arturo, seed 5", "Run 2/4: sgd, seed 5", "Run 3/4: arturo, seed 6", "Run 4/4: sgd, seed 6");
    assertThat(first.out().lines().filter(line -> line.matches(" *[12]/2 .*"))).hasSize(8);
    assertThat(first.out()).contains("optimizer  seeds  final test accuracy, %", "Report: " + whole.resolve("report.html"));
    assertThat(whole.toFile().list())
        .containsExactlyInAnyOrder(".lock", "comparison.yaml", "report.html", "results.csv", "results.md", "runs");
    assertThat(whole.resolve("runs").toFile().list()).containsExactlyInAnyOrderElementsOf(RUNS);
    assertWellFormed(whole.resolve("report.html"));
    List<String> rows = results(whole);
    assertThat(rows).hasSize(5);
    String[] metrics = Files.readAllLines(whole.resolve("runs/sgd-6/metrics.csv")).getLast().split(",");
    assertThat(rows.get(4)).startsWith("sgd,6,finished,2," + metrics[5] + ",");
    assertThat(Files.readString(whole.resolve("runs/sgd-6/config.yaml")))
        .contains("seed: 6", "batchSize: 2", "limitTrain: 50", "name: \"sgd\"", "device: ");
    assertThat(Files.readString(whole.resolve("results.md"))).contains("| arturo | 2 |", "| sgd | 2 |", " ± ");
    String command = Files.readString(whole.resolve("report.html"));
    assertThat(command).contains("arturo compare fmnist_cnn --optimizers arturo,sgd --seeds 5,6 --epochs 2");
  }

  @Test
  void aRunIsOneThatEvaluateAndResumeUnderstand() throws IOException {
    Path out = own.resolve("out");
    Object[] words = {
      "compare", "fmnist_cnn", "--optimizers", "sgd", "--seeds", 5, "--epochs", 1, "--data", data, "--out", out
    };
    assertThat(run(words).code()).isZero();
    List<String> before = results(out);
    Path run = out.resolve("runs/sgd-5");
    double accuracy = Double.parseDouble(Files.readAllLines(run.resolve("metrics.csv")).get(1).split(",")[5]);
    assertThat(run("evaluate", run, "--data", data).out()).contains(String.format(Locale.ROOT, "accuracy %.4f", accuracy));
    assertThat(run("train", "--resume", run, "--data", data, "--epochs", 2).code()).isZero();
    Cli.Outcome again = run(words);
    assertThat(again.out()).contains("Run 1/1: sgd, seed 5, was finished before");
    assertThat(again.code()).isZero();
    assertThat(results(out)).as("without the epoch that is not the comparison's").isEqualTo(before);
    assertThat(Files.readString(out.resolve("results.md"))).contains("One seed, so no spread").doesNotContain(" ± ");
  }

  @Test
  void goesOnWhereItWasInterruptedToTheBit() throws Exception {
    Path out = own.resolve("out");
    Path output = own.resolve("output");
    Process process = StopSignalTest.start(output, words(out));
    try {
      StopSignalTest.await(process, output, out.resolve("runs/sgd-5/plot.svg")); // then the second epoch begins
      StopSignalTest.kill(process, "INT");
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(output);
    assertThat(process.exitValue()).as(text).isEqualTo(130);
    assertThat(text).contains("Stopped; the same command goes on");
    assertThat(results(out)).hasSize(5).element(1).asString().startsWith("arturo,5,finished,2,");
    assertThat(Files.readString(out.resolve("report.html"))).contains("of 4 runs");
    assertWellFormed(out.resolve("report.html"));

    byte[] finished = Files.readAllBytes(out.resolve("runs/arturo-5/metrics.csv"));
    Cli.Outcome resumed = run(words(out));
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.out()).contains("Run 1/4: arturo, seed 5, was finished before", "Run 4/4: sgd, seed 6");
    assertThat(Files.readAllBytes(out.resolve("runs/arturo-5/metrics.csv"))).isEqualTo(finished);
    for (String run : RUNS) {
      ResumeTest.assertSame(out.resolve("runs").resolve(run), whole.resolve("runs").resolve(run));
    }
    assertThat(results(out)).isEqualTo(results(whole));
  }

  @Test
  void moreEpochsGoOnAsIfTheyHadBeenAskedForAtOnce() throws IOException {
    Path out = own.resolve("out");
    Object[] words = words(out);
    int epochs = List.of(words).indexOf("--epochs") + 1;
    Object[] fewer = words.clone();
    fewer[epochs] = 1;
    assertThat(run(fewer).code()).isZero();
    assertThat(results(out)).element(1).asString().startsWith("arturo,5,finished,1,");
    Cli.Outcome raised = run(words);
    assertThat(raised.code()).as(raised.err()).isZero();
    assertThat(raised.out())
        .contains("Epochs before: 1; all runs go on", "Run 1/4: arturo, seed 5, goes on in epoch 2 after step 0");
    for (String run : RUNS) {
      ResumeTest.assertSame(out.resolve("runs").resolve(run), whole.resolve("runs").resolve(run));
    }
    assertThat(results(out)).isEqualTo(results(whole));
    refused(2, "--epochs 2 there, 1 here", fewer);
    assertThat(run(words).out()).doesNotContain("Epochs before");
  }

  @Test
  void everyRunBeginsWithTheSameWeights() throws IOException {
    Path weights = whole.resolve("runs/arturo-6/model.safetensors");
    Path out = own.resolve("out");
    Object[] end = {"--optimizers", "sgd", "--seeds", 5, "--epochs", 1, "--data", data, "--out", out};
    Cli.Outcome outcome = run(with(end, "--weights", weights));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("Beginning with the weights of " + weights + "\n");
    Path alone = own.resolve("alone");
    assertThat(
            run("train", "fmnist_cnn", "--optimizer", "sgd", "--seed", 5, "--epochs", 1, "--data", data, "--weights",
                    weights, "--out", alone)
                .code())
        .isZero();
    ResumeTest.assertSame(out.resolve("runs/sgd-5"), alone);
    assertThat(out.resolve("runs/sgd-5/config.yaml")).content().contains(weights.toString());
    refused(2, "--weights of SHA-256 ", with(end));
    assertThat(run(with(end, "--weights", weights)).out()).contains("sgd, seed 5, was finished before");
  }

  @Test
  void aRunWithoutACheckpointIsFinishedOrBeginsAnew() throws IOException {
    Path out = own.resolve("out");
    Object[] words = {
      "compare", "fmnist_cnn", "--optimizers", "sgd", "--seeds", 5, "--epochs", 2, "--data", data, "--out", out
    };
    assertThat(run(words).code()).isZero();
    Path run = out.resolve("runs/sgd-5");
    byte[] model = Files.readAllBytes(run.resolve("model.safetensors"));
    List<String> metrics = Files.readAllLines(run.resolve("metrics.csv"));
    Files.delete(run.resolve("checkpoint.safetensors"));
    assertThat(run(words).out()).contains("Run 1/1: sgd, seed 5, was finished before\n");
    assertThat(Files.readAllLines(run.resolve("metrics.csv"))).isEqualTo(metrics);

    Files.write(run.resolve("metrics.csv"), metrics.subList(0, 2));
    Files.delete(run.resolve("config.yaml"));
    Cli.Outcome again = run(words);
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out())
        .contains("Run 1/1: sgd, seed 5, begins anew: there is no checkpoint to go on from (epochs that were done: 1)\n");
    assertThat(Files.readAllLines(run.resolve("metrics.csv"))).hasSize(3);
    assertThat(Files.readAllBytes(run.resolve("model.safetensors"))).isEqualTo(model);
  }

  /** As a kill leaves it that comes between the last row and the last checkpoint. */
  @Test
  void aRunWhoseLastCheckpointWasNotWrittenGoesOn() throws IOException {
    Path out = own.resolve("out");
    Object[] words = {
      "compare", "fmnist_cnn", "--optimizers", "sgd", "--seeds", 5, "--epochs", 1, "--data", data, "--out", out
    };
    assertThat(run(words).code()).isZero();
    Path run = out.resolve("runs/sgd-5");
    Path checkpoint = run.resolve("checkpoint.safetensors");
    byte[] before = Files.readAllBytes(checkpoint);
    words[7] = 2;
    assertThat(run(words).code()).isZero();
    byte[] last = Files.readAllBytes(checkpoint);
    Files.write(checkpoint, before);
    Files.createFile(run.resolve("checkpoint.safetensors.0123456789abcdef.part"));
    Files.delete(run.resolve("plot.svg"));
    Cli.Outcome again = run(words);
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out()).contains("Run 1/1: sgd, seed 5, goes on in epoch 2 after step 0\n");
    assertThat(Files.readAllBytes(checkpoint)).isEqualTo(last);
    assertThat(run.toFile().list()).contains("plot.svg").noneMatch(name -> name.endsWith(".part"));
    assertThat(run(words).out()).contains("Run 1/1: sgd, seed 5, was finished before\n");
  }

  @Test
  void whatIsInTheWayIsNamedWithWhatMendsIt() throws IOException {
    Path out = own.resolve("out");
    Object[] words = {
      "compare", "fmnist_cnn", "--optimizers", "sgd", "--seeds", 5, "--epochs", 1, "--data", data, "--out", out
    };
    assertThat(run(words).code()).isZero();
    Path run = Files.move(out.resolve("runs/sgd-5"), own.resolve("aside"));
    Files.createFile(out.resolve("runs/sgd-5"));
    assertThat(run(words).out()).contains(
        "Failed: cannot write to the run '" + out.resolve("runs/sgd-5")
            + "': there is a file of that name; move away what is in its place\n");
    Files.delete(out.resolve("runs/sgd-5"));
    Files.move(run, out.resolve("runs/sgd-5"));
    for (String name : List.of("report.html", "results.csv", "results.md")) {
      Path file = out.resolve(name);
      Files.delete(file);
      Files.createDirectories(file.resolve("full"));
      refused(
          1,
          "cannot write '" + file + "': it is a folder; the runs are there: move away what is in its place, and give the"
              + " same command again",
          words);
      Files.delete(file.resolve("full"));
      Files.delete(file);
    }
    assertThat(run(words).code()).isZero();
  }

  @Test
  void aDeviceThatDoesNotTellTheOptimizersTimeIsCompared() throws Exception {
    Path out = own.resolve("out");
    Object[] words = {
      "compare", "fmnist_cnn", "--optimizers", "sgd", "--seeds", 5, "--epochs", 1, "--data", data, "--out", out
    };
    assertThat(run(words).code()).isZero();
    Files.delete(out.resolve("runs/sgd-5/checkpoint.safetensors")); // which tells other rows
    Path file = out.resolve("runs/sgd-5/metrics.csv");
    Files.writeString(file, Files.readString(file).replaceAll("\n((?:[^,]*,){6})[^,]*,[^,]*,", "\n$12.5,NaN,"));
    assertThat(run(words).code()).isZero();
    assertThat(Files.readAllLines(out.resolve("results.csv")).getLast()).endsWith(",2.500000,,0,");
    assertThat(Files.readString(out.resolve("results.md"))).contains("| 2.50 | – |");
    assertWellFormed(out.resolve("report.html"));
  }

  @Test
  void watchesItsRunsAsTrainDoes() {
    Path out = own.resolve("out");
    Cli.Outcome outcome =
        run(
            "compare", "fmnist_cnn", "--optimizers", "arturo,sgd", "--seeds", 5, "--epochs", 1, "--batch-size", 2, "--data",
            data, "--out", out, "--profile", "--metrics-port", 0);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out().lines().filter(line -> line.startsWith("Metrics at http://127.0.0.1:"))).hasSize(1);
    assertThat(outcome.out().lines().filter(line -> line.startsWith("Where a step's time goes"))).hasSize(2);
    assertThat(out.resolve("runs/arturo-5/profile.csv")).content().contains(",updateFilter,");
    assertThat(out.resolve("runs/sgd-5/profile.csv")).content().contains(",optimizer,").doesNotContain(",updateFilter,");
  }

  @Test
  void otherFlagsForTheSameFolderAreRefusedAndNothingChanged() throws IOException {
    String report = Files.readString(whole.resolve("report.html"));
    String is = "'" + whole + "' is a comparison of other settings: ";
    refused(2, is + "--seeds 5,6 there, 5,7 here", changed("--seeds", "5,7"));
    refused(2, is + "--epochs 2 there, 1 here", changed("--epochs", 1));
    refused(2, is + "--epochs 2 there, 120 here", without("--epochs"));
    refused(2, is + "--optimizers arturo,sgd there, sgd here", changed("--optimizers", "sgd"));
    refused(2, is + "--limit-train 50 there, 60 here", changed("--limit-train", 60));
    refused(2, is + "--limit-test none there, 20 here", words(whole, "--limit-test", 20));
    refused(2, is + "arturo with 'batchSize: 2' there, 'batchSize: 3' here", changed("--batch-size", 3));
    refused(2, is + "arturo with 'mode: robust' there, 'mode: paper' here", words(whole, "--mode", "paper"));
    refused(2, is + "EXPERIMENT fmnist_cnn there, fmnist_cnn-sgd here", changed("fmnist_cnn", null));
    Path others = SyntheticData.write(own.resolve("others"), 60, 30);
    refused(2, is + "--data 50 training examples of checksum", changed("--data", others));
    refused(2, "'" + data + "' is not empty and holds no comparison", words(data));
    try (FolderLock lock = FolderLock.take(whole)) {
      refused(1, "another training is writing into '" + whole + "'", words(whole));
    }
    assertThat(Files.readString(whole.resolve("report.html"))).isEqualTo(report);
    assertThat(whole.resolve("runs").toFile().list()).hasSize(4);
  }

  /** The command with the value after a word changed, or the word itself. */
  private static Object[] changed(String word, Object value) {
    Object[] words = words(whole);
    int at = Arrays.asList(words).indexOf(word);
    if (value == null) {
      words[at] = word + "-sgd";
    } else {
      words[at + 1] = value;
    }
    return words;
  }

  /** The command without an option and its value. */
  private static Object[] without(String option) {
    List<Object> words = new ArrayList<>(List.of(words(whole)));
    int at = words.indexOf(option);
    words.subList(at, at + 2).clear();
    return words.toArray();
  }

  @Test
  void whatCannotBeComparedIsRefused() throws IOException {
    Path out = own.resolve("out");
    Object[] end = {"--epochs", 1, "--data", data, "--out", out};
    refused(2, "--optimizers has 'adan'; there are: arturo, adam, adamw, sgd",
        with(end, "--optimizers", "sgd,adan"));
    refused(2, "--optimizers has 'sgd' twice", with(end, "--optimizers", "sgd,adam,sgd"));
    refused(2, "--optimizers has an empty name; give some of: arturo", with(end, "--optimizers", ""));
    refused(2, "--optimizers has an empty name", with(end, "--optimizers", "adam,,sgd"));
    refused(2, "--seeds has one twice: 5,6,5", with(end, "--seeds", "5,6,5"));
    refused(2, "Invalid value for option '--seeds'", with(end, "--seeds", ""));
    refused(2, "Invalid value for option '--seeds'", with(end, "--seeds", "5,x"));
    refused(2, "--mode paper is for arturo, which is not among --optimizers", with(end, "--optimizers", "sgd", "--mode", "paper"));
    refused(2, "--limit-train is 0; it must be at least 1", with(end, "--limit-train", 0));
    refused(2, "no device '7:7'", with(end, "--device", "7:7"));
    refused(2, "unknown experiment 'mnist'", "compare", "mnist");
    Path mine = yaml("mine.yaml", "epochs: 120", "epochs: 3");
    refused(2, "there is no such file", with(end, "--optimizers", "sgd," + own.resolve("none.yaml")));
    refused(2, "the optimizers differ in epochs: {adam=120, mine=3}; give --epochs", "compare", "fmnist_cnn", "--optimizers",
        "adam," + mine, "--data", data, "--out", out);
    refused(2, "becomes the name of a folder", with(end, "--optimizers", yaml("my own.yaml", "", "").toString()));
    assertThat(out).doesNotExist();
  }

  private static Object[] with(Object[] end, Object... words) {
    List<Object> all = new ArrayList<>(List.of("compare", "fmnist_cnn"));
    all.addAll(Arrays.asList(words));
    all.addAll(Arrays.asList(end));
    return all.toArray();
  }

  /** The built-in experiment with SGD, one thing in it replaced, as a file. */
  private Path yaml(String name, String from, String to) throws IOException {
    String text = new String(Main.class.getResourceAsStream("/experiments/fmnist_cnn-sgd.yaml").readAllBytes());
    return Files.writeString(own.resolve(name), text.replaceFirst(from, to));
  }

  @Test
  void aRunThatDivergesLosesNoOther() throws Exception {
    Path wild = yaml("wild.yaml", "learningRate: 0.07", "learningRate: 1.0e30 # 0.07");
    Path out = own.resolve("out");
    Object[] words = {
      "compare", "fmnist_cnn", "--optimizers", wild + ",adam", "--seeds", "5,6", "--epochs", 1, "--batch-size", 10,
      "--data", data, "--out", out
    };
    Cli.Outcome outcome = run(words);
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("arturo: 2 of 4 runs failed: wild-5, wild-6; ").hasLineCount(1);
    assertThat(outcome.out().lines().filter(line -> line.startsWith("Failed: the training loss of epoch 1 is NaN"))).hasSize(2);
    assertThat(outcome.out()).containsPattern("\nwild +0 of 2, 2 failed +– ");
    assertThat(results(out)).hasSize(5);
    assertThat(results(out).get(1)).startsWith("wild,5,failed,0,").contains("the training loss of epoch 1 is NaN");
    assertThat(results(out).get(4)).startsWith("adam,6,finished,1,0.");
    assertThat(Files.readString(out.resolve("report.html"))).contains("<h2>Failed runs</h2>", "2 of 4 runs finished, 2 failed");
    assertWellFormed(out.resolve("report.html"));
    List<String> before = results(out);
    Cli.Outcome again = run(words);
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.out())
        .contains("Run 1/4: wild, seed 5\n", "Run 2/4: adam, seed 5, was finished before", "Run 3/4: wild, seed 6\n");
    assertThat(results(out)).isEqualTo(before);
  }

  @Test
  void aDamagedRunIsReportedAndTheOthersMade() throws IOException {
    Path out = own.resolve("out");
    Object[] words = {
      "compare", "fmnist_cnn", "--optimizers", "sgd", "--seeds", "5,6", "--epochs", 2, "--data", data, "--out", out
    };
    assertThat(run(words).code()).isZero();
    Path checkpoint = out.resolve("runs/sgd-5/checkpoint.safetensors");
    Files.write(checkpoint, new byte[9]);
    Path metrics = out.resolve("runs/sgd-5/metrics.csv");
    Files.write(metrics, Files.readAllLines(metrics).subList(0, 2));
    Cli.Outcome again = run(words);
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.out()).contains("Failed: the checkpoint '" + checkpoint + "' is torn", "Run 2/2: sgd, seed 6, was finished");
    assertThat(again.err()).contains("1 of 2 runs failed: sgd-5");
  }

  @Test
  void aRunThatHasLostRowsIsReportedAndMadeWholeByTheRemedy() throws Exception {
    Path out = own.resolve("out");
    Object[] words = {
      "compare", "fmnist_cnn", "--optimizers", "sgd", "--seeds", "5,6", "--epochs", 2, "--data", data, "--out", out
    };
    assertThat(run(words).code()).isZero();
    Path metrics = out.resolve("runs/sgd-5/metrics.csv");
    List<String> rows = Files.readAllLines(metrics);
    for (List<String> spoilt : List.of(rows.subList(0, 2), List.of(rows.get(0), rows.get(2)), rows.subList(1, 3))) {
      Files.write(metrics, spoilt);
      Cli.Outcome again = run(words);
      assertThat(again.code()).isEqualTo(1);
      assertThat(again.out())
          .contains("Failed: '" + metrics + "' was altered: ", "; delete it: going on writes it anew from the checkpoint");
      assertThat(again.err()).startsWith("arturo: 1 of 2 runs failed: sgd-5; ").hasLineCount(1);
    }
    Files.delete(metrics);
    Cli.Outcome whole = run(words);
    assertThat(whole.code()).as(whole.err()).isZero();
    assertThat(Files.readAllLines(metrics).stream().map(line -> line.replaceAll("^((?:[^,]*,){6}).*", "$1")))
        .isEqualTo(rows.stream().map(line -> line.replaceAll("^((?:[^,]*,){6}).*", "$1")).toList());
    assertThat(results(out)).hasSize(3).element(1).asString().startsWith("sgd,5,finished,2,");
    assertWellFormed(out.resolve("report.html"));
    assertThat(Files.readString(out.resolve("report.html"))).doesNotContain("NaN");
  }

  @ParameterizedTest
  @ValueSource(strings = {".lock", "comparison.yaml.part", ".lock comparison.yaml.0123456789abcdef.part results.md.part"})
  void aComparisonThatCameToNothingBeginsAnew(String leftovers) throws IOException {
    Path out = Files.createDirectory(own.resolve("out"));
    for (String name : leftovers.split(" ")) {
      Files.createFile(out.resolve(name));
    }
    assertThat(
            run("compare", "fmnist_cnn", "--optimizers", "sgd", "--seeds", 5, "--epochs", 1, "--data", data, "--out", out)
                .code())
        .isZero();
    assertThat(out.toFile().list())
        .containsExactlyInAnyOrder(".lock", "comparison.yaml", "report.html", "results.csv", "results.md", "runs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"thesis", "thesis.part", "config.yaml.part", "comparison.yaml.0123.part"})
  void somebodyElsesFilesAreLeftAsTheyAre(String name) throws IOException {
    Path out = Files.createDirectory(own.resolve("out"));
    Files.createFile(out.resolve(name));
    refused(2, "'" + out + "' is not empty and holds no comparison", words(out));
    assertThat(out.toFile().list()).containsExactly(name);
  }

  @Test
  void aFileIsComparedWithTheBuiltInOptimizers() throws IOException {
    Path mine =
        yaml(
            "mine.yaml", "(?s)name: fmnist_cnn-sgd(.*)epochs: 120\nbatchSize: 255",
            "name: mine$1epochs: 1\nbatchSize: 30");
    Path out = own.resolve("out");
    Cli.Outcome outcome =
        run("compare", mine, "--optimizers", "arturo,adam,adamw,sgd", "--seeds", 5, "--data", data, "--out", out);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("Comparing arturo, adam, adamw, sgd on fashion-mnist", "epochs: 1, into");
    assertThat(results(out)).hasSize(5).last().asString().startsWith("sgd,5,finished,1,");
    assertThat(Files.readString(out.resolve("runs/adam-5/config.yaml")))
        .contains("name: \"mine-adam\"", "epochs: 1\n", "batchSize: 30", "beta1: 0.9452561249176903");
    assertThat(Files.readString(out.resolve("report.html"))).contains("<h1>mine: arturo, adam, adamw and sgd</h1>");
    Path settings = out.resolve("comparison.yaml");
    String written = Files.readString(settings);
    String earlier = written.replaceFirst("experiment: \"?mine\"?\n", "experiment: \"" + mine + "\"\n"); // as versions before have it
    assertThat(earlier).isNotEqualTo(written);
    Files.writeString(settings, earlier);
    Cli.Outcome again =
        run("compare", mine, "--optimizers", "arturo,adam,adamw,sgd", "--seeds", 5, "--data", data, "--out", out);
    assertThat(again.code()).as(again.err()).isZero();
  }

  @Test
  void damagedSettingsAreRefusedAndNothingChanged() throws IOException {
    Path out = Files.createDirectory(own.resolve("out"));
    String good = Files.readString(whole.resolve("comparison.yaml"));
    Path settings = out.resolve("comparison.yaml");
    Files.writeString(settings, good.replaceFirst("seeds:\n(- .*\n)+", "seeds: null\n"));
    refused(1, settings + ", line 2: key 'seeds' is empty; it must be a list, in [ ]; the file is not as the"
        + " comparison wrote it: undo what was changed, or name a new folder with --out", words(out));
    Files.writeString(settings, good + "seeds: [5, 6]\n");
    refused(1, "key 'seeds' is there twice, first in line 2; leave one out; the file is not as", words(out));
    assertThat(out.toFile().list()).containsExactlyInAnyOrder(".lock", "comparison.yaml");
  }
}
