// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.host.io.Reason;
import java.io.IOException;
import java.nio.file.Path;

/** Data that is missing or not what it should be; the message is one line with the file and the remedy. */
public final class DataException extends RuntimeException {
  /** What to do with data that have changed while they were in use: what was learnt of them holds no more. */
  public static final String PUT_BACK = "put it back as it was, and begin or resume again";

  private static final long serialVersionUID = 1;

  /** With its line. */
  public DataException(String message) {
    super(Printable.of(message));
  }

  /** With its line and cause. */
  public DataException(String message, Throwable cause) {
    super(Printable.of(message), cause);
  }

  /** What is thrown for a file that cannot be read. */
  public static DataException unreadable(Path file, IOException e) {
    return new DataException("cannot read '" + file + "': " + Reason.of(e) + "; it must be a file that you may read", e);
  }

  /** What is thrown for a folder that cannot be read. */
  public static DataException unreadableFolder(Path folder, IOException e) {
    return new DataException(
        "cannot read the folder '" + folder + "': " + Reason.of(e) + "; make it readable, or name another", e);
  }
}
