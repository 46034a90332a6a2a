// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

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
 * is computed once. Dropout is off, batch normalisations use their running statistics. Not thread-safe; plans share nothing.
 */
public final class PredictionPlan implements AutoCloseable {
  private static final String ONCE = "once";
  private static final String PREDICT = "predict";

  private final Network network;
  private final Class<? extends Features> kind;
  private final int batchSize;
  private final FeatureArrays features;
  private final BatchControl control = new BatchControl(0);
  private final FloatArray outputs;
  private final GraphPlan plan;
  private boolean begun;

  /** A plan of tokens, if the network takes them, or else of floats, which it is given as they are. */
  public PredictionPlan(Network network, Weights weights, int batchSize, TornadoDevice device) {
    this(
        network, weights, network.vocabulary() > 0 ? Features.Tokens.class : Features.Floats.class, Preprocessing.NONE,
        batchSize, device);
  }

  /**
   * Compiles the prediction.
   *
   * @param weights of the network, which are copied
   * @param kind of the features: {@code Features.Bytes.class}, for instance
   * @param preprocessing of the features, of which the random part is left out
   * @param batchSize examples of one execution at most; more are done one batch behind the other
   * @throws IllegalArgumentException if the network, its weights, the features and the preprocessing do not fit together; one
   *     line
   */
  public PredictionPlan(
      Network network, Weights weights, Class<? extends Features> kind, Preprocessing preprocessing, int batchSize,
      TornadoDevice device) {
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
    FloatArray parameters = new FloatArray(network.parameterCount());
    FloatArray buffers = NetworkArrays.buffers(network.initialBuffers());
    weights.copyTo(parameters, buffers);
    KernelProgram program = new KernelProgram(device);
    KernelGraph once = program.section(ONCE).once(parameters);
    if (buffers != null) {
      once.once(buffers);
    }
    IntArray rows = BatchInput.rows(batchSize);
    KernelGraph predict = program.section(PREDICT).once(parameters, rows).everyTime(features.array(), control.array());
    FloatArray batch = new BatchInput(features, fixed, batchSize).addTo(predict, rows, control.array());
    NetworkArrays arrays = new NetworkArrays(parameters, null, buffers, control);
    outputs = NetworkTasks.addPrediction(once, predict, network, batch, batchSize, arrays).outputs().values();
    Unwritten.mark(outputs);
    predict.once(outputs).result(outputs);
    plan = program.plan();
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
      execute(count);
      for (int i = 0; i < count * width; i++) {
        all[first * width + i] = outputs.get(i);
      }
    }
    return all;
  }

  private void execute(int count) {
    if (!begun) {
      plan.execute(ONCE);
    }
    control.set(count, true, 0, 0);
    TornadoExecutionResult result = plan.execute(PREDICT);
    result.transferToHost(outputs);
    if (!begun) {
      Unwritten.check(outputs, 0, outputs.getSize(), "the outputs");
      begun = true;
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
