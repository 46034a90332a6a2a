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
 */
public final class NumpyExamples {
  private static final List<String> TRAIN = List.of("_train", "");
  private static final List<String> VALIDATION = List.of("_val");
  private static final List<String> TEST = List.of("_test");

  private final Path source;
  private final NumpyArrays arrays;
  private final List<String> names;

  private final Boolean stream;

  private NumpyExamples(Path source, Boolean stream) {
    this.source = source;
    this.stream = stream;
    arrays = new NumpyArrays(source);
    names = arrays.names();
  }

  /**
   * Opens an archive, or a folder. Examples are read when they are asked for, each time anew.
   *
   * @throws DataException if there is none; one line
   */
  public static NumpyExamples open(Path source) {
    return open(source, null);
  }

  /**
   * The same.
   *
   * @param stream whether features are read anew for each step, from the files of a folder, and do not lie in memory; null for
   *     that if they are too many
   */
  public static NumpyExamples open(Path source, Boolean stream) {
    return new NumpyExamples(source, stream);
  }

  /**
   * Reads features without targets, to predict for, as those of examples are.
   *
   * @param file one array, .npy
   * @throws DataException if it cannot be read, or there are no examples in it; one line
   */
  public static Features features(Path file) {
    return NumpyFeatures.of(NpyArray.read(file));
  }

  /**
   * The examples to train on.
   *
   * @throws DataException if an array is missing or damaged, or the two do not go together; one line that names it
   */
  public Examples train() {
    Pair pair =
        find(TRAIN)
            .orElseThrow(
                () -> new DataException(
                    "'" + source + "' has no arrays x_train and y_train, or x and y; " + arrays.listing()
                        + ": give them these names, in NumPy with np.savez(file, x_train=..., y_train=...)"));
    return read(pair, NumpyTargets.ofTraining(arrays.read(pair.y)));
  }

  /**
   * The examples to validate with; empty if there are none.
   *
   * @param classes of the network; 0 of one for values
   * @throws DataException if an array is damaged, or a target is none of these; one line that names it
   */
  public Optional<Examples> validation(int classes) {
    return find(VALIDATION).map(pair -> read(pair, NumpyTargets.of(arrays.read(pair.y), classes)));
  }

  /**
   * The examples to test with; empty if there are none.
   *
   * @param classes of the network; 0 of one for values
   * @throws DataException if an array is damaged, or a target is none of these; one line that names it
   */
  public Optional<Examples> test(int classes) {
    return find(TEST).map(pair -> read(pair, NumpyTargets.of(arrays.read(pair.y), classes)));
  }

  /** The names of two arrays that go together. */
  private record Pair(String x, String y) {}

  private Optional<Pair> find(List<String> ends) {
    for (String end : ends) {
      Optional<String> x = find("x" + end);
      Optional<String> y = find("y" + end);
      if (x.isPresent() && y.isPresent()) {
        return Optional.of(new Pair(x.get(), y.get()));
      }
    }
    return Optional.empty();
  }

  private Optional<String> find(String name) {
    return Stream.of(name, name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1)).filter(names::contains).findFirst();
  }

  private Examples read(Pair pair, Targets targets) {
    boolean streams = stream == null ? arrays.isTooLarge(pair.x) : stream;
    Features features = streams ? Features.of(NpyStream.open(arrays.file(pair.x))) : NumpyFeatures.of(arrays.read(pair.x));
    if (features.count() != targets.count()) {
      throw new DataException(
          "'%s' has %,d examples in %s and %,d targets in %s; give each example one"
              .formatted(source, features.count(), pair.x, targets.count(), pair.y));
    }
    return Examples.of(features, targets);
  }
}
