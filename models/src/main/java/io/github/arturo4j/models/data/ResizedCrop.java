// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.data;

import java.util.List;

/**
 * A crop of random size, proportions and place, resized to the size of the image: torchvision's {@code RandomResizedCrop}, whose
 * default values these are.
 *
 * @param scale least and greatest share of the image's area; null for 0.08 and 1
 * @param ratio least and greatest width / height; null for 3/4 and 4/3
 */
public record ResizedCrop(List<Double> scale, List<Double> ratio) {
  private static final double MAX_RATIO = 100;

  /** Checks the values. */
  public ResizedCrop {
    scale = scale == null ? List.of(0.08, 1.0) : scale;
    ratio = ratio == null ? List.of(3 / 4.0, 4 / 3.0) : ratio;
    if (!isRange(scale) || !(scale.getFirst() > 0 && scale.getLast() <= 1)) {
      throw new IllegalArgumentException(
          "augmentation.resizedCrop.scale is " + scale
              + "; it must be the least and the greatest share of the area, greater than 0 and at most 1");
    }
    if (!isRange(ratio) || !(ratio.getFirst() >= 1 / MAX_RATIO && ratio.getLast() <= MAX_RATIO)) {
      throw new IllegalArgumentException(
          "augmentation.resizedCrop.ratio is " + ratio
              + "; it must be the least and the greatest width / height, between 0.01 and 100");
    }
    scale = List.copyOf(scale);
    ratio = List.copyOf(ratio);
  }

  private static boolean isRange(List<Double> range) {
    return range.size() == 2 && range.getFirst() != null && range.getLast() != null && range.getFirst() <= range.getLast();
  }
}
