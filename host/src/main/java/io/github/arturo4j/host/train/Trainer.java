// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import io.github.arturo4j.host.config.Experiment;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.RunFolder;
import io.github.arturo4j.kernels.optimizer.StepReport;
import io.github.arturo4j.models.Evaluation;
import io.github.arturo4j.models.EvaluationPlan;
import io.github.arturo4j.models.ImageSet;
import io.github.arturo4j.models.ModelZoo;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.TrainingMetrics;
import io.github.arturo4j.models.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * Trains the network of an experiment: for each epoch a new order of the images, a step for each batch, the last,
 * smaller one included, then an evaluation with dropout off on the training and on the test set. Each epoch is written
 * to the run folder before the next begins.
 */
public final class Trainer {
  /** Images of an evaluation step. */
  public static final int EVALUATION_BATCH = 500;

  private final Experiment experiment;
  private final ImageSet train;
  private final ImageSet test;
  private final TornadoDevice device;
  private final Progress progress;

  /** A trainer on that device. */
  public Trainer(Experiment experiment, ImageSet train, ImageSet test, TornadoDevice device, Progress progress) {
    this.experiment = experiment;
    this.train = train;
    this.test = test;
    this.device = device;
    this.progress = progress;
  }

  /** Trains all epochs into a run folder; the rows of its metrics. */
  public List<EpochRow> run(RunFolder folder) {
    Network network = ModelZoo.create(experiment.model());
    List<EpochRow> rows = new ArrayList<>();
    try (TrainingPlan plan =
            new TrainingPlan(
                network,
                experiment.optimizer().create(),
                train,
                network.initialParameters(experiment.seed()),
                experiment.batchSize(),
                experiment.seed(),
                device);
        EvaluationPlan onTrain = new EvaluationPlan(network, train, batch(train), device);
        EvaluationPlan onTest = new EvaluationPlan(network, test, batch(test), device)) {
      folder.deviceBytes(plan.deviceBytes());
      for (int epoch = 1; epoch <= experiment.epochs(); epoch++) {
        double rate = experiment.schedule().rate(experiment.optimizer().initialRate(), epoch);
        double network0 = plan.networkSeconds();
        double optimizer0 = plan.optimizerSeconds();
        train(plan, epoch, rate);
        StepReport report = plan.report();
        float[] parameters = plan.parameters();
        long start = System.nanoTime();
        Evaluation trained = onTrain.evaluate(parameters);
        Evaluation tested = onTest.evaluate(parameters);
        double evaluation = (System.nanoTime() - start) * 1e-9;
        EpochRow row =
            new EpochRow(
                epoch,
                rate,
                trained.loss(),
                trained.accuracy(),
                tested.loss(),
                tested.accuracy(),
                plan.networkSeconds() - network0,
                plan.optimizerSeconds() - optimizer0,
                evaluation,
                report.eta(),
                report.klTaken(),
                report.negativeCurvature(),
                report.skippedSteps());
        rows.add(row);
        folder.writeEpoch(network, parameters, plan.precision(), rows);
        progress.epochDone(row);
      }
    }
    return rows;
  }

  private static int batch(ImageSet images) {
    return Math.min(EVALUATION_BATCH, images.count());
  }

  private void train(TrainingPlan plan, int epoch, double rate) {
    int[] order = Permutation.of(train.count(), experiment.seed(), epoch);
    int size = Math.min(experiment.batchSize(), train.count());
    int steps = Math.ceilDiv(train.count(), size);
    progress.epochStarted(epoch, steps);
    for (int step = 0; step < steps; step++) {
      int first = step * size;
      int count = Math.min(size, train.count() - first);
      plan.reporting(step == steps - 1);
      long start = System.nanoTime();
      plan.step(order, first, count, rate);
      progress.stepDone(step + 1, (System.nanoTime() - start) * 1e-9, count);
    }
    TrainingMetrics metrics = plan.metrics();
    if (!Double.isFinite(metrics.lossSum())) {
      throw new IllegalStateException(
          "the training loss of epoch " + epoch + " is " + metrics.lossSum()
              + "; train with " + experiment.optimizer().remedy() + ". Earlier epochs are in the run folder");
    }
  }
}
