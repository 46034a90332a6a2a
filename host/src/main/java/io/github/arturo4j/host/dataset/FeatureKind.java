// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.dataset;

import io.github.arturo4j.models.data.Features;
import java.util.Arrays;

/** What examples are made of; spelt as in a file. */
public enum FeatureKind {
  /** Unsigned bytes, such as pixels. */
  bytes(Features.Bytes.class),
  /** Numbers. */
  floats(Features.Floats.class),
  /** Tokens, such as letters. */
  tokens(Features.Tokens.class);

  private final Class<? extends Features> type;

  FeatureKind(Class<? extends Features> type) {
    this.type = type;
  }

  /** The class of such features. */
  public Class<? extends Features> type() {
    return type;
  }

  /** That of some features. */
  static FeatureKind of(Features features) {
    return Arrays.stream(values()).filter(kind -> kind.type == features.type()).findFirst().orElseThrow();
  }
}
