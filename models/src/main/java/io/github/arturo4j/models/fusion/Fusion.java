// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.fusion;

import io.github.arturo4j.models.layer.Stage;
import io.github.arturo4j.models.layer.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fuses stages of a network: where a value has a single taker, and the stage that makes it knows how to do the taker's work
 * as well ({@link Stage#fuse}), one stage takes the place of the two. What cannot be fused stays as it is.
 */
public final class Fusion {
  private Fusion() {}

  /** The stages that do what those stages do, in an order in which each comes behind those it takes values from. */
  public static List<Stage> of(List<Stage> stages) {
    Map<Value, Integer> takers = new IdentityHashMap<>();
    stages.forEach(stage -> stage.inputs().forEach(value -> takers.merge(value.origin(), 1, Integer::sum)));
    Map<Value, Stage> makers = new IdentityHashMap<>();
    List<Stage> fused = new ArrayList<>();
    for (Stage stage : stages) {
      Value input = stage.inputs().getFirst().origin();
      Stage maker = takers.get(input) == 1 ? makers.get(input) : null;
      Optional<Stage> both = maker == null ? Optional.empty() : maker.fuse(stage);
      both.ifPresent(_ -> fused.remove(maker));
      Stage last = both.orElse(stage);
      fused.add(last);
      makers.put(last.output().origin(), last);
    }
    return List.copyOf(fused);
  }
}
