// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.data;

import io.github.arturo4j.kernels.loss.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Examples in two parts, to train on and to validate or test with: indices for {@link Examples#select}, each in ascending
 * order.
 *
 * @param train to train on
 * @param rest held out
 */
public record Split(int[] train, int[] rest) {
  /**
   * Holds out a share of the examples, chosen by chance: the same ones for the same targets, share and seed. Of classes each
   * gives that share of its examples, rounded, but of two or more at least one, and never all; the only one of a class is to
   * train on. Values give that share of all.
   *
   * @param share between 0 and 1
   * @throws IllegalArgumentException if the share is none, or there are no two examples, of one class; one line
   */
  public static Split of(Targets targets, double share, long seed) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("the share to hold out is " + share + "; it must be between 0 and 1");
    }
    SplittableRandom random = new SplittableRandom(seed);
    List<int[]> groups =
        switch (targets) {
          case Targets.Classes classes -> ofClasses(classes);
          case Targets.Values values -> List.of(IntStream.range(0, values.count()).toArray());
        };
    boolean[] held = new boolean[targets.count()];
    for (int[] group : groups) {
      shuffle(group, random);
      long wanted = Math.round(group.length * share);
      int count = group.length < 2 ? 0 : Math.clamp(wanted, 1, group.length - 1);
      for (int i = 0; i < count; i++) {
        held[group[i]] = true;
      }
    }
    int[] rest = IntStream.range(0, held.length).filter(i -> held[i]).toArray();
    if (rest.length == 0) {
      throw new IllegalArgumentException(
          "none of the " + held.length + " examples can be held out: there are no two"
              + (groups.size() > 1 ? " of one class" : "") + "; give more");
    }
    return new Split(IntStream.range(0, held.length).filter(i -> !held[i]).toArray(), rest);
  }

  /** The examples of each class. */
  private static List<int[]> ofClasses(Targets.Classes targets) {
    int[] sizes = new int[targets.classes()];
    Arrays.stream(targets.labels()).forEach(label -> sizes[label]++);
    List<int[]> groups = new ArrayList<>();
    Arrays.stream(sizes).forEach(size -> groups.add(new int[size]));
    for (int i = targets.count() - 1; i >= 0; i--) {
      int label = targets.labels()[i];
      groups.get(label)[--sizes[label]] = i;
    }
    return groups;
  }

  /** Fisher and Yates. */
  private static void shuffle(int[] indices, SplittableRandom random) {
    for (int i = indices.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = indices[i];
      indices[i] = indices[j];
      indices[j] = swapped;
    }
  }
}
