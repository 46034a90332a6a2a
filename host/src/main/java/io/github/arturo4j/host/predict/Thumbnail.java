// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.predict;

import io.github.arturo4j.host.chart.Markup;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.layer.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Pictures as a network is given them, in a page: tiny ones several times as large, each pixel as a square. */
final class Thumbnail {
  private static final int SIDE = 160;

  private Thumbnail() {}

  /** Whether features are pictures: bytes in one channel, or in three. */
  static boolean isOne(Features features) {
    Shape shape = features.shape();
    return features.type() == Features.Bytes.class && shape.rank() == 3 && (shape.channels() == 1 || shape.channels() == 3);
  }

  /** Adds one. */
  static void write(Markup out, Features features, int example, String words) {
    Features.Bytes picture = (Features.Bytes) features.read(example);
    int width = features.shape().width();
    int scale = Math.max(1, SIDE / Math.max(width, features.shape().height()));
    out.empty(
        "img", "src", "data:image/png;base64," + Base64.getEncoder().encodeToString(png(picture)), "alt", words,
        "width", "" + scale * width, "height", "" + scale * features.shape().height(), "class", scale > 1 ? "tiny" : "large");
  }

  private static byte[] png(Features.Bytes picture) {
    Shape shape = picture.shape();
    int plane = shape.height() * shape.width();
    BufferedImage image =
        new BufferedImage(
            shape.width(), shape.height(),
            shape.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < shape.size(); i++) {
      int value = Byte.toUnsignedInt(picture.values()[i]);
      image.getRaster().setSample(i % plane % shape.width(), i % plane / shape.width(), i / plane, value);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it is in memory
    }
    return bytes.toByteArray();
  }
}
