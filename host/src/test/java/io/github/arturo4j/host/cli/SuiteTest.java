// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.Cli.refused;
import static io.github.arturo4j.host.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.chart.WrittenPage;
import io.github.arturo4j.host.compare.RateSearch;
import io.github.arturo4j.host.compare.Suite;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.host.run.Scores;
import io.github.arturo4j.host.run.TestScores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code arturo compare --suite} end to end on two small tables. */
class SuiteTest {
  @TempDir Path own;
  private Path suite;

  @BeforeEach
  void writeTwoProblems() throws IOException {
    suite = Files.createDirectory(own.resolve("suite"));
    Path data = Files.writeString(own.resolve("data.csv"), table(80));
    Path test = Files.writeString(own.resolve("test.csv"), table(30));
    String rest =
        "epochs: 2\nbatchSize: 10\nseed: 1\nevaluateAt: [2, 5]\noptimizer: {name: adam}\nmodel: [{linear: 4}, relu, {linear: outputs}]\n"
            + "dataset: {name: table, path: '" + data + "', test: '" + test + "', target: %s}\n";
    Files.writeString(suite.resolve("value.yaml"), "name: value\nvalidation: 0.2\n" + rest.formatted("y"));
    Files.writeString(suite.resolve("kind.yaml"), "name: kind\n" + rest.formatted("kind"));
  }

  private static String table(int rows) {
    StringBuilder text = new StringBuilder("a,b,y,kind\n");
    for (int i = 0; i < rows; i++) {
      double a = Math.sin(i);
      double b = Math.cos(3 * i);
      text.append(String.format(Locale.ROOT, "%.4f,%.4f,%.4f,%s%n", a, b, a * b + a, a + b > 0 ? "up" : "down"));
    }
    return text.toString();
  }

  private Object[] words(Path out, Object... more) {
    List<Object> words =
        new ArrayList<>(List.of("compare", "--suite", suite, "--optimizers", "arturo,adam", "--seeds", "5,6", "--rates", 3, "--out", out));
    words.addAll(Arrays.asList(more));
    return words.toArray();
  }

  @Test
  void everyOptimizerIsComparedWithItsDefaultsAndTheBestOfItsRates() throws Exception {
    Path out = own.resolve("out");
    Cli.Outcome outcome = run(words(out));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("Problem 1/2: kind\n", "Problem 2/2: value\n");
    for (String problem : List.of("kind", "value")) {
      Path tuning = out.resolve(problem).resolve("tuning/runs");
      assertThat(tuning.toFile().list())
          .containsExactlyInAnyOrder(
              "arturo-0.00857-5", "arturo-0.0857-5", "arturo-0.857-5", "adam-0.000316-5", "adam-0.001-5", "adam-0.00316-5");
      assertThat(tuning.resolve("adam-0.001-5/test.csv")).as("nothing is chosen by the test set").doesNotExist();
      String best = Stream.of("0.001", "0.000316", "0.00316").min((a, b) -> Double.compare(loss(tuning, a), loss(tuning, b))).get();
      Path runs = out.resolve(problem).resolve("comparison/runs");
      assertThat(Files.exists(runs.resolve("adam-tuned-6"))).isEqualTo(!best.equals("0.001"));
      if (Files.exists(runs.resolve("adam-tuned-5"))) {
        ResumeTest.assertSame(runs.resolve("adam-tuned-5"), tuning.resolve("adam-" + best + "-5"));
      }
      assertThat(RunReader.config(runs.resolve("arturo-6")).experiment().validation()).isEqualTo(problem.equals("kind") ? 0.15 : 0.2);
    }
    Path runs = out.resolve("value/comparison/runs");
    double mean = 0;
    for (String run : List.of("arturo-5", "arturo-6")) {
      mean += RunReader.steps(runs.resolve(run)).getLast().judged().loss() / 2;
    }
    Scores end = TestScores.read(runs.resolve("arturo-5"), TestScores.Weights.LAST, 2).orElseThrow();
    Scores other = TestScores.read(runs.resolve("arturo-6"), TestScores.Weights.LAST, 2).orElseThrow();
    List<String> csv = Files.readAllLines(out.resolve("results.csv"));
    assertThat(csv.getFirst()).isEqualTo("problem,optimizer,rates,rate,measure,mean,deviation,finished,failed");
    assertThat(csv)
        .anyMatch(line -> line.startsWith("value,arturo,default,0.0857,validation loss after step 5,"))
        .anyMatch(line -> line.startsWith("kind,adam,tuned,"));
    assertThat(value(csv, "value,arturo,default,0.0857,validation loss after step 5,")).isCloseTo(mean, within());
    assertThat(value(csv, "value,arturo,default,0.0857,test loss,")).isCloseTo((end.loss() + other.loss()) / 2, within());
    WrittenPage page = WrittenPage.parse(Files.readString(out.resolve("report.html")));
    assertThat(page.texts("h2")).containsExactly("All problems", "kind", "value", "How it was made");
    assertThat(page.texts("th")).contains("Library defaults", "Tuned rate", "validation loss after step 2", "best at the end, of 2");
    assertThat(page.elements("figure")).hasSize(4);
    assertThat(page.texts("small")).as("deviations, below the means").isNotEmpty().allMatch(text -> text.startsWith(" ± "));
    assertThat(out.resolve("results.md")).content().contains("| optimizer | after step 2 | after step 5 | at the end |", "## value");

    List<String> before = Files.readAllLines(out.resolve("results.csv"));
    Files.delete(out.resolve("value/comparison/runs/arturo-6/checkpoint.safetensors"));
    Files.delete(out.resolve("value/comparison/runs/arturo-6/metrics.csv"));
    Cli.Outcome again = run(words(out));
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out()).contains("Run 6/6: adam-0.00316, seed 5, was finished before", "arturo, seed 5, was finished before");
    assertThat(Files.readAllLines(out.resolve("results.csv"))).isEqualTo(before);
    refused(2, "--out '" + out + "' is a suite of other settings: 'rates: 3' there, 'rates: 1' here", changed(out, "--rates", 1));
    refused(2, "'seeds: [5, 6]' there, 'seeds: [5]' here", changed(out, "--seeds", 5));
  }

  private static Offset<Double> within() {
    return Offset.offset(2e-6);
  }

  private static double value(List<String> csv, String start) {
    return csv.stream().filter(line -> line.startsWith(start)).mapToDouble(line -> Double.parseDouble(line.split(",")[5])).findFirst()
        .orElseThrow();
  }

  private static double loss(Path tuning, String rate) {
    return RunReader.rows(tuning.resolve("adam-" + rate + "-5")).getLast().judgedLoss();
  }

  /** A KL bound is as the square of a step. */
  @Test
  void ratesMakeStepsLongerAndShorterAlike() {
    Experiment problem = Experiments.find("fmnist_cnn");
    assertThat(new RateSearch(problem, List.of("sgd", "arturo"), 5).trials().sequencedKeySet())
        .containsExactly(
            "sgd-0.001", "sgd-0.00316", "sgd-0.01", "sgd-0.0316", "sgd-0.1", "arturo-0.000857", "arturo-0.00857", "arturo-0.0857",
            "arturo-0.857", "arturo-8.57");
  }

  @Test
  void thatOfTheProjectHasSixProblems() {
    SequencedMap<String, Experiment> problems = Suite.problems(Path.of("../suite"));
    assertThat(problems.sequencedKeySet()).containsExactly("cancer", "diabetes", "fmnist_cnn", "fmnist_mlp", "fmnist_resnet18", "text");
    problems.forEach((name, problem) -> {
      assertThat(problem.name()).isEqualTo(name);
      assertThat(problem.evaluateAt()).containsExactly(20, 40, 80, 240);
    });
  }

  @Test
  void whatIsNoSuiteIsRefused() throws IOException {
    Path out = own.resolve("out");
    refused(2, "Missing required parameter: 'EXPERIMENT', or --suite FOLDER", "compare");
    refused(2, "EXPERIMENT and --suite '" + suite + "' are both given; leave out one of them", words(out, "fmnist_cnn"));
    refused(2, "--kl-bound is for one experiment, not for --suite", words(out, "--kl-bound", 0.1));
    refused(2, "--rates is 4; it must be 1, 3, 5, 7 or 9", changed(out, "--rates", 4));
    refused(2, "--optimizers has 'adan'; of a suite each has its defaults, so there are: ", changed(out, "--optimizers", "adan"));
    refused(2, "--optimizers has one twice: sgd,sgd; leave it out", changed(out, "--optimizers", "sgd,sgd"));
    refused(2, "cannot read --suite '" + out + "'", "compare", "--suite", out);
    Path empty = Files.createDirectory(own.resolve("empty"));
    refused(2, "--suite '" + empty + "' has no file that ends in .yaml; name a folder of experiments", "compare", "--suite", empty);
    Files.writeString(empty.resolve("a b.yaml"), "");
    refused(2, "whose name becomes that of a folder; rename the file to ", "compare", "--suite", empty);
    assertThat(out).doesNotExist();
  }

  private Object[] changed(Path out, String word, Object value) {
    Object[] words = words(out);
    words[Arrays.asList(words).indexOf(word) + 1] = value;
    return words;
  }
}
