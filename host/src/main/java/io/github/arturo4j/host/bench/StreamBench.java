// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.host.data.images.ImageDecoder;
import io.github.arturo4j.host.data.images.ImageFolder;
import io.github.arturo4j.host.data.images.ImageLoader;
import io.github.arturo4j.host.data.images.ImageSize;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.optimizer.Sgd;
import io.github.arturo4j.kernels.optimizer.SgdHyperparameters;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.plan.TrainingPlan;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * Times training steps of resnet18 on JPEG files: with pictures in memory, with pictures that are decoded while the step before
 * computes, and with pictures that are decoded when a step begins.
 */
public final class StreamBench {
  private static final String MODEL = "resnet18";
  private static final int SIDE = 64;
  private static final int WIDTH = 500;
  private static final int HEIGHT = 375;
  private static final int CLASSES = 2;
  private static final double RATE = 0.01;

  private StreamBench() {}

  /**
   * Runs and prints a line for each.
   *
   * @param pictures how many there are, at least a batch
   * @throws IOException if they cannot be written to the folder of temporary files
   */
  public static void run(Devices.Entry device, int pictures, int batch, PrintWriter out) throws IOException {
    Path folder = Files.createTempDirectory("arturo-bench");
    try {
      write(folder, pictures);
      ImageFolder files = ImageFolder.list(folder, out::println);
      ImageDecoder decoder = new ImageDecoder(3, ImageSize.cropped(SIDE));
      out.printf(
          Locale.ROOT, "%s: median of the steps of an epoch of %s, %,d JPEG files of %d×%d, batch %d%n", device.name(), MODEL,
          pictures, WIDTH, HEIGHT, batch);
      out.println("pictures                     step ms   waited ms    device MB");
      Examples memory = ImageLoader.load(files, decoder, out::println).examples();
      Examples streamed = ImageLoader.stream(files, decoder, out::println).examples();
      time("in memory", device, memory, batch, false, out);
      time("streamed, decoded ahead", device, streamed, batch, false, out);
      time("streamed, decoded in time", device, streamed, batch, true, out);
      out.printf(
          Locale.ROOT, "decoding a batch alone %10.1f%n",
          Timing.median(5, () -> streamed.features().read(IntStream.range(0, batch).toArray())) * 1e3);
    } finally {
      delete(folder);
    }
  }

  private static void time(
      String what, Devices.Entry device, Examples examples, int batch, boolean apart, PrintWriter out) {
    Network network = ModelZoo.model(MODEL).network(new Shape(3, SIDE, SIDE), CLASSES);
    Sgd sgd = new Sgd(SgdHyperparameters.builder().build());
    try (TrainingPlan plan =
        TrainingPlan.builder(network, sgd, examples, device.device()).traits(device.traits()).batchSize(batch).build()) {
      int[] order = IntStream.range(0, examples.count()).toArray();
      int steps = order.length / batch;
      double[] seconds = new double[steps];
      double[] waited = new double[steps];
      for (int epoch = 0; epoch < 2; epoch++) { // the first one warms up
        for (int step = 0; step < steps; step++) {
          double before = plan.waitSeconds();
          long start = System.nanoTime();
          if (apart) { // an order that ends with the batch: there is nothing to decode ahead
            plan.step(Arrays.copyOfRange(order, step * batch, (step + 1) * batch), 0, batch, RATE);
          } else {
            plan.step(order, step * batch, batch, RATE);
          }
          seconds[step] = (System.nanoTime() - start) * 1e-9;
          waited[step] = plan.waitSeconds() - before;
        }
      }
      out.printf(
          Locale.ROOT, "%-26s %9.1f %11.1f %12.0f%n", what, Timing.median(seconds) * 1e3, Timing.median(waited) * 1e3,
          plan.deviceBytes() * 1e-6);
      out.flush();
    }
  }

  /** Noise whose pixels are squares of eight, so that a file is as large as a photograph's. */
  private static void write(Path folder, int pictures) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < pictures; i++) {
      BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < HEIGHT; y += 8) {
        for (int x = 0; x < WIDTH; x += 8) {
          int color = random.nextInt(1 << 24);
          for (int p = 0; p < 64 && y + p / 8 < HEIGHT; p++) {
            image.setRGB(Math.min(WIDTH - 1, x + p % 8), y + p / 8, color);
          }
        }
      }
      Path of = Files.createDirectories(folder.resolve("class" + i % CLASSES));
      ImageIO.write(image, "jpg", of.resolve(i + ".jpg").toFile());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
