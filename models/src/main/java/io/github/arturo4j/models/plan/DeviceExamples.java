// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.kernels.loss.Loss;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.layer.Shape;
import java.util.Arrays;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Sets of examples for a device, one behind the other, for training and evaluation alike. They lie there once, features and
 * targets; but if features are streamed, or are more than 2 GiB in all, those of one batch alone do.
 */
public final class DeviceExamples {
  private final List<Examples> sets;
  private final List<Targets> targets;
  private final int count;
  private final FeatureArrays features;
  private final IntArray labels;
  private final FloatArray values;

  /**
   * Examples of the same shape and kind.
   *
   * @throws IllegalArgumentException if they are not, or their targets are more than 2 GiB in all
   */
  public DeviceExamples(Examples... sets) {
    this.sets = List.of(sets);
    targets = this.sets.stream().map(Examples::targets).toList();
    this.sets.forEach(this::checkAlike);
    count = Math.toIntExact(this.sets.stream().mapToLong(Examples::count).sum());
    features = isStreamed() ? null : FeatureArrays.of(features().type(), shape(), count);
    int ofOne = ofOne(targets());
    int numbers = FeatureArrays.size("targets", count, (long) count * ofOne, Float.BYTES);
    boolean ofValues = targets() instanceof Targets.Values;
    labels = ofValues ? null : new IntArray(numbers);
    values = ofValues ? new FloatArray(numbers) : null;
    int first = 0;
    for (int i = 0; i < sets.length; i++) {
      if (features != null) {
        features.copy(sets[i].features(), 0, sets[i].count(), first);
      }
      copy(targets.get(i), first * ofOne);
      first += sets[i].count();
    }
  }

  private void checkAlike(Examples set) {
    boolean alike =
        set.shape().equals(shape())
            && set.features().type() == features().type()
            && set.targets().getClass() == targets().getClass();
    if (!alike || ofOne(set.targets()) != ofOne(targets())) {
      throw new IllegalArgumentException(
          "examples of " + described(sets.getFirst()) + " and of " + described(set) + " are not one data set");
    }
  }

  private boolean isStreamed() {
    return sets.stream().anyMatch(set -> set.features() instanceof Features.Streamed)
        || !FeatureArrays.fits(features().type(), shape(), count);
  }

  /** Numbers that are the target of an example. */
  private static int ofOne(Targets targets) {
    return targets instanceof Targets.Values each ? each.width() : targets.positions();
  }

  private static String described(Examples set) {
    return set.features().kind() + " " + set.shape() + " with " + set.targets();
  }

  private void copy(Targets from, int at) {
    switch (from) {
      case Targets.Classes of -> {
        for (int i = 0; i < of.labels().length; i++) {
          labels.set(at + i, of.labels()[i]);
        }
      }
      case Targets.Values of -> copy(of.values(), values, at);
    }
  }

  private static void copy(float[] from, FloatArray to, int at) {
    for (int i = 0; i < from.length; i++) {
      to.set(at + i, from[i]);
    }
  }

  private Targets targets() {
    return targets.getFirst();
  }

  /** The features of the first set, of which those of the others have shape and kind. */
  Features features() {
    return sets.getFirst().features();
  }

  /** Shape of an example. */
  public Shape shape() {
    return sets.getFirst().shape();
  }

  /** How many there are. */
  int count() {
    return count;
  }

  /**
   * The index of a set's first example.
   *
   * @throws IllegalArgumentException if it is none of the sets
   */
  int first(Examples set) {
    int first = 0;
    for (Examples each : sets) {
      if (each == set) {
        return first;
      }
      first += each.count();
    }
    throw new IllegalArgumentException("these examples are not on the device; give them to the plan when it is made");
  }

  /** The targets of a set. */
  Targets targets(Examples set) {
    return targets.get(sets.indexOf(set));
  }

  /** Targets of an example that are compared with an output each. */
  int positions() {
    return targets().positions();
  }

  /** What an example counts for in the mean of a loss. */
  double weight(Loss loss, int index) {
    int left = index;
    for (Targets each : targets) {
      if (left >= 0 && left < each.count()) {
        return loss.weight(each, left);
      }
      left -= each.count();
    }
    throw new IllegalArgumentException("example " + index + " is not one of " + count);
  }

  /** The features on the device; null if they are streamed. */
  FeatureArrays arrays() {
    return features;
  }

  /** What brings features that are streamed there, a batch at a time. */
  FeatureStream stream(int batch) {
    return new FeatureStream(this::read, FeatureArrays.of(features().type(), shape(), batch), batch);
  }

  /** Features of some examples, of which all are of the same set but in the first batch of a plan. */
  private Features read(int[] indices) {
    int first = 0;
    for (Examples set : sets) {
      int begin = first;
      if (Arrays.stream(indices).allMatch(index -> index >= begin && index - begin < set.count())) {
        return set.features().read(Arrays.stream(indices).map(index -> index - begin).toArray());
      }
      first += set.count();
    }
    throw new IllegalArgumentException("a batch has examples of several sets; train on one, evaluate one");
  }

  /** Targets that are classes; null if they are values. */
  IntArray labels() {
    return labels;
  }

  /** Targets that are values; null if they are classes. */
  FloatArray values() {
    return values;
  }
}
