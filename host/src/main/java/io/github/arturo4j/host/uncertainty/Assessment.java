// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.uncertainty;

import io.github.arturo4j.host.predict.Prediction;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Features;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a way to predict was measured to be on a test set, and on images of which it should know that it knows nothing.
 *
 * @param name of the way
 * @param detection the {@link Auroc} by which the entropy of a prediction tells shifted images from the test set's; empty where
 *     the examples are no images
 */
public record Assessment(String name, Calibration calibration, Map<Shift, Double> detection) {
  /** Keeps the areas. */
  public Assessment {
    detection = Collections.unmodifiableMap(copy(detection));
  }

  /**
   * Measures one.
   *
   * @param predict what it says of features
   * @param test examples of a class each
   * @param seed of what is random in the shifted images
   */
  public static Assessment of(String name, Function<Features, List<Prediction>> predict, Examples test, long seed) {
    List<Prediction> predictions = predict.apply(test.features());
    Calibration calibration = Calibration.of(predictions, ((Targets.Classes) test.targets()).labels());
    Map<Shift, Double> detection = new EnumMap<>(Shift.class);
    if (Shift.fits(test.features())) {
      int[] all = new int[test.count()];
      Arrays.setAll(all, i -> i);
      Features.Bytes images = (Features.Bytes) test.features().read(all);
      double[] known = entropies(predictions);
      for (Shift shift : Shift.values()) {
        detection.put(shift, Auroc.of(known, entropies(predict.apply(shift.of(images, seed)))));
      }
    }
    return new Assessment(name, calibration, detection);
  }

  private static Map<Shift, Double> copy(Map<Shift, Double> detection) {
    Map<Shift, Double> copy = new EnumMap<>(Shift.class);
    copy.putAll(detection);
    return copy;
  }

  private static double[] entropies(List<Prediction> predictions) {
    return predictions.stream().mapToDouble(Prediction::entropy).toArray();
  }
}
