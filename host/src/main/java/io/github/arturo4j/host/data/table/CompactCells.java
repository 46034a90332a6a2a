// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/** The cells of a row in the bytes that they take in UTF-8, from which texts are made when they are asked for. */
final class CompactCells extends AbstractList<String> implements RandomAccess {
  private final byte[] text;
  private final int[] ends;

  private CompactCells(byte[] text, int[] ends) {
    this.text = text;
    this.ends = ends;
  }

  /** The same texts. */
  static List<String> of(List<String> cells) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int[] ends = new int[cells.size()];
    for (int i = 0; i < ends.length; i++) {
      text.writeBytes(cells.get(i).getBytes(StandardCharsets.UTF_8));
      ends[i] = text.size();
    }
    return new CompactCells(text.toByteArray(), ends);
  }

  @Override
  public String get(int index) {
    int begin = Objects.checkIndex(index, ends.length) == 0 ? 0 : ends[index - 1];
    return new String(text, begin, ends[index] - begin, StandardCharsets.UTF_8);
  }

  @Override
  public int size() {
    return ends.length;
  }
}
