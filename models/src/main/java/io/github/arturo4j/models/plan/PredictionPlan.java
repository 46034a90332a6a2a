// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.graph.KernelProgram;
import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.layer.NetworkArrays;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A network's outputs for features of any number, with weights that stay: they are sent once, and what depends on them alone
 * is computed once. Dropout is off, batch normalisations use their running statistics. With {@link Randomness}, the outputs
 * are those of the {@link #draw} before. Not thread-safe; plans share nothing.
 */
public final class PredictionPlan implements AutoCloseable {
  private static final String ONCE = "once";
  private static final String PREDICT = "predict";

  private final Network network;
  private final Class<? extends Features> kind;
  private final int batchSize;
  private final FeatureArrays features;
  private final WeightSections drawn;
  private final BatchControl control;
  private final FloatArray outputs;
  private final GraphPlan plan;
  private boolean begun;
  private boolean checked;
  private long seed;
  private long sample;

  /** A plan of tokens, if the network takes them, or else of floats, which it is given as they are. */
  public PredictionPlan(Network network, Weights weights, int batchSize, TornadoDevice device) {
    this(
        network, weights, network.vocabulary() > 0 ? Features.Tokens.class : Features.Floats.class, Preprocessing.NONE,
        batchSize, device);
  }

  /** A plan of which nothing is random. */
  public PredictionPlan(
      Network network, Weights weights, Class<? extends Features> kind, Preprocessing preprocessing, int batchSize,
      TornadoDevice device) {
    this(network, weights, Randomness.NONE, kind, preprocessing, batchSize, device);
  }

  /**
   * Compiles the prediction.
   *
   * @param weights of the network, which are copied
   * @param randomness what of it is drawn
   * @param kind of the features: {@code Features.Bytes.class}, for instance
   * @param preprocessing of the features, of which the random part is left out
   * @param batchSize examples of one execution at most; more are done one batch behind the other
   * @throws IllegalArgumentException if the network, its weights, the features and the preprocessing do not fit together; one
   *     line
   */
  public PredictionPlan(
      Network network, Weights weights, Randomness randomness, Class<? extends Features> kind, Preprocessing preprocessing,
      int batchSize, TornadoDevice device) {
    this(network, weights, randomness, kind, preprocessing, batchSize, device, DeviceTraits.of(device));
  }

  /** The same with kernels that are chosen for other traits than the device's own. */
  public PredictionPlan(
      Network network, Weights weights, Randomness randomness, Class<? extends Features> kind, Preprocessing preprocessing,
      int batchSize, TornadoDevice device, DeviceTraits traits) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size must be positive: " + batchSize);
    }
    boolean tokens = kind == Features.Tokens.class;
    if (tokens != network.vocabulary() > 0) {
      throw new IllegalArgumentException(
          network.name() + (tokens ? " takes no tokens: it has no Embedding" : " takes tokens: ask for Features.Tokens.class"));
    }
    if (tokens && preprocessing.normalization() != null) {
      throw new IllegalArgumentException("normalization is of numbers, not of tokens; leave it out");
    }
    Preprocessing fixed = preprocessing.ofEvaluation();
    fixed.checkFits(network.input());
    this.network = network;
    this.kind = kind;
    this.batchSize = batchSize;
    features = FeatureArrays.of(kind, network.input(), batchSize);
    control = randomness.dropout() ? NetworkTasks.control(network) : new BatchControl(0);
    KernelProgram program = new KernelProgram(device, traits);
    drawn =
        randomness.deviation() == null
            ? null
            : new WeightSections(program, network, weights, randomness, preprocessing, batchSize);
    KernelGraph once = program.section(ONCE);
    FloatArray parameters = drawn == null ? new FloatArray(network.parameterCount()) : drawn.parameters();
    FloatArray buffers = drawn == null ? NetworkArrays.buffers(network.initialBuffers()) : drawn.buffers();
    IntArray rows = BatchInput.rows(batchSize);
    KernelGraph predict = program.section(PREDICT).once(rows).everyTime(features.array(), control.array());
    if (drawn == null) {
      weights.copyTo(parameters, buffers);
      once.once(parameters);
      predict.once(parameters);
      if (buffers != null) {
        once.once(buffers);
      }
    }
    FloatArray batch = new BatchInput(features, fixed, batchSize).addTo(predict, rows, control.array());
    NetworkArrays arrays = new NetworkArrays(parameters, null, buffers, control);
    outputs =
        NetworkTasks.addPrediction(once, predict, network, batch, batchSize, arrays, randomness.dropout()).outputs().values();
    Unwritten.mark(outputs);
    predict.once(outputs).result(outputs);
    plan = program.plan();
  }

  /**
   * Draws what is random, for the predictions that follow: the same for the same numbers, on whatever examples and in whatever
   * order. Without a draw, weights are the plan's own.
   *
   * @param seed of all samples
   * @param sample which of them, from 0
   * @param scale by which the weights' deviations are multiplied, such as the root of a temperature; 0 for the plan's own
   */
  public void draw(long seed, long sample, double scale) {
    if (!(scale >= 0 && Double.isFinite(scale))) {
      throw new IllegalArgumentException("the scale of a draw is " + scale + "; it must be 0 or greater");
    }
    this.seed = seed;
    this.sample = sample;
    begin(scale);
  }

  /** Has the device compute what depends on the weights alone. */
  private void begin(double scale) {
    if (drawn != null) {
      drawn.draw(plan, seed, sample, scale);
    }
    if (drawn != null || !begun) {
      plan.execute(ONCE);
    }
    begun = true;
  }

  /**
   * The network's outputs, such as logits: [examples, outputs], or [examples, positions, outputs] where it has them for each
   * position.
   *
   * @param given any number of examples
   * @throws IllegalArgumentException if they are not of the network's shape or the plan's kind, or have tokens that it does
   *     not know; one line
   */
  public float[] predict(Features given) {
    check(given);
    int width = network.positions() * network.outputs();
    if ((long) given.count() * width > Features.MAX_VALUES) {
      throw new IllegalArgumentException(
          "the outputs for %,d examples, of %,d values each, are too many for one array; give at most %,d".formatted(
              given.count(), width, Features.MAX_VALUES / width));
    }
    float[] all = new float[given.count() * width];
    FeatureStream stream = given instanceof Features.Streamed ? new FeatureStream(given::read, features, batchSize) : null;
    int[] order = IntStream.range(0, stream == null ? 0 : given.count()).toArray();
    for (int first = 0; first < given.count(); first += batchSize) {
      int count = Math.min(batchSize, given.count() - first);
      if (stream == null) {
        features.copy(given, first, count, 0);
      } else {
        stream.load(order, first, count);
      }
      execute(first, count);
      for (int i = 0; i < count * width; i++) {
        all[first * width + i] = outputs.get(i);
      }
    }
    return all;
  }

  private void execute(int first, int count) {
    if (!begun) {
      begin(0);
    }
    control.set(count, true, seed, (sample << Integer.SIZE) + first); // a number of its own for each batch of each sample
    TornadoExecutionResult result = plan.execute(PREDICT);
    result.transferToHost(outputs);
    if (!checked) {
      Unwritten.check(outputs, 0, outputs.getSize(), "the outputs");
      checked = true;
    }
  }

  private void check(Features given) {
    if (!given.shape().equals(network.input())) {
      throw new IllegalArgumentException(
          "%s takes examples of %s, not %s".formatted(network.name(), network.input(), given.shape()));
    }
    if (given.type() != kind) {
      throw new IllegalArgumentException(
          "the plan is of Features.%s, not of %s: make one of these".formatted(kind.getSimpleName(), given.kind()));
    }
    if (given instanceof Features.Tokens each) {
      each.checkWithin(network.vocabulary());
    }
  }

  /** Examples of one execution at most. */
  public int batchSize() {
    return batchSize;
  }

  /** Bytes of device memory that the plan's arrays take. */
  public long deviceBytes() {
    return plan.deviceBytes();
  }

  @Override
  public void close() {
    plan.close();
  }
}
