// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.collective.Collective;
import io.github.arturo4j.collective.Single;
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
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.ImageSet;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Times the training part of epochs of fmnist_cnn. */
public final class EpochBench {
  private static final int EPOCHS = 4;

  private EpochBench() {}

  /**
   * Runs and prints, after each epoch the times of {@code peer} if it is not null.
   *
   * @param ranks that share the examples of a step; each calls this
   */
  public static void run(Devices.Entry device, Path data, PyTorch peer, Collective ranks, PrintWriter out) {
    Experiment experiment = experiment();
    ImageSet images = Datasets.locate(experiment.dataset().name(), data, experiment.input(), out::println).train();
    Network network = experiment.network(DataSchema.of(images));
    String several = ranks.size() == 1 ? "" : ", " + ranks.size() + " ranks";
    out.printf("%s%s: training part of an epoch of %s, %,d images%n", device.name(), several, network.name(), images.count());
    String heading =
        "  epoch   total s   network s   optimizer s   images/s" + (ranks.size() == 1 ? "" : "   with others s   MB moved")
            + (peer == null ? "" : "   PyTorch's total by ours");
    Communication communication = new Communication(ranks, heading, out);
    measure(
        device, network, images, EPOCHS, ranks, communication,
        epoch -> {
          double optimizer = epoch.optimizerSeconds() == null ? Double.NaN : epoch.optimizerSeconds();
          print(Integer.toString(epoch.epoch()), epoch.seconds(), epoch.networkSeconds(), optimizer, images.count(), out);
          communication.print();
          out.println();
          out.flush();
          if (peer != null) {
            EpochSpeed both = beside(epoch, network, peer);
            print(
                "PyTorch", both.pytorchSeconds(), both.pytorchNetworkSeconds(), both.pytorchOptimizerSeconds(), images.count(), out);
            out.printf(Locale.ROOT, " %25.2f%n", both.pytorchByOurs());
            out.flush();
          }
        });
  }

  /** What is trained. */
  public static Experiment experiment() {
    return Experiments.find("fmnist_cnn");
  }

  /** As many random images as are asked for, such as its network takes. */
  public static Examples random(int images) {
    return RandomExamples.of(experiment().network(), experiment().objective().loss(), images);
  }

  /**
   * Trains for so many epochs, without evaluations.
   *
   * @param network the experiment's, for the images
   * @param told is given each epoch when it is over
   */
  public static void measure(Devices.Entry device, Network network, Examples images, int epochs, Consumer<EpochSpeed> told) {
    measure(device, network, images, epochs, Single.INSTANCE, new TrainingListener() {}, told);
  }

  private static void measure(
      Devices.Entry device, Network network, Examples images, int epochs, Collective ranks, TrainingListener watcher,
      Consumer<EpochSpeed> told) {
    Experiment experiment = experiment();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epochDone(EpochResult epoch) {
            EpochRow row = epoch.row();
            told.accept(
                new EpochSpeed(
                    network.name(), experiment.optimizer().label(), row.epoch(), images.count(), row.stepSeconds(), row.networkSeconds(),
                    Double.isNaN(row.optimizerSeconds()) ? null : row.optimizerSeconds(), null, null));
          }
        };
    new TrainingLoop(network, experiment.with(epochs, null, null, experiment.optimizer()), images, null, device.device())
        .traits(device.traits())
        .ranks(ranks)
        .withoutEvaluation()
        .listeners(List.of(watcher, listener))
        .begin();
  }

  /**
   * An epoch beside one of PyTorch.
   *
   * @throws PyTorchException if that fails
   */
  public static EpochSpeed beside(EpochSpeed ours, Network network, PyTorch peer) {
    Experiment experiment = experiment();
    int steps = Math.ceilDiv(ours.images(), experiment.batchSize());
    Work work =
        Work.Training.of(
            network, experiment.optimizer(), experiment.batchSize(), ours.images(), steps, Work.Training.Statistic.sum);
    return ours.beside(SideBySide.theirs(peer, work));
  }

  private static void print(String what, double seconds, double network, double optimizer, int images, PrintWriter out) {
    out.printf(Locale.ROOT, "%7s %9.2f %11.2f %13.2f %10.0f", what, seconds, network, optimizer, images / seconds);
  }
}
