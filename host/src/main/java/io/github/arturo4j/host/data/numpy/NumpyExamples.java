// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.numpy;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Features;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Examples in an archive .npz, or in files .npy of a folder: arrays {@code x_train} and {@code y_train}, or {@code x} and
 * {@code y}, to train on, {@code x_val} and {@code y_val} to validate and {@code x_test} and {@code y_test} to test with; a
 * capital X or Y will do. Keras's {@code mnist.npz} is such an archive.
 *
 * <p>The first size of an array is the number of examples. Features of unsigned bytes stay bytes, which a batch divides by
 * 255; all others become floats. Of four dimensions the last are channels if there are 1, 3 or 4 of them, as Keras has it, and
 * come first then, as networks take them: [n, h, w, c] is n examples of c×h×w; otherwise, and of other numbers of dimensions,
 * the sizes stay as they are, [n, c, h, w] and [n, columns]. Bytes of three dimensions are grey images: [n, h, w] is
 * n examples of 1×h×w. Of one dimension, an example is one number.
 *
 * <p>Targets of one integer an example, [n] or [n, 1], are classes, counted from 0, as many as the training labels tell apart:
 * the greatest, and 1. All other targets are values, [n] or [n, width], as they are.
 *
 * @param train the examples to train on
 * @param validation empty if there are none
 * @param test empty if there are none
 */
public record NumpyExamples(Examples train, Optional<Examples> validation, Optional<Examples> test) {
  private static final List<String> TRAIN = List.of("_train", "");
  private static final List<String> VALIDATION = List.of("_val");
  private static final List<String> TEST = List.of("_test");

  /**
   * Reads all examples.
   *
   * @param source an archive, or a folder
   * @throws DataException if an array is missing, damaged, or does not go with the others; one line that names it
   */
  public static NumpyExamples read(Path source) {
    NumpyArrays arrays = new NumpyArrays(source);
    List<String> names = arrays.names();
    Pair training =
        Pair.find(names, TRAIN)
            .orElseThrow(
                () -> new DataException(
                    "'" + source + "' has no arrays x_train and y_train, or x and y; " + arrays.listing()
                        + ": give them these names, in NumPy with np.savez(file, x_train=..., y_train=...)"));
    Examples train = training.read(arrays, source, 0, false);
    int classes = train.targets() instanceof Targets.Classes of ? of.classes() : 0;
    return new NumpyExamples(
        train, Pair.find(names, VALIDATION).map(pair -> pair.readLike(train, arrays, source, classes)),
        Pair.find(names, TEST).map(pair -> pair.readLike(train, arrays, source, classes)));
  }

  /**
   * Reads features without targets, to predict for, as those of {@link #read} are.
   *
   * @param file one array, .npy
   * @throws DataException if it cannot be read, or there are no examples in it; one line
   */
  public static Features features(Path file) {
    return NumpyFeatures.of(NpyArray.read(file));
  }

  /** The names of two arrays that go together. */
  private record Pair(String x, String y) {
    static Optional<Pair> find(List<String> names, List<String> ends) {
      for (String end : ends) {
        Optional<String> x = find(names, "x" + end);
        Optional<String> y = find(names, "y" + end);
        if (x.isPresent() && y.isPresent()) {
          return Optional.of(new Pair(x.get(), y.get()));
        }
      }
      return Optional.empty();
    }

    private static Optional<String> find(List<String> names, String name) {
      return Stream.of(name, name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1)).filter(names::contains).findFirst();
    }

    Examples read(NumpyArrays arrays, Path source, int classes, boolean known) {
      Features features = NumpyFeatures.of(arrays.read(x));
      Targets targets = NumpyTargets.of(arrays.read(y), classes, known);
      if (features.count() != targets.count()) {
        throw new DataException(
            "'%s' has %,d examples in %s and %,d targets in %s; give each example one"
                .formatted(source, features.count(), x, targets.count(), y));
      }
      return Examples.of(features, targets);
    }

    Examples readLike(Examples train, NumpyArrays arrays, Path source, int classes) {
      Examples examples = read(arrays, source, classes, classes > 0);
      if (!examples.shape().equals(train.shape()) || !examples.features().kind().equals(train.features().kind())) {
        throw new DataException(
            "'%s' has examples of %s %s in %s, and those to train on are %s %s; make them alike"
                .formatted(
                    source, examples.shape(), examples.features().kind(), x, train.shape(), train.features().kind()));
      }
      if (!examples.targets().toString().equals(train.targets().toString())) {
        throw new DataException(
            "'%s' has %s as targets in %s, and those to train on are %s; make them alike"
                .formatted(source, examples.targets(), y, train.targets()));
      }
      return examples;
    }
  }
}
