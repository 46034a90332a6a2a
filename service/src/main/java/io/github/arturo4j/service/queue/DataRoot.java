// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.service.api.RefusedException;
import io.github.arturo4j.service.api.RefusedException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The folder below which the data of jobs lie; nothing else of the machine is read for a job that brings its own experiment.
 *
 * @param path the folder, absolute
 */
public record DataRoot(Path path) {
  /** As openapi.yaml has it for those that are stored. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  /** Whether that may be the name of a data set. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * A data set below it.
   *
   * @throws RefusedException if the name is none, or there is no such data set
   */
  public Path dataset(String name) {
    if (!isName(name)) {
      throw new RefusedException(
          Kind.INVALID, "dataset", "dataset is '" + name + "'; it must be the name of a folder or file in the data root: letters,"
              + " digits, . _ -");
    }
    return inside("dataset", name);
  }

  /**
   * A path below it that an experiment names.
   *
   * @param field what to tell as the place of a wrong one
   * @throws RefusedException if it lies elsewhere, or there is nothing
   */
  public Path inside(String field, String name) {
    try {
      Path given = Path.of(name);
      Path there = path.resolve(given).normalize();
      if (given.isAbsolute() || !there.startsWith(path)) {
        throw outside(field, name);
      }
      if (!Files.exists(there)) {
        throw new RefusedException(
            Kind.INVALID, field,
            field + ": there is no '" + name + "' in the data root; upload it (PUT /datasets/NAME/FILE), or name what GET /datasets lists");
      }
      if (!there.toRealPath().startsWith(path.toRealPath())) {
        throw outside(field, name);
      }
      return there;
    } catch (InvalidPathException e) {
      throw new RefusedException(Kind.INVALID, field, field + ": '" + name + "' is no path here; give it another name");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RefusedException outside(String field, String name) {
    return new RefusedException(
        Kind.INVALID, field,
        field + ": '" + name + "' lies outside the data root; put the data below it, and name them from there, such as NAME/FILE");
  }
}
