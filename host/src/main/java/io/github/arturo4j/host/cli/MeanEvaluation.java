// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.chart.Digits;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.predict.Draws;
import io.github.arturo4j.host.predict.OutputMeaning;
import io.github.arturo4j.host.predict.Prediction;
import io.github.arturo4j.host.predict.Predictor;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.host.train.DataSource;
import io.github.arturo4j.host.train.StatisticsSample;
import io.github.arturo4j.host.uncertainty.Calibration;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.data.Examples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * What the mean of several predictions is on a test set, a line.
 *
 * @param runs one or more of the same data
 */
record MeanEvaluation(List<Path> runs, Draws draws, DataSource source, Devices.Entry device) {
  String line(Examples test) {
    List<Predictor> members = new ArrayList<>();
    try {
      for (Path run : runs) {
        RunConfig config = RunReader.config(run);
        boolean weights = draws.source() == Draws.Source.POSTERIOR;
        members.add(
            Predictor.open(run, draws, weights ? StatisticsSample.of(config, source).orElse(null) : null, device));
      }
      List<Prediction> predictions = Predictor.ensemble(members, test.features());
      return words(members) + ": " + measures(predictions, members.getFirst(), test);
    } finally {
      members.forEach(Predictor::close);
    }
  }

  private String words(List<Predictor> members) {
    String of = runs.size() == 1 ? "Mean of " : "Mean of " + runs.size() + " networks" + (isSingle() ? "" : ", each ");
    return of
        + switch (draws.source()) {
          case NOTHING -> "";
          case DROPOUT -> draws.samples() + " predictions with dropout";
          case POSTERIOR ->
              draws.samples() + " samples of the posterior at temperature "
                  + String.format(Locale.ROOT, "%.3g", members.getFirst().draws().temperature());
        };
  }

  private boolean isSingle() {
    return draws.source() == Draws.Source.NOTHING;
  }

  private static String measures(List<Prediction> predictions, Predictor predictor, Examples test) {
    return switch (test.targets()) {
      case Targets.Classes classes -> {
        Calibration calibration = Calibration.of(predictions, classes.labels());
        yield String.format(
            Locale.ROOT, "loss %.4f, accuracy %.4f, entropy %.4f and mutual information %.4f nats", calibration.nll(),
            calibration.accuracy(), mean(predictions, Prediction::entropy),
            mean(predictions, each -> each.spread() == null ? 0 : each.spread().mutualInformation()));
      }
      case Targets.Values values -> {
        Experiment experiment = predictor.experiment();
        OutputMeaning meaning = new OutputMeaning(predictor.schema(), experiment.loss());
        yield "RMSE " + Digits.text(rmse(predictions, meaning, values)) + ", standard deviation of a prediction "
            + Digits.text(mean(predictions, each -> each.spread() == null ? 0 : mean(each.spread().deviations())));
      }
    };
  }

  private static double mean(List<Prediction> predictions, ToDoubleFunction<Prediction> of) {
    return predictions.stream().mapToDouble(of).average().orElseThrow();
  }

  private static double mean(double[] values) {
    return DoubleStream.of(values).average().orElseThrow();
  }

  private static double rmse(List<Prediction> predictions, OutputMeaning meaning, Targets.Values targets) {
    double sum = 0;
    for (int i = 0; i < predictions.size(); i++) {
      double[] target = meaning.target(targets, i);
      double[] values = predictions.get(i).values();
      for (int j = 0; j < values.length; j++) {
        sum += (values[j] - target[j]) * (values[j] - target[j]) / values.length;
      }
    }
    return Math.sqrt(sum / predictions.size());
  }
}
