// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.dataset;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The kinds of data of the user's own that an experiment can name, each with its keys. */
public final class DatasetTypes {
  private static final SequencedMap<String, Class<? extends DatasetConfig>> OWN = new LinkedHashMap<>();

  static {
    OWN.put(ImagesDataset.NAME, ImagesDataset.class);
    OWN.put(TableDataset.NAME, TableDataset.class);
    OWN.put(ArraysDataset.NAME, ArraysDataset.class);
    OWN.put(TextDataset.NAME, TextDataset.class);
  }

  private DatasetTypes() {}

  /** Their names, and the records that hold what an experiment says of one. */
  public static SequencedMap<String, Class<? extends DatasetConfig>> own() {
    return OWN;
  }
}
