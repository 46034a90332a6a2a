// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.layer.ParameterSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Writes what belongs to a network's tensors as safetensors files with the names of PyTorch's state_dict: the weights,
 * so that PyTorch's {@code load_state_dict} takes the file as it is, and the precisions. {@link WeightFile} reads
 * weights.
 */
final class ModelFile {
  /** Key of the metadata that tells precisions from weights, whose names they have. */
  static final String CONTENT = "content";

  static final String PRECISION = "precision";

  /** Key of the metadata under which a run's file has the epoch after which it was written. */
  static final String EPOCH = "epoch";

  private ModelFile() {}

  /**
   * Writes a network's weights, as a whole or not at all: exactly the tensors of the state_dict.
   *
   * @param steps how many batches the running statistics are of
   * @param metadata more to tell about it
   */
  static void writeWeights(Path file, Network network, Weights weights, long steps, Map<String, String> metadata)
      throws IOException {
    SequencedMap<String, Safetensors.Entry> tensors = new LinkedHashMap<>();
    for (String counter : network.batchCounters()) { // first, where every 64-bit number is aligned
      tensors.put(counter, new Safetensors.Integers(new int[0], new long[] {steps}));
    }
    put(tensors, network.parameters(), weights.parameters());
    put(tensors, network.buffers(), weights.buffers());
    Safetensors.write(file, tensors, metadata);
  }

  /**
   * Writes the precision of each parameter under the parameter's name, as a whole or not at all.
   *
   * @param precision 1/variance, in the order of {@link Network#parameters}
   * @param metadata more to tell about it
   */
  static void writePrecision(Path file, Network network, float[] precision, Map<String, String> metadata)
      throws IOException {
    SequencedMap<String, Safetensors.Entry> tensors = new LinkedHashMap<>();
    put(tensors, network.parameters(), precision);
    Map<String, String> marked = new HashMap<>(metadata);
    marked.put(CONTENT, PRECISION);
    Safetensors.write(file, tensors, marked);
  }

  private static void put(
      SequencedMap<String, Safetensors.Entry> tensors, List<ParameterSpec> specs, float[] values) {
    for (ParameterSpec spec : specs) {
      float[] own = Arrays.copyOfRange(values, spec.offset(), spec.offset() + spec.size());
      tensors.put(spec.name(), new Safetensors.Tensor(spec.shape(), own));
    }
  }
}
