// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.models.TrainingState;
import io.github.arturo4j.models.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run's checkpoint on disk: a safetensors file of the parameters, the running statistics if there are any, and the
 * optimizer's arrays, flat, with the position and the {@link Origin} in its metadata, and a SHA-256 of all that.
 */
final class CheckpointFile {
  private static final String FORMAT = "arturo4j checkpoint 1";
  private static final String PARAMETERS = "parameters";
  private static final String BUFFERS = "buffers";
  private static final String OPTIMIZER = "optimizer.";
  private static final String CHECKSUM = "sha256";
  private static final int CHUNK = 1 << 16;

  private final Path file;

  CheckpointFile(Path file) {
    this.file = file;
  }

  /** Replaces the checkpoint; if that fails, the one before is untouched. */
  void write(Checkpoint checkpoint, Origin origin) throws IOException {
    SequencedMap<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    Weights weights = checkpoint.state().weights();
    tensors.put(PARAMETERS, flat(weights.parameters()));
    if (weights.buffers().length > 0) {
      tensors.put(BUFFERS, flat(weights.buffers()));
    }
    checkpoint.state().optimizer().forEach((name, values) -> tensors.put(OPTIMIZER + name, flat(values)));
    SortedMap<String, String> metadata = new TreeMap<>();
    metadata.put("format", FORMAT);
    metadata.put("settings", origin.settings());
    metadata.put("images", origin.images());
    metadata.put("epoch", Integer.toString(checkpoint.position().epoch()));
    metadata.put("step", Integer.toString(checkpoint.position().step()));
    metadata.put("steps", Long.toString(checkpoint.state().steps()));
    metadata.put(CHECKSUM, checksum(metadata, tensors));
    Safetensors.write(file, tensors, metadata);
  }

  private static Safetensors.Tensor flat(float[] values) {
    return new Safetensors.Tensor(new int[] {values.length}, values);
  }

  /**
   * Reads the checkpoint.
   *
   * @throws IllegalArgumentException if there is none, it is damaged, or not of that origin; one line
   */
  Checkpoint read(Origin origin) {
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(
          "there is no '" + file + "' to go on from; train the experiment anew, without --resume");
    }
    SafetensorsFile content = content();
    Map<String, String> metadata = content.metadata();
    if (!FORMAT.equals(metadata.get("format"))) {
      throw new IllegalArgumentException(
          "'" + file + "' is no " + FORMAT + " (format: " + metadata.get("format")
              + "); put back the file that the training wrote, or train anew");
    }
    SortedMap<String, String> signed = new TreeMap<>(metadata);
    String written = signed.remove(CHECKSUM);
    SequencedMap<String, Safetensors.Tensor> tensors = tensors(content);
    if (!checksum(signed, tensors).equals(written)) {
      throw damaged("its content does not have the checksum it was written with", null);
    }
    origin.check(file, new Origin(metadata.get("settings"), metadata.get("images")));
    SequencedMap<String, float[]> optimizer = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(OPTIMIZER)) {
            optimizer.put(name.substring(OPTIMIZER.length()), tensor.data());
          }
        });
    Safetensors.Tensor buffers = tensors.get(BUFFERS);
    Weights weights = new Weights(tensors.get(PARAMETERS).data(), buffers == null ? new float[0] : buffers.data());
    return new Checkpoint(
        new Position(Integer.parseInt(metadata.get("epoch")), Integer.parseInt(metadata.get("step"))),
        new TrainingState(Long.parseLong(metadata.get("steps")), weights, optimizer));
  }

  private SafetensorsFile content() {
    try {
      return SafetensorsFile.read(file);
    } catch (IllegalArgumentException e) {
      throw damaged(e.getMessage(), e);
    }
  }

  private SequencedMap<String, Safetensors.Tensor> tensors(SafetensorsFile content) {
    SequencedMap<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    try {
      content.names().forEach(name -> tensors.put(name, content.floats(name)));
    } catch (IllegalArgumentException e) {
      throw damaged(e.getMessage(), e);
    }
    return tensors;
  }

  private IllegalArgumentException damaged(String how, Throwable cause) {
    return new IllegalArgumentException(
        "the checkpoint '" + file + "' is torn or altered (" + how
            + "); put back a copy of it, or train anew", cause);
  }

  /** Over the metadata, the checksum not yet among it, and over each tensor's name, shape and values. */
  private static String checksum(
      SortedMap<String, String> metadata, SequencedMap<String, Safetensors.Tensor> tensors) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
    metadata.forEach(
        (key, value) ->
            digest.update((key.length() + key + value.length() + value).getBytes(StandardCharsets.UTF_8)));
    tensors.forEach(
        (name, tensor) -> {
          digest.update((name + Arrays.toString(tensor.shape())).getBytes(StandardCharsets.UTF_8));
          ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
          for (int first = 0; first < tensor.length(); first += CHUNK / Float.BYTES) {
            chunk.clear().limit(Math.min(CHUNK, Float.BYTES * (tensor.length() - first)));
            tensor.put(first, chunk);
            digest.update(chunk);
          }
        });
    return HexFormat.of().formatHex(digest.digest());
  }
}
