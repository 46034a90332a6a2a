// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.util.VersionUtil;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.github.arturo4j.kernels.optimizer.GroupOverride;
import java.util.Map;

/** Groups of parameters as sections of keys: {@code parameters} says which, {@code frozen} or their own values follow. */
final class GroupModule extends SimpleModule {
  private static final long serialVersionUID = 1;

  GroupModule() {
    super("groups", VersionUtil.parseVersion("1", null, null));
    setMixInAnnotation(GroupOverride.class, Section.class);
  }

  /** What Jackson would find on the record, were it in this module. */
  private abstract static class Section {
    @JsonCreator
    Section(
        @JsonProperty("parameters") String parameters,
        @JsonProperty("frozen") @JsonInclude boolean frozen,
        @JsonAnySetter @JsonInclude Map<String, Object> values) {}

    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    abstract boolean frozen();

    @JsonAnyGetter
    abstract Map<String, Object> values();
  }
}
