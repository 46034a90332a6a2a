// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

import io.github.arturo4j.models.data.FeatureSource;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.layer.Shape;

/**
 * Rows of a table that become features when they are needed: of many categories, features take far more memory than texts.
 *
 * @param table the rows, of which the encoder can take each
 * @param encoder makes features of them, and tells nothing
 */
record TableStream(Table table, TableEncoder encoder) implements FeatureSource {
  @Override
  public int count() {
    return table.count();
  }

  @Override
  public Shape shape() {
    return encoder.shape();
  }

  @Override
  public Class<? extends Features> type() {
    return Features.Floats.class;
  }

  @Override
  public Features read(int... indices) {
    return encoder.features(table.load(indices));
  }
}
