// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.host.data.Datasets;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.plan.TrainingPlan;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;

/** Times the training part of epochs of fmnist_cnn. */
public final class EpochBench {
  private static final int EPOCHS = 4;

  private EpochBench() {}

  /** Runs and prints, after each epoch the times of {@code peer} if it is not null. */
  public static void run(Devices.Entry device, Path data, PyTorch peer, PrintWriter out) {
    Experiment experiment = Experiments.find("fmnist_cnn");
    Shape image = ModelZoo.create(experiment.model()).input();
    ImageSet images = Datasets.locate(experiment.dataset(), data, image, out::println).train();
    Network network = ModelZoo.create(experiment.model(), images.classes());
    int[] order = IntStream.range(0, images.count()).toArray();
    int steps = Math.ceilDiv(images.count(), experiment.batchSize());
    Work work =
        Work.Training.of(
            network, experiment.optimizer(), experiment.batchSize(), images.count(), steps,
            Work.Training.Statistic.sum);
    out.printf("%s: training part of an epoch of %s, %,d images%n", device.name(), network.name(), images.count());
    out.print("  epoch   total s   network s   optimizer s   images/s");
    out.println(peer == null ? "" : "   PyTorch's total by ours");
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
        print(
            Integer.toString(epoch), seconds, plan.networkSeconds() - network0, plan.optimizerSeconds() - optimizer0,
            images, out);
        out.println();
        out.flush();
        if (peer != null) {
          double[] theirs = SideBySide.theirs(peer, 2, work);
          double total = theirs[0] + theirs[1];
          print("PyTorch", total, theirs[0], theirs[1], images, out);
          out.printf(Locale.ROOT, " %25.2f%n", total / seconds);
          out.flush();
        }
      }
    }
  }

  private static void print(
      String what, double seconds, double network, double optimizer, ImageSet images, PrintWriter out) {
    out.printf(
        Locale.ROOT, "%7s %9.2f %11.2f %13.2f %10.0f", what, seconds, network, optimizer, images.count() / seconds);
  }
}
