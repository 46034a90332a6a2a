// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.host.config.Experiment;
import io.github.arturo4j.host.config.Experiments;
import io.github.arturo4j.host.data.Datasets;
import io.github.arturo4j.kernels.Devices;
import io.github.arturo4j.models.ImageSet;
import io.github.arturo4j.models.ModelZoo;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Shape;
import io.github.arturo4j.models.TrainingPlan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;

/** Times the training part of epochs of fmnist_cnn. */
public final class EpochBench {
  private static final int EPOCHS = 4;

  private EpochBench() {}

  /** Runs and prints. */
  public static void run(Devices.Entry device, Path data, PrintWriter out) {
    Experiment experiment = Experiments.find("fmnist_cnn");
    Shape image = ModelZoo.create(experiment.model()).input();
    ImageSet images = Datasets.locate(experiment.dataset(), data, image).train();
    Network network = ModelZoo.create(experiment.model(), images.classes());
    int[] order = IntStream.range(0, images.count()).toArray();
    out.printf("%s: training part of an epoch of %s, %,d images%n", device.name(), network.name(), images.count());
    out.println("epoch   total s   network s   optimizer s   images/s");
    try (TrainingPlan plan =
        new TrainingPlan(
            network,
            experiment.optimizer().create(),
            images,
            experiment.preprocessing(),
            network.initialWeights(experiment.seed()),
            experiment.batchSize(),
            experiment.seed(),
            device.device())) {
      for (int epoch = 1; epoch <= EPOCHS; epoch++) {
        double network0 = plan.networkSeconds();
        double optimizer0 = plan.optimizerSeconds();
        long start = System.nanoTime();
        plan.reporting(false);
        for (int first = 0; first < images.count(); first += experiment.batchSize()) {
          int count = Math.min(experiment.batchSize(), images.count() - first);
          plan.step(order, first, count, experiment.optimizer().initialRate());
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        out.printf(
            Locale.ROOT,
            "%5d %9.2f %11.2f %13.2f %10.0f%n",
            epoch,
            seconds,
            plan.networkSeconds() - network0,
            plan.optimizerSeconds() - optimizer0,
            images.count() / seconds);
        out.flush();
      }
    }
  }
}
