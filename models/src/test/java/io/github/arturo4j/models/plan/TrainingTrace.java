// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.optimizer.StepReport;
import io.github.arturo4j.kernels.optimizer.arturo.Arturo;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.TestImages;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.layer.Conv2d;
import io.github.arturo4j.models.layer.Dropout;
import io.github.arturo4j.models.layer.Flatten;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.MaxPool2d;
import io.github.arturo4j.models.layer.ReLU;
import io.github.arturo4j.models.layer.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * 200 steps of a small network with every kind of layer on synthetic images, seeded, and how they went: a row for every
 * 20 steps. The recorded one is of the JVM device.
 */
final class TrainingTrace {
  static final int STEPS = 200;
  static final int INTERVAL = 20;

  private static final String HEADER = "mode,step,loss,eta,kl,weightRms,precisionMean";
  private static final String RESOURCE = "/traces/training.csv";
  private static final Path FILE = Path.of("src/test/resources" + RESOURCE);

  private TrainingTrace() {}

  /**
   * What is known after a step.
   *
   * @param loss mean loss of the last 20 steps, in nats
   * @param eta η of the step
   * @param kl KL that the step took, in nats
   * @param weightRms root of the weights' mean square
   * @param precisionMean mean of the precisions
   */
  record Row(Mode mode, int step, double loss, double eta, double kl, double weightRms, double precisionMean) {
    private static Row parse(String line) {
      String[] cells = line.split(",");
      double[] x = IntStream.range(2, 7).mapToDouble(i -> Double.parseDouble(cells[i])).toArray();
      return new Row(Mode.valueOf(cells[0]), Integer.parseInt(cells[1]), x[0], x[1], x[2], x[3], x[4]);
    }

    private String line() {
      return String.format(
          Locale.ROOT, "%s,%d,%.7g,%.7g,%.7g,%.7g,%.7g", mode.name(), step, loss, eta, kl, weightRms, precisionMean);
    }
  }

  /** Trains on a device, the optimizer in that shape. */
  static List<Row> run(TornadoDevice device, Mode mode, KernelShape shape) {
    Shape input = new Shape(1, 12, 11);
    ImageSet images = TestImages.bars(160, input, 4, 1);
    int[] order = IntStream.range(0, 160).toArray();
    Network network =
        new Network(
            "trace",
            input,
            List.of(
                new Conv2d(6, 3, 0), new ReLU(), new MaxPool2d(), new Dropout(.2), new Conv2d(8, 3, 1),
                new ReLU(), new Dropout(.2), new Flatten(), new Linear(24), new ReLU(), new Dropout(.5),
                new Linear(4)));
    ArturoHyperparameters published =
        ArturoHyperparameters.builder()
          .regWeight(0.0586)
          .measurementNoise(2.8168)
          .dynamicModelNoise(0.01739)
          .weightDecay(1e-4)
          .build();
    List<Row> rows = new ArrayList<>();
    float[] initial = network.initialParameters(3);
    try (TrainingPlan plan = TrainingPlan.builder(network, new Arturo(published.withMode(mode), shape), images, device)
        .initial(initial)
        .batchSize(16)
        .seed(11)
        .build()) {
      for (int step = 1; step <= STEPS; step++) {
        plan.step(order, step % 10 * 16, 16, 0.05);
        if (step % INTERVAL == 0) {
          StepReport report = plan.report();
          double loss = plan.metrics().loss();
          rows.add(
              new Row(
                  mode, step, loss, report.eta(), report.klTaken(), rms(plan.parameters()), mean(plan.precision())));
        }
      }
    }
    return rows;
  }

  private static double rms(float[] values) {
    return Math.sqrt(IntStream.range(0, values.length).mapToDouble(i -> values[i] * (double) values[i]).average().orElse(0));
  }

  private static double mean(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElse(0);
  }

  /** The rows that were recorded of a mode. */
  static List<Row> recorded(Mode mode) {
    try (InputStream in = TrainingTrace.class.getResourceAsStream(RESOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(mode.name() + ","))
          .map(Row::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }

  /** Writes the resource anew, in the folder of the module. */
  static void record(TornadoDevice device) {
    List<String> lines = new ArrayList<>();
    lines.add(HEADER);
    for (Mode mode : Mode.values()) {
      run(device, mode, KernelShape.CHUNKS).forEach(row -> lines.add(row.line()));
    }
    try {
      Files.createDirectories(FILE.getParent());
      Files.write(FILE, lines);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + FILE.toAbsolutePath(), e);
    }
  }
}
