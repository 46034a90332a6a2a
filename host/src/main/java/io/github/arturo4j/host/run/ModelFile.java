// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.ParameterSpec;
import io.github.arturo4j.models.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A network's weights as a safetensors file with the names of PyTorch's state_dict, so that what either side has written
 * loads in the other; beside each parameter, if the optimizer knows it, its precision.
 */
public final class ModelFile {
  private static final String PRECISION = ".precision";

  private final Path file;

  /** The file at that path, which need not exist yet. */
  public ModelFile(Path file) {
    this.file = file;
  }

  /**
   * Writes the file, as a whole or not at all.
   *
   * @param precision of each parameter; empty if it is not known
   * @param steps how many batches the running statistics are of
   * @param metadata more to tell about it
   */
  public void write(Network network, Weights weights, float[] precision, long steps, Map<String, String> metadata)
      throws IOException {
    SequencedMap<String, Safetensors.Entry> tensors = new LinkedHashMap<>();
    for (String counter : network.batchCounters()) { // first, where every 64-bit number is aligned
      tensors.put(counter, new Safetensors.Integers(new int[0], new long[] {steps}));
    }
    put(tensors, network.parameters(), weights.parameters(), "");
    put(tensors, network.buffers(), weights.buffers(), "");
    if (precision.length > 0) {
      put(tensors, network.parameters(), precision, PRECISION);
    }
    Safetensors.write(file, tensors, metadata);
  }

  private static void put(
      SequencedMap<String, Safetensors.Entry> tensors, List<ParameterSpec> specs, float[] values, String suffix) {
    for (ParameterSpec spec : specs) {
      float[] own = Arrays.copyOfRange(values, spec.offset(), spec.offset() + spec.size());
      tensors.put(spec.name() + suffix, new Safetensors.Tensor(spec.shape(), own));
    }
  }

  /**
   * Reads a network's weights; other tensors of the file are left alone.
   *
   * @throws IllegalArgumentException if the file cannot be read or lacks a tensor of the network; one line
   */
  public Weights read(Network network) {
    Map<String, Safetensors.Tensor> tensors = Safetensors.read(file);
    Weights weights = new Weights(new float[network.parameterCount()], new float[network.bufferCount()]);
    take(tensors, network, network.parameters(), weights.parameters());
    take(tensors, network, network.buffers(), weights.buffers());
    return weights;
  }

  private void take(
      Map<String, Safetensors.Tensor> tensors, Network network, List<ParameterSpec> specs, float[] values) {
    for (ParameterSpec spec : specs) {
      Safetensors.Tensor tensor = tensors.get(spec.name());
      if (tensor == null || !Arrays.equals(tensor.shape(), spec.shape())) {
        throw new IllegalArgumentException(
            "'" + file + "' has no F32 tensor " + spec.name() + " of shape " + Arrays.toString(spec.shape())
                + "; it is not a " + network.name());
      }
      System.arraycopy(tensor.data(), 0, values, spec.offset(), spec.size());
    }
  }
}
