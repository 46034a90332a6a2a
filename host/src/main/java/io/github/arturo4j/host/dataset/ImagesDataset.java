// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.arturo4j.host.data.images.ImageDecoder;
import io.github.arturo4j.host.data.images.ImageFolder;
import io.github.arturo4j.host.data.images.ImageLoader;
import io.github.arturo4j.host.data.images.ImageParts;
import io.github.arturo4j.host.data.images.ImageSize;
import io.github.arturo4j.host.data.images.LoadedImages;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Split;
import io.github.arturo4j.models.layer.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A folder of pictures, with a folder for each class, see {@link ImageParts}.
 *
 * @param path the folder; null where the command line names it
 * @param size rows and columns that each picture gets
 * @param crop whether proportions are kept and the middle is taken; null for true
 * @param channels 3 for colours, 1 for grey; null for 3
 * @param stream whether pictures are decoded anew for each step, and do not lie in memory; null for that if they are too many
 */
public record ImagesDataset(
    @JsonInclude(JsonInclude.Include.NON_NULL) String path, int size,
    @JsonInclude(JsonInclude.Include.NON_NULL) Boolean crop,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer channels,
    @JsonInclude(JsonInclude.Include.NON_NULL) Boolean stream) implements DatasetConfig {
  /** Its name in files. */
  public static final String NAME = "images";

  /** Checks the values. */
  public ImagesDataset {
    OwnPath.check(path);
    if (size < 1 || size > ImageSize.MAX) {
      throw new IllegalArgumentException("dataset.size is " + size + "; it must be between 1 and " + ImageSize.MAX);
    }
    if (channels != null && channels != 1 && channels != 3) {
      throw new IllegalArgumentException("dataset.channels is " + channels + "; it must be 1 for grey, or 3 for colours");
    }
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
    return new Folder(OwnPath.of(path, data, NAME), decoder(), stream, tell);
  }

  /** What makes a picture of a file. */
  public ImageDecoder decoder() {
    ImageSize each = crop == null || crop ? ImageSize.cropped(size) : ImageSize.exactly(size, size);
    return new ImageDecoder(channels == null ? 3 : channels, each);
  }

  private record Folder(Path path, ImageDecoder decoder, Boolean stream, Consumer<String> tell) implements Dataset {
    @Override
    public Training training(Holdout holdout) {
      ImageParts parts = ImageParts.list(path, tell);
      ImageFolder train = parts.train();
      ImageFolder validation = parts.validation().orElse(null);
      if (validation != null) {
        Holdout.checkNone(holdout, validation.folder());
      } else if (holdout != null) {
        Split split = holdout.split(Targets.classes(train.labels(), train.classes().size()), path);
        validation = train.select(split.rest());
        train = train.select(split.train());
      }
      Examples images = read(train).examples();
      return new Training(
          images, validation == null ? null : read(validation).examples(), DataSchema.of(images, train.classes(), null));
    }

    @Override
    public Optional<TestSet> test(DataSchema known) {
      return ImageParts.test(path, tell).map(test -> TestSet.of(read(test.withClasses(known.classes())), path));
    }

    private LoadedImages read(ImageFolder images) {
      boolean streams = stream == null ? ImageLoader.isTooLarge(images, decoder) : stream;
      return streams ? ImageLoader.stream(images, decoder, tell) : ImageLoader.load(images, decoder, tell);
    }
  }
}
