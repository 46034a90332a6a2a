// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.dataset;

import io.github.arturo4j.host.data.images.LoadedImages;
import io.github.arturo4j.host.data.table.Table;
import io.github.arturo4j.models.data.Examples;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.IntFunction;

/**
 * Examples to test with.
 *
 * @param sources where each of them is from, by its index
 */
public record TestSet(Examples examples, IntFunction<ExampleSource> sources) {
  /** Examples that have no names, and are told by their numbers, counted from 0. */
  static TestSet of(Examples examples) {
    return new TestSet(examples, i -> new ExampleSource("no. " + i));
  }

  /** Images, which are told by their files. */
  static TestSet of(LoadedImages images, Path folder) {
    return new TestSet(
        images.examples(), i -> new ExampleSource(folder.relativize(images.files().images().get(i).file()).toString()));
  }

  /** Rows, which are told by their lines. */
  static TestSet of(Examples examples, Table table, String target) {
    return new TestSet(examples, i -> row(table, i, target));
  }

  private static ExampleSource row(Table table, int index, String target) {
    Table.Row row = table.row(index);
    SequencedMap<String, String> cells = new LinkedHashMap<>();
    for (int column = 0; column < table.columns().size(); column++) {
      cells.put(table.columns().get(column), row.cells().get(column));
    }
    cells.remove(target);
    return new ExampleSource(table.file().getFileName() + ":" + row.line(), cells);
  }
}
