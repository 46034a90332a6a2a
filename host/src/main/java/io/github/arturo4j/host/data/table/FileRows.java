// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

import io.github.arturo4j.host.data.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Rows that stay in their file, and are read when they are needed; for a table that does not fit into memory. Of columns, as many
 * neighbours are read at once as a share of the memory holds, so that going through all of them takes few passes over the file.
 */
final class FileRows implements TableRows {
  private static final int BYTES_OF_A_BLOCK = 1 << 20;

  private final Path file;
  private final TableReader reader;
  private final RowIndex index;
  private final int[] checksums;
  private final long budget;
  private ColumnGroup group;

  /**
   * Rows of a file as it is now.
   *
   * @param budget bytes of columns that may lie in memory, but one column lies there anyway
   * @throws DataException if it cannot be read, or has become shorter; one line
   */
  FileRows(Path file, TableReader reader, RowIndex index, long budget) {
    this.file = file;
    this.reader = reader;
    this.index = index;
    this.budget = budget;
    checksums = new int[index.count()];
    read(
        channel -> {
          for (int begin = 0; begin < checksums.length; ) {
            int end = begin + 1;
            while (end < checksums.length && index.begins()[end + 1] - index.begins()[begin] <= BYTES_OF_A_BLOCK) {
              end++;
            }
            ByteBuffer rows = bytes(channel, begin, end);
            for (int row = begin; row < end; row++) {
              checksums[row] = checksum(rows.slice((int) (index.begins()[row] - index.begins()[begin]), index.length(row)));
            }
            begin = end;
          }
        });
  }

  private interface Reading {
    void of(FileChannel channel) throws IOException;
  }

  private void read(Reading reading) {
    try (FileChannel channel = FileChannel.open(file)) {
      reading.of(channel);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  /** The bytes of neighbouring rows. */
  private ByteBuffer bytes(FileChannel channel, int begin, int end) throws IOException {
    long at = index.begins()[begin];
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(index.begins()[end] - at));
    while (bytes.hasRemaining()) {
      int count = channel.read(bytes, at + bytes.position());
      if (count < 0) {
        throw changed(begin);
      }
    }
    return bytes.flip();
  }

  private DataException changed(int row) {
    return new DataException(
        "'%s', line %,d: it is another row than it was when it was read at first; %s"
            .formatted(file, index.lines()[row], DataException.PUT_BACK));
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return (int) checksum.getValue();
  }

  @Override
  public int count() {
    return checksums.length;
  }

  @Override
  public Table.Row row(int row) {
    return load(row).row(0);
  }

  @Override
  public TableRows select(int... indices) {
    return new SelectedRows(this, indices);
  }

  /**
   * Reads rows.
   *
   * @throws DataException if one of them has changed; one line
   */
  @Override
  public TableRows load(int... indices) {
    List<Table.Row> rows = new ArrayList<>(indices.length);
    read(
        channel -> {
          for (int row : indices) {
            ByteBuffer bytes = bytes(channel, row, row + 1);
            if (checksum(bytes.duplicate()) != checksums[row]) {
              throw changed(row);
            }
            rows.add(new Table.Row(index.lines()[row], reader.cells(StandardCharsets.UTF_8.decode(bytes).toString())));
          }
        });
    return new MemoryRows(rows);
  }

  @Override
  public synchronized List<String> cells(int column) {
    if (group == null || !group.has(column)) {
      group = null; // makes room for the next
      int end = column;
      for (long bytes = 0; end < index.characters().length && (bytes == 0 || bytes + bytesOf(end) <= budget); end++) {
        bytes += bytesOf(end);
      }
      ColumnGroup next = new ColumnGroup(column, end);
      reader.rows((cells, line, begin) -> next.add(cells));
      next.close();
      if (next.rows() != count()) {
        throw new DataException(
            "'%s' has %,d rows, and had %,d when it was read at first; %s"
                .formatted(file, next.rows(), count(), DataException.PUT_BACK));
      }
      group = next;
    }
    return group.cells(column);
  }

  private long bytesOf(int column) {
    return index.characters()[column] + (long) Integer.BYTES * count();
  }
}
