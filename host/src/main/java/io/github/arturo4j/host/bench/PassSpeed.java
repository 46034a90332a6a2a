// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.arturo4j.kernels.linalg.Pass;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How fast one of a layer's products is.
 *
 * @param pass which
 * @param flops its operations
 * @param way how it was made, where it can be made in several ways; null where it cannot
 * @param times ours
 * @param pytorchSeconds PyTorch's median; null without it
 * @param others the same product made in other ways: by what it is called
 */
public record PassSpeed(Pass pass, long flops, String way, Times times, Double pytorchSeconds, Map<String, Times> others) {
  /** Copies what may be changed. */
  public PassSpeed {
    others = Collections.unmodifiableMap(new TreeMap<>(others));
  }

  static PassSpeed of(Pass pass, long flops, Times times, Double pytorchSeconds) {
    return new PassSpeed(pass, flops, null, times, pytorchSeconds, Map.of());
  }

  /** The same with the name of the way in which it was made. */
  public PassSpeed by(String name) {
    return new PassSpeed(pass, flops, name, times, pytorchSeconds, others);
  }

  /** The same with another way. */
  public PassSpeed beside(String name, Times other) {
    Map<String, Times> all = new TreeMap<>(others);
    all.put(name, other);
    return new PassSpeed(pass, flops, way, times, pytorchSeconds, all);
  }

  /** 10⁹ operations a second. */
  @JsonProperty
  public double gigaflopsPerSecond() {
    return times.billions(flops);
  }

  /** How many times as long PyTorch takes; null without it. */
  @JsonProperty
  public Double pytorchByOurs() {
    return pytorchSeconds == null ? null : pytorchSeconds / times.medianSeconds();
  }
}
