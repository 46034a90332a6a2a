// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.kernels.loss.CrossEntropy;
import io.github.arturo4j.kernels.loss.MeanSquaredError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made small and measured, from the command line to every file and line that tells it. */
class LossOptionsTest {
  private static final Object[] SMOOTH = {
    "--loss", "cross_entropy,labelSmoothing=0.1,classWeights=[1,2,1,1,1,1,1,1,1,0.5]", "--metrics", "macro_f1,accuracy"
  };

  @TempDir static Path shared;
  @TempDir Path own;
  private static Path data;

  @BeforeAll
  static void writeData() throws IOException {
    data = SyntheticData.write(shared.resolve("data"), 60, 20);
  }

  private static Cli.Outcome run(Object[] more, Object... words) {
    return Cli.run(Stream.concat(Stream.of(words), Stream.of(more)).toArray());
  }

  private Cli.Outcome train(Path run, Object... more) {
    return run(
        more, "train", "fmnist_cnn", "--optimizer", "adam", "--data", data, "--batch-size", 20, "--epochs", 1, "--run", run);
  }

  @Test
  void aTrainingIsMeasuredByItsMetricsEverywhere() throws IOException {
    Path run = own.resolve("run");
    Cli.Outcome outcome = train(run, SMOOTH);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains("epoch   train loss  macro F1  accuracy   test loss  macro F1  accuracy   network  optimizer  evaluation");
    Experiment experiment = RunReader.config(run).experiment();
    assertThat(experiment.loss())
        .isEqualTo(new CrossEntropy(.1, List.of(1.0, 2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, .5)));
    assertThat(experiment.metrics()).containsExactly("macro_f1", "accuracy");
    assertThat(Files.readAllLines(run.resolve("metrics.csv")).getFirst())
        .startsWith("epoch,rate,train_loss,train_macro_f1,train_accuracy,test_loss,test_macro_f1,test_accuracy,network_");
    EpochRow row = RunReader.rows(run).getFirst();
    assertThat(Cli.run("evaluate", run).out())
        .contains(
            String.format(
                Locale.ROOT, "loss %.4f, macro F1 %.4f, accuracy %.4f", row.judgedLoss(), row.judged().metric("macro_f1"),
                row.judged().metric("accuracy")));
    assertThat(Cli.run("train", "--resume", run, "--epochs", 2).err()).isEmpty();
    assertThat(RunReader.rows(run)).hasSize(2).first().isEqualTo(row);
    Cli.Outcome other = train(run, "--loss", "cross_entropy,labelSmoothing=0.2");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("'labelSmoothing: 0.1' there, 'labelSmoothing: 0.2' here");
  }

  /** As in files of earlier versions, so that those go on with theirs. */
  @Test
  void whereNothingIsChosenNothingIsWritten() throws IOException {
    Path run = own.resolve("run");
    assertThat(train(run, "--loss", "cross_entropy").err()).isEmpty();
    assertThat(Files.readString(run.resolve("config.yaml"))).doesNotContain("loss", "metrics");
    assertThat(train(run).out()).contains("Nothing to do");
  }

  @Test
  void aComparisonGoesByTheFirstMetric() throws IOException {
    Path folder = own.resolve("comparison");
    Object[] words = {
      "compare", "fmnist_cnn", "--optimizers", "sgd,adam", "--seeds", 1, "--data", data, "--batch-size", 20, "--epochs", 1,
      "--out", folder
    };
    Cli.Outcome outcome = run(SMOOTH, words);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains("optimizer  seeds  final test macro F1, %  best test macro F1, %  final test accuracy, %  final test loss");
    assertThat(Files.readAllLines(folder.resolve("results.csv")).getFirst())
        .isEqualTo(
            "optimizer,seed,state,epochs,final_test_macro_f1,best_test_macro_f1,best_epoch,final_test_accuracy,"
                + "final_test_loss,final_train_macro_f1,final_train_accuracy,final_train_loss,seconds_per_epoch,"
                + "optimizer_share,skipped_steps,failure");
    assertThat(Files.readString(folder.resolve("report.html")))
        .contains("Test macro F1 over epochs", "Test accuracy over epochs", "Test macro F1 over training time");
  }

  /** Also where a file of one's own has it, in an evaluation, and in a comparison of which it is one. */
  @Test
  void aFilesLossIsCheckedLikeAnOption() throws IOException {
    Path run = own.resolve("run");
    assertThat(train(run).code()).isZero();
    Experiment wrong = Experiments.find("fmnist_cnn-adam").change().loss(new MeanSquaredError()).build();
    Path file = Files.writeString(own.resolve("mine.yaml"), Experiments.write(wrong));
    String line = "the loss mse takes values as targets, not 10 classes; choose one that takes classes\n";
    Cli.Outcome evaluated =
        Cli.run("evaluate", run.resolve("model.safetensors"), "--experiment", file, "--data", data);
    assertThat(evaluated.code()).isEqualTo(2);
    assertThat(evaluated.err()).isEqualTo("arturo: " + line);
    Cli.Outcome compared =
        Cli.run(
            "compare", "fmnist_cnn", "--optimizers", "sgd," + file, "--seeds", 1, "--data", data, "--batch-size", 20,
            "--epochs", 1, "--out", own.resolve("comparison"));
    assertThat(compared.code()).isEqualTo(1);
    assertThat(compared.out()).contains("Failed: " + line);
    assertThat(compared.err()).hasLineCount(1).contains("1 of 2 runs failed: mine-1");
  }

  /** Runs that are measured by different things have no common column; the remedy gives them one. */
  @Test
  void aComparisonHasTheSameMetricsForAll() throws IOException {
    Experiment mine = Experiments.find("fmnist_cnn-adam").change().metrics(List.of("macro_f1")).build();
    Path file = Files.writeString(own.resolve("mine.yaml"), Experiments.write(mine));
    Object[] words = {
      "compare", "fmnist_cnn", "--optimizers", "sgd," + file, "--seeds", 1, "--data", data, "--batch-size", 20, "--epochs", 1,
      "--out", own.resolve("comparison")
    };
    Cli.Outcome refused = Cli.run(words);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo("arturo: the optimizers differ in metrics: {sgd=[accuracy], mine=[macro_f1]}; give --metrics\n");
    assertThat(run(new Object[] {"--metrics", "accuracy"}, words).code()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--loss|mae|arturo: --loss: key 'name' is \"mae\"; it must be one of: cross_entropy, mse, l1, huber, bce_with_logits",
        "--loss|mse|the loss mse takes values as targets, not 10 classes; choose one that takes classes",
        "--loss|cross_entropy,labelSmoothing=2|labelSmoothing is 2.0; it must be from 0 to 1",
        "--loss|cross_entropy,smoothing=2|unknown key 'smoothing'; the keys there are: classWeights, labelSmoothing",
        "--loss|cross_entropy,classWeights=[1]|classWeights has 1 numbers; it must have one for each of the 10 outputs",
        "--metrics|mape|metrics has 'mape'; there are: accuracy, top5_accuracy, macro_f1, rmse, mae, r2, perplexity",
        "--metrics|accuracy,accuracy|metrics is [accuracy, accuracy], with one twice; leave it out",
        "--metrics|r2|the metric r2 takes values as targets, not 10 classes; choose one that takes classes"
      })
  void whatDoesNotFitIsOneLineAndNoFolder(String option, String value, String message) {
    Path run = own.resolve("run");
    Cli.Outcome outcome = train(run, option, value);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains(message).hasLineCount(1);
    assertThat(run.resolve("config.yaml")).doesNotExist();
  }
}
