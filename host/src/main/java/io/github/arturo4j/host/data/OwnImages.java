// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.function.Consumer;

/**
 * Images of the user's own: any number, in the classes that the training labels tell apart. A class without an image is
 * told of, as a training set may be a part of a greater one, but a wrong label looks the same.
 *
 * @param tell gets a warning, a line
 */
record OwnImages(Consumer<String> tell) implements Contents {
  @Override
  public boolean includes(Path file) {
    return true;
  }

  @Override
  public void checkTraining(Path file, long images) {}

  @Override
  public void checkTest(Path file, long images) {}

  @Override
  public String remedy(String own) {
    return own;
  }

  @Override
  public int classes(Labels training) {
    BitSet seen = training.seen();
    int min = seen.nextSetBit(0);
    if (min > 0) {
      throw new DataException(
          ("the labels of '%s' begin at %d, but classes are counted from 0; subtract %d from each label, those of the"
                  + " test set, too")
              .formatted(training.source(), min, min));
    }
    int classes = seen.length();
    if (classes < 2) {
      throw new DataException(
          "'" + training.source() + "' has label 0 only; training needs images of 2 to 256 classes, counted from 0");
    }
    int empty = classes - seen.cardinality();
    if (empty > 0) {
      tell.accept(
          ("warning: of the %d classes of '%s', %d %s no training image, %s%d; the greatest label, %d, is that of %s:"
                  + " correct it if it is wrong, or number the classes without gaps")
              .formatted(
                  classes, training.source(), empty, empty == 1 ? "has" : "have",
                  empty == 1 ? "label " : "the first label ", seen.nextClearBit(0), classes - 1,
                  training.first(classes - 1)));
    }
    return classes;
  }

  @Override
  public void checkTest(Labels labels, int networkClasses) {
    labels.check(networkClasses, Contents.beyondNetwork(networkClasses));
  }
}
