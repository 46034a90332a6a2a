// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.io;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a file could not be read or written, in words: the messages of many exceptions are no more than its path. */
public final class Reason {
  private static final String EXISTS = "there is a file of that name";
  private static final String MISSING = "there is no such file";
  private static final String FOLDER = "it is a folder";
  private static final String NO_FOLDER = "a part of its path is no folder";

  /** What operating systems say, where plainer words say more. */
  private static final Map<String, String> PLAIN =
      Map.of(
          "no such file or directory", MISSING,
          "no space left on device", "no space left on the device",
          "disk quota exceeded", "the disk quota is used up",
          "read-only file system", "the file system is read-only",
          "broken pipe", "nobody reads it any more",
          "bad file descriptor", "it is closed",
          "is a directory", FOLDER,
          "not a directory", NO_FOLDER);

  /** {@code java.io} has the system's words in brackets behind the path. */
  private static final Pattern BRACKETS = Pattern.compile("\\(([^()]+)\\)$");

  private static final String UNKNOWN = "the system does not say why";

  private Reason() {}

  /** The reason, without the path: "permission denied". What is not known by words: its message. */
  public static String of(Throwable failure) {
    return switch (failure) {
      case AccessDeniedException e -> "permission denied";
      case NoSuchFileException e when isLink(e.getFile()) -> "it is a link to a file that is not there";
      case NoSuchFileException e -> MISSING;
      case NotDirectoryException e -> "it is no folder";
      case FileAlreadyExistsException e -> EXISTS;
      case CharacterCodingException e -> "it is no text in UTF-8";
      case FileSystemException e -> e.getReason() == null ? UNKNOWN : plain(e.getReason());
      case FileNotFoundException e -> brackets(e) == null ? UNKNOWN : plain(brackets(e));
      case EOFException e -> "it ends too early";
      case IOException e when e.getMessage() != null -> plain(e.getMessage());
      default -> failure.getMessage() == null ? UNKNOWN : failure.getMessage();
    };
  }

  /** What lets a file be written that could not be for that reason, to end a message or to go on in it. */
  public static String remedy(Throwable failure) {
    return switch (of(failure)) {
      case EXISTS, FOLDER, NO_FOLDER -> "move away what is in its place";
      case MISSING -> "make the folder that it is to be in";
      default -> "make room or make the folder writable";
    };
  }

  private static boolean isLink(String file) {
    return file != null && Files.isSymbolicLink(Path.of(file));
  }

  private static String brackets(FileNotFoundException e) {
    Matcher matcher = BRACKETS.matcher(String.valueOf(e.getMessage()));
    return matcher.find() ? matcher.group(1) : null;
  }

  private static String plain(String system) {
    String lower = lower(system);
    return PLAIN.getOrDefault(lower, lower);
  }

  /** With a small first letter, to stand within a line. */
  private static String lower(String system) {
    return system.isEmpty() ? system : system.substring(0, 1).toLowerCase(Locale.ROOT) + system.substring(1);
  }
}
