// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import java.nio.file.Path;
import java.util.Set;

/**
 * A published data set, whose files are known: anything else in their place is a fault.
 *
 * @param name as an experiment names it
 * @param files names of its files
 * @param classes number of classes
 * @param training images in each file of training images
 * @param test images in the file of test images
 * @param remedy what to do with a file that is not the published one
 */
record Published(String name, Set<String> files, int classes, int training, int test, String remedy)
    implements Contents {
  @Override
  public boolean includes(Path file) {
    return files.contains(file.getFileName().toString());
  }

  @Override
  public void checkTraining(Path file, long images) {
    check(file, images, training);
  }

  @Override
  public void checkTest(Path file, long images) {
    check(file, images, test);
  }

  private void check(Path file, long images, int wanted) {
    if (images != wanted) {
      throw new DataException(
          "'%s' has %,d images, but this file of %s has %,d; %s; for images of your own name their folder with --data"
              .formatted(file, images, name, wanted, remedy));
    }
  }

  @Override
  public String remedy(String own) {
    return remedy;
  }

  @Override
  public int classes(Labels labels) {
    checkLabels(labels);
    return classes;
  }

  @Override
  public void checkTest(Labels labels, int networkClasses) {
    checkLabels(labels);
    labels.check(networkClasses, Contents.beyondNetwork(networkClasses));
  }

  private void checkLabels(Labels labels) {
    labels.check(classes, name + " has " + classes + " classes, 0 to " + (classes - 1) + "; " + remedy);
  }
}
