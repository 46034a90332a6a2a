// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.layer.Shape;
import java.util.Random;

/** Images for tests: noise, with a bright bar whose place is the class. */
public final class TestImages {
  private TestImages() {}

  public static ImageSet bars(int count, Shape shape, int classes, long seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[count * shape.size()];
    byte[] labels = new byte[count];
    for (int n = 0; n < count; n++) {
      int label = random.nextInt(classes);
      labels[n] = (byte) label;
      for (int i = 0; i < shape.size(); i++) {
        boolean bar = i / shape.width() % shape.height() * classes / shape.height() == label;
        pixels[n * shape.size() + i] = (byte) (random.nextInt(100) + (bar ? 150 : 0));
      }
    }
    return new ImageSet(pixels, labels, count, shape.channels(), shape.height(), shape.width(), classes);
  }
}
