// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.zoo;

import io.github.arturo4j.models.layer.BatchNorm2d;
import io.github.arturo4j.models.layer.Conv2d;
import io.github.arturo4j.models.layer.GlobalAveragePool;
import io.github.arturo4j.models.layer.Layer;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.MaxPool2d;
import io.github.arturo4j.models.layer.Named;
import io.github.arturo4j.models.layer.ReLU;
import io.github.arturo4j.models.layer.Residual;
import io.github.arturo4j.models.layer.Sequential;
import java.util.ArrayList;
import java.util.List;

/**
 * Residual networks of basic blocks as for ImageNet (He, Zhang, Ren, Sun, CVPR 2016): 7×7 stem of stride 2, max-pooling,
 * four groups of blocks of 64 to 512 channels, global average. Tensors have torchvision's names.
 */
final class ResNet {
  private static final int STEM_CHANNELS = 64;

  private ResNet() {}

  /** The layers of a ResNet-18. */
  static List<Layer> resNet18(int classes) {
    return layers(classes, 2, 2, 2, 2);
  }

  /** The layers of a ResNet-34. */
  static List<Layer> resNet34(int classes) {
    return layers(classes, 3, 4, 6, 3);
  }

  /** The layers of a network of that many blocks in each group. */
  static List<Layer> layers(int classes, int... blocks) {
    List<Layer> layers = new ArrayList<>();
    layers.add(new Named("conv1", new Conv2d(STEM_CHANNELS, 7, 2, 3, false)));
    layers.add(new Named("bn1", new BatchNorm2d()));
    layers.add(new ReLU());
    layers.add(new Named("maxpool", new MaxPool2d(3, 2, 1)));
    int channels = STEM_CHANNELS;
    for (int group = 0; group < blocks.length; group++) {
      List<Layer> members = new ArrayList<>();
      for (int block = 0; block < blocks[group]; block++) {
        boolean narrows = group > 0 && block == 0;
        members.add(new Named(Integer.toString(block), block(channels, narrows)));
        members.add(new ReLU());
      }
      layers.add(new Named("layer" + (group + 1), new Sequential(members)));
      channels *= 2;
    }
    layers.add(new Named("avgpool", new GlobalAveragePool()));
    layers.add(new Named("fc", new Linear(classes)));
    return layers;
  }

  /** Two 3×3 convolutions; one that narrows the image has stride 2, and a 1×1 convolution as its shortcut. */
  private static Residual block(int channels, boolean narrows) {
    int stride = narrows ? 2 : 1;
    List<Layer> shortcut =
        narrows
            ? List.of(
                new Named(
                    "downsample",
                    new Sequential(List.of(new Conv2d(channels, 1, stride, 0, false), new BatchNorm2d()))))
            : List.of();
    return new Residual(
        List.of(
            new Named("conv1", new Conv2d(channels, 3, stride, 1, false)),
            new Named("bn1", new BatchNorm2d()),
            new ReLU(),
            new Named("conv2", new Conv2d(channels, 3, 1, 1, false)),
            new Named("bn2", new BatchNorm2d())),
        shortcut);
  }
}
