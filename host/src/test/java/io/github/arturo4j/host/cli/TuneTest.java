// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.Cli.refused;
import static io.github.arturo4j.host.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.chart.WrittenPage;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.run.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code arturo tune} end to end on a small data set. */
class TuneTest {
  @TempDir static Path shared;
  @TempDir Path own;
  private static Path data;
  private static Path whole;
  private static Cli.Outcome first;

  @BeforeAll
  static void tuneWithoutAStop() throws IOException {
    data = SyntheticData.write(shared.resolve("data"), 60, 20);
    whole = shared.resolve("whole");
    first = run(words(whole));
  }

  /** Four trials of Adam's rate, up to four epochs of 5 steps. */
  private static Object[] words(Path out, Object... more) {
    List<Object> words =
        new ArrayList<>(
            List.of(
                "tune", "fmnist_cnn", "--optimizer", "adam", "--trials", 4, "--epochs", 4, "--reduction-factor", 2, "--batch-size", 10,
                "--schedule", "cosine", "--data", data, "--out", out));
    words.addAll(Arrays.asList(more));
    return words.toArray();
  }

  /** The command with the value after a word changed. */
  private static Object[] changed(Path out, String word, Object value) {
    Object[] words = words(out);
    words[Arrays.asList(words).indexOf(word) + 1] = value;
    return words;
  }

  private static List<String> log(Path out) throws IOException {
    return Files.readAllLines(out.resolve("search.log"));
  }

  private static String best(Path out) throws IOException {
    Matcher best = Pattern.compile("trial (\\d+)").matcher(Files.readString(out.resolve("best.yaml")));
    assertThat(best.find()).isTrue();
    return best.group(1);
  }

  @Test
  void trialsGoOnAndAreReported() throws IOException {
    assertThat(first.err()).isEmpty();
    assertThat(first.code()).isZero();
    assertThat(first.out())
        .contains(
            "Tuning fmnist_cnn-adam on JVM", "50 training and 10 validation examples, asha, trials: 4, epochs: 1, 2, 4, into " + whole,
            "Trying optimizer.learningRate from ", ", logarithmically\n",
            "There is no section search in the experiment, so it is the optimizer's rate that is looked for\n",
            "a part of the training examples is held out, --validation 0.1; the test set is left for the end\n",
            "Trial 1/4 up to epoch 1: optimizer.learningRate 0.0",
            "Trial 4/4 up to epoch 1: ", ", goes on in epoch 2 after step 0\n", " up to epoch 4: ",
            "Best: trial " + best(whole) + ", optimizer.learningRate ",
            "On the test set: arturo evaluate " + whole.resolve("runs/00" + best(whole)),
            "Its experiment: arturo train " + whole.resolve("best.yaml") + " --data " + data + "\n",
            "Report: " + whole.resolve("report.html"))
        .containsPattern("\ntrial +learningRate  epochs  validation accuracy, %  in epoch  validation loss\n" + best(whole) + " +");
    assertThat(whole.toFile().list())
        .containsExactlyInAnyOrder(
            ".lock", "best.yaml", "report.html", "results.csv", "results.md", "runs", "search.log", "search.yaml");
    assertThat(whole.resolve("runs").toFile().list()).containsExactlyInAnyOrder("001", "002", "003", "004");
    List<String> rows = Files.readAllLines(whole.resolve("results.csv"));
    assertThat(rows).hasSize(5);
    assertThat(rows.getFirst())
        .isEqualTo(
            "trial,optimizer.learningRate,state,epochs,best_validation_accuracy,best_epoch,validation_loss,"
                + "best_validation_accuracy_of_1,best_validation_accuracy_of_2,best_validation_accuracy_of_4,failure");
    assertThat(rows.stream().filter(row -> row.contains(",finished,4,"))).isNotEmpty();
    assertThat(rows.stream().filter(row -> row.contains(",ended early,1,"))).isNotEmpty();
    assertThat(log(whole)).hasSizeGreaterThanOrEqualTo(2 * (4 + 2 + 1)).first().isEqualTo("start 1 0");
    WrittenPage.parse(Files.readString(whole.resolve("report.html")));
    assertThat(Files.readString(whole.resolve("results.md"))).startsWith("| trial | learningRate | epochs |");
    assertThat(run("evaluate", whole.resolve("runs/00" + best(whole)), "--data", data).code()).isZero();
  }

  /** One that was stopped at each rung is what it would have been in one go, and what was found trains to the same. */
  @Test
  void theBestExperimentTrainsToTheBestTrialBitForBit() throws IOException {
    Path alone = own.resolve("alone");
    String text = Files.readString(whole.resolve("best.yaml"));
    Experiment best = Experiments.read(whole.resolve("best.yaml"));
    assertThat(text)
        .startsWith("# The best of 4 trials: trial " + best(whole) + ", validation accuracy ")
        .contains("\n# Found by: arturo tune fmnist_cnn --optimizer adam --trials 4 ").doesNotContain("search");
    assertThat(best.validation()).isEqualTo(0.1);
    assertThat(best.epochs()).isEqualTo(4);
    Cli.Outcome trained = run("train", whole.resolve("best.yaml"), "--data", data, "--out", alone);
    assertThat(trained.code()).as(trained.err()).isZero();
    ResumeTest.assertSame(whole.resolve("runs/00" + best(whole)), alone);
  }

  @ParameterizedTest
  @CsvSource({"INT,130", "KILL,137"})
  void goesOnWhereItWasInterruptedToTheBit(String signal, int code) throws Exception {
    Path out = own.resolve("out");
    Path output = own.resolve("output");
    Process process = StopSignalTest.start(output, words(out));
    try {
      StopSignalTest.await(process, output, out.resolve("runs/003/checkpoint.safetensors")); // then its first step is next
      StopSignalTest.kill(process, signal);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(output);
    assertThat(process.exitValue()).as(text).isEqualTo(code);
    assertThat(text).doesNotContain("Best: trial").contains(signal.equals("KILL") ? "" : "the same command goes on");
    Cli.Outcome resumed = run(words(out));
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.out()).containsPattern("Trials before: [34], of which [23] have a score\n");
    assertThat(log(out)).isEqualTo(log(whole));
    for (String run : List.of("001", "002", "003", "004")) {
      ResumeTest.assertSame(out.resolve("runs").resolve(run), whole.resolve("runs").resolve(run));
    }
    assertThat(Files.readAllLines(out.resolve("results.csv"))).isEqualTo(Files.readAllLines(whole.resolve("results.csv")));
    List<String> best = Files.readAllLines(out.resolve("best.yaml"));
    assertThat(best.subList(2, best.size())).isEqualTo(Files.readAllLines(whole.resolve("best.yaml")).subList(2, best.size()));
  }

  /** A search of a table's rate, which takes no time. */
  private Object[] small(Path out, int trials) throws IOException {
    return new Object[] {"tune", file(""), "--trials", trials, "--reduction-factor", 2, "--out", out};
  }

  @Test
  void aFinishedSearchHasMoreTrialsIfTheyAreAskedFor() throws IOException {
    Path out = own.resolve("out");
    assertThat(run(small(out, 2)).code()).isZero();
    List<String> before = log(out);
    Cli.Outcome same = run(small(out, 2));
    assertThat(same.out()).contains("Trials before: 2, of which 2 have a score\n", "Best: trial ").doesNotContain("up to epoch");
    assertThat(log(out)).isEqualTo(before);
    assertThat(run(small(out, 4)).code()).isZero();
    assertThat(log(out)).startsWith(before.toArray(String[]::new)).contains("start 3 0", "start 4 0").doesNotContain("start 5 0");
    refused(2, "--trials 4 there, 3 here", small(out, 3));
  }

  /** For a service, whose trials are jobs of their own. */
  @Test
  void aFolderIsMadeForOthersAndTheirTrialsAreReported() throws IOException {
    Path out = own.resolve("out");
    Cli.Outcome made = run(words(out, "--no-training", "--device", "9:9"));
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.out()).contains("Tuning fmnist_cnn-adam").doesNotContain("Report", "Trial 1/4");
    assertThat(out.resolve("search.yaml")).as("it looks for no device").content().doesNotContain("device:");
    assertThat(out.resolve("report.html")).doesNotExist();
    assertThat(run(words(out)).code()).isZero();
    Files.delete(out.resolve("report.html"));
    Cli.Outcome reported = run(words(out, "--no-training"));
    assertThat(reported.out()).contains("Best: trial " + best(whole)).doesNotContain("up to epoch");
    assertThat(out.resolve("report.html")).exists();
  }

  @Test
  void otherSettingsForTheSameFolderAreRefusedAndNothingChanged() throws IOException {
    List<String> before = log(whole);
    String is = "'" + whole + "' is a search of other settings: ";
    refused(2, is + "--epochs 4 there, 5 here", changed(whole, "--epochs", 5));
    refused(2, is + "--reduction-factor 2 there, 3 here", changed(whole, "--reduction-factor", 3));
    refused(2, is + "--min-epochs 1 there, 2 here", words(whole, "--min-epochs", 2));
    refused(2, is + "--data 50 training examples of checksum", words(whole, "--seed", 7));
    refused(2, is + "--limit-train none there, 50 here", words(whole, "--limit-train", 50));
    refused(2, is + "'batchSize: 10' there, 'batchSize: 3' here", changed(whole, "--batch-size", 3));
    refused(2, is + "search optimizer.learningRate from ", words(whole, "--learning-rate", 0.5));
    refused(2, "'" + data + "' is not empty and holds no search", words(data));
    try (FolderLock lock = FolderLock.take(whole)) {
      refused(1, "another training is writing into '" + whole + "'", words(whole));
    }
    assertThat(log(whole)).isEqualTo(before);
  }

  @Test
  void wrongUseIsRefused() {
    Path out = own.resolve("out");
    refused(2, "trials (--trials) is 0; it must be between 1 and 100000", changed(out, "--trials", 0));
    refused(2, "reduction (--reduction-factor) is 1; it must be at least 2", changed(out, "--reduction-factor", 1));
    refused(2, "minEpochs (--min-epochs) is 5; it must be between 1 and the epochs, 4", words(out, "--min-epochs", 5));
    refused(
        2, "--reduction-factor is for --method asha, and the method is random; leave out one of them",
        words(out, "--method", "random"));
    refused(2, "--kl-bound is 0.1, but adam has no such option; its rate is --learning-rate", words(out, "--kl-bound", 0.1));
    refused(2, "Invalid value for option '--method'", words(out, "--method", "grid"));
    refused(2, "unknown experiment 'mnist'", "tune", "mnist");
    assertThat(out).doesNotExist();
  }

  /** An experiment on a small table for two epochs, with a section search. */
  private Path file(String section) throws IOException {
    StringBuilder rows = new StringBuilder("a,b,class\n");
    for (int i = 0; i < 60; i++) {
      rows.append(i % 7).append(',').append(i % 5).append(',').append(i % 7 > i % 5 ? "more" : "less").append('\n');
    }
    Path table = Files.writeString(own.resolve("table.csv"), rows);
    return Files.writeString(
        own.resolve("mine.yaml"),
        """
        name: mine
        model: [linear: 8, relu, linear: outputs]
        dataset: {name: table, path: '%s', target: class}
        validation: 0.2
        epochs: 2
        batchSize: 10
        seed: 1
        optimizer: {name: adam}
        """
                .formatted(table)
            + section);
  }

  @Test
  void aTrialThatFailsIsTheWorst() throws IOException {
    Path out = own.resolve("out");
    Path mine = file("search:\n  optimizer.learningRate: [0.001, 1.0e30]\n  batchSize: [5, 10]\n  microBatch: [10]\n");
    Cli.Outcome outcome = run("tune", mine, "--trials", 8, "--out", out);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .doesNotContain("is held out").contains(
            "Failed: the training loss of epoch 1 is NaN\n",
            "Failed: microBatch (--micro-batch) is 10; it must be between 1 and batchSize, 5\n");
    List<String> rows = Files.readAllLines(out.resolve("results.csv"));
    assertThat(rows).anyMatch(row -> row.matches("\\d,1e30,10,10,failed,0,,,,,the training loss of epoch 1 is NaN"));
    assertThat(rows.stream().skip(1).filter(row -> !row.contains(",failed,"))).isNotEmpty().allMatch(row -> row.contains(",0.001,10,10,"));
    assertThat(Files.readString(out.resolve("best.yaml"))).contains("learningRate: 0.001\n", "microBatch: 10\n");
    String page = Files.readString(out.resolve("report.html"));
    assertThat(WrittenPage.parse(page).texts("h2")).contains("Failed trials");
    assertThat(page).doesNotContain("NaN,", "NaN \"");
    List<String> log = log(out);
    Cli.Outcome again = run("tune", mine, "--trials", 8, "--out", out);
    assertThat(again.out()).doesNotContain("up to epoch");
    assertThat(log(out)).isEqualTo(log);
    refused(1,
        "all 2 trials failed, the first: the training loss of epoch 1 is NaN; the report has the others: give ranges with other"
            + " values",
        "tune", file("search:\n  optimizer.learningRate: [1.0e30]\n"), "--trials", 2, "--out", own.resolve("none"));
  }

  @Test
  void randomSearchGivesAllTrialsAllEpochs() throws IOException {
    Path out = own.resolve("out");
    Path mine = file("search:\n  initialization: [he, xavier]\n  optimizer.learningRate: {min: 1e-4, max: 1e-2, scale: log}\n");
    Cli.Outcome outcome = run("tune", mine, "--trials", 3, "--method", "random", "--out", out);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("random, trials: 3, epochs: 2, into").doesNotContain("There is no section search", " goes on");
    assertThat(Files.readAllLines(out.resolve("results.csv")).stream().skip(1)).hasSize(3).allMatch(row -> row.contains(",finished,2,"));
    assertThat(log(out)).hasSize(6);
    refused(
        2, "search: 'optimizer.learningRate' cannot be x: key 'optimizer.learningRate' is \"x\"; it must be a number", "tune",
        file("search:\n  optimizer.learningRate: [x]\n"));
  }

  @Test
  void aDamagedLogIsRefusedAndItsRemedyMendsIt() throws IOException {
    Path out = own.resolve("out");
    assertThat(run(small(out, 2)).code()).isZero();
    List<String> good = log(out);
    Path log = out.resolve("search.log");
    for (List<String> bad :
        List.of(good.subList(1, good.size()), List.of("start 1 0", "done 1 0 fine"), List.of("begin 1 0"), List.of("x"))) {
      Files.write(log, bad);
      refused(1, "'" + log + "' is not as the search wrote it: ", small(out, 2));
    }
    Files.delete(log);
    Cli.Outcome mended = run(small(out, 2));
    assertThat(mended.code()).as(mended.err()).isZero();
    assertThat(log(out)).isEqualTo(good);
    assertThat(mended.out().lines().filter(line -> line.matches(" *\\d/2 .*"))).as("nothing is trained again").isEmpty();
  }
}
