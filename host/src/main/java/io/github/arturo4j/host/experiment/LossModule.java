// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.util.VersionUtil;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.github.arturo4j.kernels.loss.Loss;
import io.github.arturo4j.kernels.loss.Losses;

/** Losses as sections of keys: {@code name} says which one, its values follow. What is left out has its default. */
final class LossModule extends SimpleModule {
  private static final long serialVersionUID = 1;

  /** What Jackson would find on the interface, were it in this module. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = OptimizerModule.TYPE)
  private interface ByName {}

  /** All losses that there are. */
  LossModule() {
    super("losses", VersionUtil.parseVersion("1", null, null));
    setMixInAnnotation(Loss.class, ByName.class);
    for (Loss loss : Losses.all()) {
      registerSubtypes(new NamedType(loss.getClass(), loss.name()));
    }
  }
}
