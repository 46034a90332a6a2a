// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table of a report, from which text, Markdown and page are made alike.
 *
 * @param part of the report that it belongs to; empty for none
 * @param title its heading
 * @param columns from left to right, the first the row's name
 * @param rows as many cells as columns
 * @param notes sentences below it
 * @param folded whether it is of little interest
 */
record Section(String part, String title, List<Column> columns, List<List<String>> rows, List<String> notes, boolean folded) {
  /** What a column's cells are. */
  enum Kind {
    /** Numbers. */
    NUMBER,

    /** Shares of a limit. */
    SHARE,

    /** Words. */
    TEXT
  }

  /** A column. */
  record Column(String title, Kind kind) {}

  /** Collects one. */
  static final class Builder {
    private final String part;
    private final String title;
    private final List<Column> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean folded;

    Builder(String part, String title) {
      this.part = part;
      this.title = title;
    }

    /** Adds columns of numbers, or the first, of names. */
    Builder columns(String... titles) {
      return add(Kind.NUMBER, titles);
    }

    Builder shares(String... titles) {
      return add(Kind.SHARE, titles);
    }

    Builder texts(String... titles) {
      return add(Kind.TEXT, titles);
    }

    private Builder add(Kind kind, String... titles) {
      for (String each : titles) {
        columns.add(new Column(each, kind));
      }
      return this;
    }

    Builder row(String... cells) {
      return row(List.of(cells));
    }

    Builder row(List<String> cells) {
      if (cells.size() != columns.size()) {
        throw new IllegalArgumentException(cells.size() + " cells for " + columns.size() + " columns of " + title);
      }
      rows.add(List.copyOf(cells));
      return this;
    }

    Builder note(String sentence) {
      notes.add(sentence);
      return this;
    }

    Builder fold() {
      folded = true;
      return this;
    }

    /** The table, without columns of which nothing is known. */
    Section build() {
      List<Integer> known =
          IntStream.range(0, columns.size())
              .filter(i -> i == 0 || rows.stream().anyMatch(row -> !row.get(i).equals(Words.UNKNOWN)))
              .boxed()
              .toList();
      return new Section(
          part, title, known.stream().map(columns::get).toList(), rows.stream().map(row -> known.stream().map(row::get).toList()).toList(),
          List.copyOf(notes), folded);
    }
  }

  /** Titles of the columns. */
  List<String> header() {
    return columns.stream().map(Column::title).toList();
  }
}
