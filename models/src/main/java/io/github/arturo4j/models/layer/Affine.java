// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import java.util.List;
import java.util.Optional;

/**
 * A convolution or linear layer, and what is fused with it: a ReLU behind it, a pooling of 2×2 behind that, a dropout
 * behind those.
 *
 * @param linear shape of what the layer itself puts out
 * @param map what the layer computes
 * @param relu whether a ReLU follows
 * @param pool whether a 2×2 max-pooling follows that
 * @param dropout probability of the dropout at the end; 0 for none
 */
record Affine(String name, Value input, Shape linear, Value output, LinearMap map, boolean relu, boolean pool,
    double dropout) implements SingleInput {
  /** Nothing but the layer. */
  static Affine of(String name, Value input, Shape shape, LinearMap map) {
    return new Affine(name, input, shape, Value.of(shape), map, false, false, 0);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return map.parameters();
  }

  @Override
  public long multiplyAdds() {
    return (long) linear.size() * (map.weight().size() / map.weight().shape()[0]);
  }

  @Override
  public int randomStreams() {
    return dropout > 0 ? 1 : 0;
  }

  @Override
  public Optional<Stage> adding(ParameterSpec tensor) {
    return map.adding(tensor).map(other -> new Affine(name, input, linear, output, other, relu, pool, dropout));
  }

  @Override
  public Optional<Stage> fuse(Stage next) {
    if (dropout > 0) {
      return Optional.empty();
    }
    return switch (next) {
      case ReLU.Rectifier r when !relu -> Optional.of(with(r.output(), true, false, 0));
      case MaxPool2d.Pool p when relu && !pool && p.layer().halves() && p.in().equals(linear) ->
          Optional.of(with(p.output(), true, true, 0));
      case Dropout.Mask m when relu -> Optional.of(with(m.output(), true, pool, m.probability()));
      default -> Optional.empty();
    };
  }

  private Affine with(Value end, boolean hasRelu, boolean hasPool, double probability) {
    return new Affine(name, input, linear, end, map, hasRelu, hasPool, probability);
  }

  @Override
  public StageTasks tasks(StageSite site) {
    return new AffineTasks(this, site);
  }
}
