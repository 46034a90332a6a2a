// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.dataset;

import io.github.arturo4j.host.data.Datasets;
import io.github.arturo4j.host.data.LabelledImages;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.layer.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One of the published {@link Datasets}, or images of the user's own in the format of one.
 *
 * @param name of the data set
 */
public record PublishedDataset(String name) implements DatasetConfig {
  /** Checks the name. */
  public PublishedDataset {
    if (!Datasets.names().contains(name)) {
      throw new IllegalArgumentException("is '" + name + "'; there are: " + String.join(", ", Datasets.names()));
    }
  }

  @Override
  public List<String> paths() {
    return List.of();
  }

  @Override
  public Dataset open(Path data, Shape image, Consumer<String> tell) {
    return new Located(this, data, Datasets.locate(name, data, image, tell), tell);
  }

  /** What the files tell as they are published. */
  @Override
  public Optional<DataSchema> declared() {
    Shape shape = Datasets.shape(name);
    return Optional.of(
        new DataSchema(
            Arrays.stream(shape.sizes()).boxed().toList(), FeatureKind.bytes, TargetKind.classes, Datasets.classes(name), null,
            null, null));
  }

  private record Located(PublishedDataset config, Path data, LabelledImages files, Consumer<String> tell) implements Dataset {
    @Override
    public Path path() {
      return files.folder();
    }

    @Override
    public Training training(Holdout holdout) {
      ImageSet all = files.train();
      return Training.of(all, DataSchema.of(all), holdout, path());
    }

    @Override
    public Optional<TestSet> test(DataSchema known) {
      return Optional.of(TestSet.of(Datasets.locate(config.name, data, known.shape(), tell).test(known.outputs())));
    }
  }
}
