// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.export;

import io.github.arturo4j.models.layer.AvgPool2d;
import io.github.arturo4j.models.layer.Conv2d;
import io.github.arturo4j.models.layer.MaxPool2d;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.layer.Upsample;
import java.util.List;
import java.util.stream.Stream;

/** What layers of images become: convolutions, poolings, and other changes of size. */
final class ImageExport {
  private ImageExport() {}

  private static Attribute[] window(int kernel, int stride, int padding, Attribute... others) {
    Stream<Attribute> window =
        Stream.of(
            Attribute.integers("kernel_shape", kernel, kernel), Attribute.integers("strides", stride, stride),
            Attribute.integers("pads", padding, padding, padding, padding));
    return Stream.concat(window, Stream.of(others)).toArray(Attribute[]::new);
  }

  static String convolution(Conv2d layer, LayerSite site) {
    return site.node(
        "Conv", site.weightAndBias(),
        window(
            layer.kernel(), layer.stride(), layer.padding(),
            Attribute.integers("dilations", layer.dilation(), layer.dilation()), Attribute.integer("group", layer.groups())));
  }

  static String maximum(MaxPool2d layer, LayerSite site) {
    return site.node("MaxPool", window(layer.kernel(), layer.stride(), layer.padding()));
  }

  static String average(AvgPool2d layer, LayerSite site) {
    return site.node(
        "AveragePool",
        window(layer.kernel(), layer.stride(), layer.padding(), Attribute.integer("count_include_pad", 1)));
  }

  /** Windows of one size where the sizes divide, else a product with a matrix of weights on either side. */
  static String adaptiveAverage(LayerSite site) {
    Shape in = site.shape();
    Shape out = site.summary().output();
    if (in.height() % out.height() == 0 && in.width() % out.width() == 0) {
      int rows = in.height() / out.height();
      int columns = in.width() / out.width();
      return site.node(
          "AveragePool", Attribute.integers("kernel_shape", rows, columns), Attribute.integers("strides", rows, columns));
    }
    String rows = site.floats(means(in.height(), out.height(), in.height(), 1), out.height(), in.height());
    String columns = site.floats(means(in.width(), out.width(), 1, out.width()), in.width(), out.width());
    return site.of("MatMul", List.of(site.of("MatMul", List.of(rows, site.input())), columns));
  }

  /** The weight of input i in output o at o · {@code perOutput} + i · {@code perInput}. */
  private static float[] means(int inputs, int outputs, int perOutput, int perInput) {
    float[] weights = new float[inputs * outputs];
    for (int o = 0; o < outputs; o++) {
      int first = o * inputs / outputs;
      int end = Math.ceilDiv((o + 1) * inputs, outputs);
      for (int i = first; i < end; i++) {
        weights[o * perOutput + i * perInput] = 1f / (end - first);
      }
    }
    return weights;
  }

  /** C×H×W as H×W×C. */
  static String channelsLast(LayerSite site, String value) {
    return site.of("Transpose", List.of(value), Attribute.integers("perm", 0, 2, 3, 1));
  }

  /** H×W×C as C×H×W. */
  static String channelsFirst(LayerSite site, String value) {
    return site.of("Transpose", List.of(value), Attribute.integers("perm", 0, 3, 1, 2));
  }

  static String globalAverage(LayerSite site) {
    return site.shape().rank() == 1
        ? site.input()
        : site.node("ReduceMean", List.of(site.integers(site.pixelAxes())), Attribute.integer("keepdims", 0));
  }

  static String upsample(Upsample layer, LayerSite site) {
    String scales = site.floats(new float[] {1, 1, layer.scale(), layer.scale()}, 4);
    return site.node(
        "Resize", List.of("", scales), Attribute.word("mode", "nearest"),
        Attribute.word("coordinate_transformation_mode", "asymmetric"), Attribute.word("nearest_mode", "floor"));
  }
}
