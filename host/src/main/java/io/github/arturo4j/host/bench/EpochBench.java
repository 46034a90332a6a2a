// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.host.data.Datasets;
import io.github.arturo4j.host.dataset.DataSchema;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.train.EpochResult;
import io.github.arturo4j.host.train.TrainingListener;
import io.github.arturo4j.host.train.TrainingLoop;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.data.ImageSet;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Times the training part of epochs of fmnist_cnn. */
public final class EpochBench {
  private static final int EPOCHS = 4;

  private EpochBench() {}

  /** Runs and prints, after each epoch the times of {@code peer} if it is not null. */
  public static void run(Devices.Entry device, Path data, PyTorch peer, PrintWriter out) {
    Experiment experiment = Experiments.find("fmnist_cnn");
    ImageSet images = Datasets.locate(experiment.dataset().name(), data, experiment.input(), out::println).train();
    Network network = experiment.network(DataSchema.of(images));
    int steps = Math.ceilDiv(images.count(), experiment.batchSize());
    Work work =
        Work.Training.of(
            network, experiment.optimizer(), experiment.batchSize(), images.count(), steps,
            Work.Training.Statistic.sum);
    out.printf("%s: training part of an epoch of %s, %,d images%n", device.name(), network.name(), images.count());
    out.print("  epoch   total s   network s   optimizer s   images/s");
    out.println(peer == null ? "" : "   PyTorch's total by ours");
    TrainingListener printer =
        new TrainingListener() {
          @Override
          public void epochDone(EpochResult epoch) {
            EpochRow row = epoch.row();
            double seconds = row.stepSeconds();
            print(
                Integer.toString(row.epoch()), seconds, row.networkSeconds(), row.optimizerSeconds(), images, out);
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
        };
    new TrainingLoop(
            network, experiment.with(EPOCHS, null, null, experiment.optimizer()), images, null, device.device())
        .traits(device.traits())
        .withoutEvaluation()
        .listeners(List.of(printer))
        .begin();
  }

  private static void print(
      String what, double seconds, double network, double optimizer, ImageSet images, PrintWriter out) {
    out.printf(
        Locale.ROOT, "%7s %9.2f %11.2f %13.2f %10.0f", what, seconds, network, optimizer, images.count() / seconds);
  }
}
