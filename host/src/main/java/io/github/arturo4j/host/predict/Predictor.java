// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.predict;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.host.data.images.ImageDecoder;
import io.github.arturo4j.host.data.images.ImageSize;
import io.github.arturo4j.host.data.images.UnreadableImageException;
import io.github.arturo4j.host.data.table.Table;
import io.github.arturo4j.host.data.table.TableEncoder;
import io.github.arturo4j.host.dataset.DataSchema;
import io.github.arturo4j.host.dataset.FeatureKind;
import io.github.arturo4j.host.dataset.ImagesDataset;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.run.PosteriorFit;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.host.run.RunPosterior;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.plan.Randomness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A trained network, its preprocessing and what its outputs mean; or draws of it, whose mean is predicted. Any number of threads
 * may ask it; the device serves one after the other. On the JVM device it needs neither a GPU nor an SDK.
 *
 * <pre>{@code
 * try (Predictor predictor = Predictor.open(run, Devices.find(null))) {
 *   String what = predictor.predict(Path.of("new.jpg")).className();
 * }
 * }</pre>
 */
public final class Predictor implements AutoCloseable {
  /** Rows of a table that are in memory at a time. */
  private static final int ROWS = 1 << 12;

  private final Experiment experiment;
  private final DataSchema schema;
  private final OutputMeaning meaning;
  private final NetworkSamples network;

  private Predictor(RunConfig config, NetworkSamples network) {
    experiment = config.experiment();
    schema = config.known();
    meaning = new OutputMeaning(schema, experiment.loss());
    this.network = network;
  }

  /**
   * That of a run: with the weights of its best epoch if it has chosen one, else those of its last.
   *
   * @throws io.github.arturo4j.host.io.InputException if the folder holds no run with weights; one line
   */
  public static Predictor open(Path run, Devices.Entry device) {
    RunConfig config = RunReader.config(run);
    return of(config, RunReader.weights(run, config), device);
  }

  /**
   * That of draws of a run, whose predictions are averaged.
   *
   * @param statistics training features, of which each draw of the weights of a network with batch normalisations computes its
   *     running statistics, see {@link Randomness}; null to keep the run's
   * @throws io.github.arturo4j.host.io.InputException if the folder holds no run with weights, or nothing to draw from; one line
   */
  public static Predictor open(Path run, Draws draws, Features statistics, Devices.Entry device) {
    RunConfig config = RunReader.config(run);
    return switch (draws.source()) {
      case NOTHING -> open(run, device);
      case DROPOUT -> new Predictor(config, samples(config, withDropout(run, config), Randomness.DROPOUT, draws, device));
      case POSTERIOR -> {
        RunPosterior posterior = RunPosterior.read(run, config);
        Draws tempered =
            draws.temperature() != null
                ? draws
                : PosteriorFit.read(run, posterior).map(fit -> draws.temperature(fit.temperature())).orElse(draws.temperature(1));
        Randomness randomness = Randomness.ofWeights(posterior.deviations()).statistics(statistics);
        yield new Predictor(config, samples(config, posterior.mean(), randomness, tempered, device));
      }
    };
  }

  private static Weights withDropout(Path run, RunConfig config) {
    if (!config.network().hasDropout()) {
      throw new InputException(
          "'" + run + "' has no dropout: its network " + config.network().name() + " has no layer that drops anything; leave out"
              + " --mc-dropout, or train one that has");
    }
    return RunReader.weights(run, config);
  }

  /** That of a configuration and weights of its network. */
  public static Predictor of(RunConfig config, Weights weights, Devices.Entry device) {
    return new Predictor(config, samples(config, weights, Randomness.NONE, Draws.NONE, device));
  }

  private static NetworkSamples samples(
      RunConfig config, Weights weights, Randomness randomness, Draws draws, Devices.Entry device) {
    return new NetworkSamples(
        config.network(), weights, randomness, draws, config.experiment().preprocessing(), device);
  }

  /** What is drawn for a prediction; of the posterior, with the temperature that is in force. */
  public Draws draws() {
    return network.draws();
  }

  /** What the network takes and puts out. */
  public DataSchema schema() {
    return schema;
  }

  /** What it was trained as. */
  public Experiment experiment() {
    return experiment;
  }

  /**
   * Predictions for features as the training data are read: pixels as bytes, rows of a table encoded by its schema.
   *
   * @throws IllegalArgumentException if they are not of the network's shape; one line
   */
  public List<Prediction> predict(Features features) {
    PredictiveMean mean = new PredictiveMean(meaning, features.count(), network.width());
    addTo(mean, features);
    return mean.predictions();
  }

  /** The same at another temperature of the posterior. */
  public List<Prediction> predict(Features features, double temperature) {
    PredictiveMean mean = new PredictiveMean(meaning, features.count(), network.width());
    for (int sample = 0; sample < network.draws().samples(); sample++) {
      mean.add(network.outputs(sample, features, temperature));
    }
    return mean.predictions();
  }

  /**
   * The mean of what several predict that are of the same data, all draws of each: a deep ensemble (Lakshminarayanan et al.,
   * NeurIPS 2017, arXiv 1612.01474).
   *
   * @throws IllegalArgumentException if the features are not of the networks' shape; one line
   */
  public static List<Prediction> ensemble(List<Predictor> members, Features features) {
    Predictor first = members.getFirst();
    PredictiveMean mean = new PredictiveMean(first.meaning, features.count(), first.network.width());
    members.forEach(member -> member.addTo(mean, features));
    return mean.predictions();
  }

  private void addTo(PredictiveMean mean, Features features) {
    for (int sample = 0; sample < network.draws().samples(); sample++) {
      mean.add(network.outputs(sample, features));
    }
  }

  /**
   * The network's outputs themselves, [examples, outputs], such as logits; of draws, those of the first.
   *
   * @throws IllegalArgumentException if the features are not of the network's shape; one line
   */
  public float[] outputs(Features features) {
    return network.outputs(0, features);
  }

  /**
   * The prediction for an image file, which is decoded and resized as the training images were.
   *
   * @throws DataException if it is no readable image; one line
   * @throws InputException if the network takes no images; one line
   */
  public Prediction predict(Path image) {
    return predict(pixels(image)).getFirst();
  }

  /**
   * An image file as the network takes it.
   *
   * @throws DataException if it is no readable image; one line
   * @throws InputException if the network takes no images; one line
   */
  public Features pixels(Path image) {
    ImageDecoder decoder = decoder();
    byte[] pixels = new byte[decoder.shape().size()];
    decode(decoder, image, pixels, 0);
    return new Features.Bytes(pixels, 1, decoder.shape());
  }

  private static void decode(ImageDecoder decoder, Path image, byte[] into, int offset) {
    try {
      decoder.decode(image, into, offset);
    } catch (UnreadableImageException e) {
      throw new DataException("'" + image + "' is no readable image: " + e.getMessage() + "; name another", e);
    }
  }

  /**
   * Predictions for image files, see {@link #predict(Path)}, of several at a time.
   *
   * @param predicted gets those of the readable ones, in the order of the files
   * @param unreadable gets a line for each of the others, as an exception, which it may throw
   * @throws InputException if the network takes no images; one line
   */
  public void predict(List<Path> images, BiConsumer<Path, Prediction> predicted, Consumer<DataException> unreadable) {
    int batch = network.batch();
    for (int first = 0; first < images.size(); first += batch) {
      predictAtOnce(images.subList(first, Math.min(first + batch, images.size())), predicted, unreadable);
    }
  }

  private void predictAtOnce(
      List<Path> images, BiConsumer<Path, Prediction> predicted, Consumer<DataException> unreadable) {
    ImageDecoder decoder = decoder();
    int size = decoder.shape().size();
    byte[] pixels = new byte[images.size() * size];
    List<Path> read = new ArrayList<>();
    for (Path image : images) {
      try {
        decode(decoder, image, pixels, read.size() * size);
        read.add(image);
      } catch (DataException e) {
        unreadable.accept(e);
      }
    }
    if (!read.isEmpty()) {
      byte[] its = Arrays.copyOf(pixels, read.size() * size);
      List<Prediction> predictions = predict(new Features.Bytes(its, read.size(), decoder.shape()));
      for (int i = 0; i < read.size(); i++) {
        predicted.accept(read.get(i), predictions.get(i));
      }
    }
  }

  /** What the network takes, and how it is given that. */
  private String inputWords() {
    if (schema.table() != null) {
      return "rows of a table; give it a CSV file with the columns that it was trained on";
    }
    return schema.features() == FeatureKind.tokens
        ? "tokens of a text; let it write on from one with --prompt"
        : schema.words() + " of " + schema.shape() + "; give it what it was trained on";
  }

  private ImageDecoder decoder() {
    if (experiment.dataset() instanceof ImagesDataset images) {
      return images.decoder();
    }
    Shape shape = schema.shape();
    if (schema.table() != null || shape.rank() != 3 || shape.channels() != 1 && shape.channels() != 3) {
      throw new InputException("the network takes " + inputWords());
    }
    return new ImageDecoder(shape.channels(), ImageSize.exactly(shape.height(), shape.width()));
  }

  /**
   * Predictions for the rows of a table.
   *
   * @param tell gets a line for each column with values that training did not know
   * @return one for each row
   * @throws DataException if a column is missing or has wrong values; one line
   * @throws InputException if the network was not trained on a table; one line
   */
  public List<Prediction> predict(Table table, Consumer<String> tell) {
    List<Prediction> all = new ArrayList<>();
    predict(table, (row, prediction) -> all.add(prediction), tell);
    return all;
  }

  /**
   * The same, of rows that need not all lie in memory: what is wrong with one is found before the first is predicted.
   *
   * @param predicted gets each row and its prediction, in their order
   */
  public void predict(Table table, BiConsumer<Table.Row, Prediction> predicted, Consumer<String> tell) {
    if (schema.table() == null) {
      throw new InputException(
          "'" + table.file() + "' is a table, but the network takes " + inputWords());
    }
    new TableEncoder(schema.table(), tell).check(table);
    TableEncoder encoder = new TableEncoder(schema.table(), _ -> {});
    for (int first = 0; first < table.count(); first += ROWS) {
      Table rows = table.load(IntStream.range(first, Math.min(first + ROWS, table.count())).toArray());
      List<Prediction> predictions = predict(encoder.features(rows));
      for (int i = 0; i < predictions.size(); i++) {
        predicted.accept(rows.row(i), predictions.get(i));
      }
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
