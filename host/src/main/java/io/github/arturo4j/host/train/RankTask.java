// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.run.Checkpoint;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.host.run.TrainingPosition;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.plan.TrainingState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What rank 0, which alone knows the run folder, tells the others of a training.
 *
 * @param config of the run
 * @param environment versions and device of rank 0 now, see {@link io.github.arturo4j.host.run.Versions#environment}
 * @param limits where it ends, and other numbers
 * @param weights to begin with; null for random ones of the experiment's seed, or where it goes on
 * @param from where it goes on; null to begin
 */
record RankTask(RunConfig config, Map<String, String> environment, Limits limits, Weights weights, Checkpoint from) {
  /**
   * What is told in numbers.
   *
   * @param lastEpoch after which it ends
   * @param evaluatedAfter see {@link TrainingLoop#evaluatedAfter}
   * @param replays whether steps are recorded as CUDA graphs
   */
  record Limits(int lastEpoch, int evaluatedAfter, boolean replays) {}

  /** What ends the work of the other ranks. */
  static byte[] end(int exitCode) {
    return new byte[] {(byte) exitCode};
  }

  /** Whether that is an {@link #end}, and not a task. */
  static boolean isEnd(byte[] told) {
    return told.length == 1;
  }

  /** The exit code of an {@link #end}. */
  static int exitCode(byte[] told) {
    return Byte.toUnsignedInt(told[0]);
  }

  /** For {@link #of}. */
  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out, Experiments.write(config));
      out.writeInt(environment.size());
      for (Map.Entry<String, String> entry : environment.entrySet()) {
        write(out, entry.getKey());
        write(out, entry.getValue());
      }
      out.writeInt(limits.lastEpoch);
      out.writeInt(limits.evaluatedAfter);
      out.writeBoolean(limits.replays);
      out.writeBoolean(weights != null);
      if (weights != null) {
        write(out, weights);
      }
      out.writeBoolean(from != null);
      if (from != null) {
        out.writeInt(from.position().epoch());
        out.writeInt(from.position().step());
        out.writeLong(from.state().steps());
        write(out, from.state().weights());
        out.writeInt(from.state().optimizer().size());
        for (Map.Entry<String, float[]> array : from.state().optimizer().entrySet()) {
          write(out, array.getKey());
          write(out, array.getValue());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** What {@link #bytes} has made. */
  static RankTask of(byte[] told) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(told))) {
      RunConfig config = Experiments.parse(text(in), "what rank 0 has told", RunConfig.class);
      Map<String, String> environment = new LinkedHashMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        environment.put(text(in), text(in));
      }
      Limits limits = new Limits(in.readInt(), in.readInt(), in.readBoolean());
      Weights weights = in.readBoolean() ? weights(in) : null;
      return new RankTask(config, environment, limits, weights, in.readBoolean() ? checkpoint(in) : null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Checkpoint checkpoint(DataInputStream in) throws IOException {
    TrainingPosition position = new TrainingPosition(in.readInt(), in.readInt());
    long steps = in.readLong();
    Weights weights = weights(in);
    Map<String, float[]> optimizer = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      optimizer.put(text(in), floats(in));
    }
    return new Checkpoint(position, new TrainingState(steps, weights, optimizer));
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  private static void write(DataOutputStream out, Weights weights) throws IOException {
    write(out, weights.parameters());
    write(out, weights.buffers());
  }

  private static Weights weights(DataInputStream in) throws IOException {
    return new Weights(floats(in), floats(in));
  }

  private static void write(DataOutputStream out, float[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
    bytes.asFloatBuffer().put(values);
    out.writeInt(values.length);
    out.write(bytes.array());
  }

  private static float[] floats(DataInputStream in) throws IOException {
    float[] values = new float[in.readInt()];
    ByteBuffer.wrap(in.readNBytes(values.length * Float.BYTES)).asFloatBuffer().get(values);
    return values;
  }
}
