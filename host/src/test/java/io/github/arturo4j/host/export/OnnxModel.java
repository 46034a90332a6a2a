// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.layer.Initializer;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.plan.PredictionPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** A file in onnxruntime, beside what it was written of. */
final class OnnxModel implements AutoCloseable {
  private static final double TOLERANCE = 1e-4;
  private static final int[] BATCHES = {1, 5};

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  OnnxModel(Path file) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(2);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT); // the model as it was written
      options.addConfigEntry("session.disable_prepacking", "1"); // of weights, for many runs
      session = environment.createSession(file.toString(), options);
    }
  }

  OrtSession session() {
    return session;
  }

  TensorInfo input() throws OrtException {
    return (TensorInfo) session.getInputInfo().get("input").getInfo();
  }

  TensorInfo output() throws OrtException {
    return (TensorInfo) session.getOutputInfo().get("output").getInfo();
  }

  Map<String, String> metadata() throws OrtException {
    return session.getMetadata().getCustomMetadata();
  }

  float[] run(Features features) throws OrtException {
    long[] shape =
        IntStream.concat(IntStream.of(features.count()), Arrays.stream(features.shape().sizes())).asLongStream().toArray();
    try (OnnxTensor tensor =
            switch (features) {
              case Features.Bytes of ->
                  OnnxTensor.createTensor(environment, direct(of.values()), shape, OnnxJavaType.UINT8);
              case Features.Floats of -> OnnxTensor.createTensor(environment, FloatBuffer.wrap(of.values()), shape);
              case Features.Tokens of ->
                  OnnxTensor.createTensor(
                      environment, LongBuffer.wrap(Arrays.stream(of.values()).asLongStream().toArray()), shape);
              case Features.Streamed _ -> throw new AssertionError("no test streams");
            };
        OrtSession.Result result = session.run(Map.of("input", tensor))) {
      FloatBuffer values = ((OnnxTensor) result.get("output").orElseThrow()).getFloatBuffer();
      float[] outputs = new float[values.remaining()];
      values.get(outputs);
      return outputs;
    }
  }

  private static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  /** Parameters and running statistics as after a training: none of them all alike. */
  static Weights weights(Network network, Random random) {
    float[] parameters = network.initialParameters(random.nextLong());
    network.parameters().stream().filter(spec -> spec.initial() instanceof Initializer.Constant).forEach(
        spec -> {
          for (int i = spec.offset(); i < spec.offset() + spec.size(); i++) {
            parameters[i] += (float) (0.1 * random.nextGaussian());
          }
        });
    float[] buffers = network.initialBuffers();
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] += 0.5f * random.nextFloat();
    }
    return new Weights(parameters, buffers);
  }

  /** Tokens or floats. */
  static Features features(Network network, int count, Random random) {
    Shape shape = network.input();
    if (network.vocabulary() > 0) {
      return new Features.Tokens(random.ints((long) count * shape.size(), 0, network.vocabulary()).toArray(), count, shape);
    }
    float[] values = new float[count * shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Features.Floats(values, count, shape);
  }

  /** Writes a network into a file and checks that it computes for batches of 1 and of 5 what the network does. */
  static void check(Path file, Network network, long seed) throws OrtException, IOException {
    Random random = new Random(seed);
    Weights weights = weights(network, random);
    OnnxExport.write(file, network, weights);
    Class<? extends Features> kind = network.vocabulary() > 0 ? Features.Tokens.class : Features.Floats.class;
    try (OnnxModel model = new OnnxModel(file);
        PredictionPlan plan =
            new PredictionPlan(
                network, weights, kind, Preprocessing.NONE, 4, Devices.list().getFirst().device())) {
      for (int count : BATCHES) {
        Features features = features(network, count, random);
        assertAlike(model.run(features), plan.predict(features));
      }
      assertThat(model.output().getShape()[0]).isEqualTo(-1);
    }
  }

  /** All outputs are equal within a part of the greatest. */
  static void assertAlike(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    double scale = IntStream.range(0, expected.length).mapToDouble(i -> Math.abs(expected[i])).max().orElseThrow();
    assertThat(scale).isFinite().isPositive();
    for (int i = 0; i < actual.length; i++) {
      if (!(Math.abs(actual[i] - expected[i]) <= TOLERANCE * scale)) {
        throw new AssertionError("output " + i + " is " + actual[i] + ", not " + expected[i] + ", of up to " + scale);
      }
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
