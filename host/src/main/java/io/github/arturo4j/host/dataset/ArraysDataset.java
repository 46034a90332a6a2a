// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.arturo4j.host.data.numpy.NumpyExamples;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.layer.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Arrays of NumPy's, see {@link NumpyExamples}.
 *
 * @param path an archive .npz, or a folder of files .npy; null where the command line names it
 * @param stream whether features are read anew for each step, from the files of a folder, and do not lie in memory; null for
 *     that if they are too many
 */
public record ArraysDataset(
    @JsonInclude(JsonInclude.Include.NON_NULL) String path,
    @JsonInclude(JsonInclude.Include.NON_NULL) Boolean stream) implements DatasetConfig {
  /** Its name in files. */
  public static final String NAME = "arrays";

  /** Checks the path. */
  public ArraysDataset {
    OwnPath.check(path);
  }

  @Override
  public List<String> paths() {
    return path == null ? List.of() : List.of(path);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Dataset open(Path data, Shape image, Consumer<String> tell) {
    return new Arrays(OwnPath.of(path, data, NAME), stream);
  }

  private record Arrays(Path path, Boolean stream) implements Dataset {
    @Override
    public Training training(Holdout holdout) {
      NumpyExamples arrays = NumpyExamples.open(path, stream);
      Examples all = arrays.train();
      DataSchema schema = DataSchema.of(all);
      Optional<Examples> validation = arrays.validation(schema.outputs());
      if (validation.isPresent()) {
        Holdout.checkNone(holdout, path);
        return new Training(all, validation.get(), schema);
      }
      return Training.of(all, schema, holdout, path);
    }

    @Override
    public Optional<TestSet> test(DataSchema known) {
      return NumpyExamples.open(path, stream).test(known.outputs()).map(TestSet::of);
    }
  }
}
