// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.util.VersionUtil;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.github.arturo4j.models.data.Augmentation;
import io.github.arturo4j.models.data.ColorJitter;
import io.github.arturo4j.models.data.ResizedCrop;

/** What of an {@link Augmentation} may be left out: all but whether images are flipped. */
final class AugmentationModule extends SimpleModule {
  private static final long serialVersionUID = 1;

  AugmentationModule() {
    super("augmentation", VersionUtil.parseVersion("1", null, null));
    setMixInAnnotation(Augmentation.class, Section.class);
    setMixInAnnotation(ResizedCrop.class, Crop.class);
    setMixInAnnotation(ColorJitter.class, Jitter.class);
  }

  /** What Jackson would find on the record, were it in this module. */
  private abstract static class Section {
    @JsonInclude
    abstract int padding();

    @JsonInclude
    abstract Augmentation.Mode mode();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    abstract ResizedCrop resizedCrop();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    abstract ColorJitter colorJitter();
  }

  private abstract static class Crop {
    @JsonInclude
    abstract Object scale();

    @JsonInclude
    abstract Object ratio();
  }

  private abstract static class Jitter {
    @JsonInclude
    abstract double brightness();

    @JsonInclude
    abstract double contrast();

    @JsonInclude
    abstract double saturation();

    @JsonInclude
    abstract double hue();
  }
}
