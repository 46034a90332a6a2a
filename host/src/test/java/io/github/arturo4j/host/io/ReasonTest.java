// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.arturo4j.host.doctor.TraceFile;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.run.SafetensorsFile;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of failures of files, those of the real file system among them. */
class ReasonTest {
  @TempDir Path folder;

  static List<Arguments> failures() {
    return List.of(
        arguments(new AccessDeniedException("a/b"), "permission denied"),
        arguments(new NoSuchFileException("a/b"), "there is no such file"),
        arguments(new NotDirectoryException("a/b"), "it is no folder"),
        arguments(new FileAlreadyExistsException("a/b"), "there is a file of that name"),
        arguments(new FileSystemException("a/b", null, "No space left on device"), "no space left on the device"),
        arguments(new FileSystemException("a/b", null, "Read-only file system"), "the file system is read-only"),
        arguments(new FileSystemException("a/b", null, "Too many open files"), "too many open files"),
        arguments(new FileSystemException("a/b"), "the system does not say why"),
        arguments(new FileNotFoundException("a (1)/b (Permission denied)"), "permission denied"),
        arguments(new FileNotFoundException("a/b"), "the system does not say why"),
        arguments(new IOException("No space left on device"), "no space left on the device"),
        arguments(new IOException("Disk quota exceeded"), "the disk quota is used up"),
        arguments(new IOException("Broken pipe"), "nobody reads it any more"),
        arguments(new EOFException(), "it ends too early"),
        arguments(new IOException("odd"), "odd"),
        arguments(new IOException(), "the system does not say why"),
        arguments(new MalformedInputException(1), "it is no text in UTF-8"),
        arguments(new IllegalStateException("no fonts"), "no fonts"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void isInWords(Throwable failure, String words) {
    assertThat(Reason.of(failure)).isEqualTo(words);
  }

  @Test
  void isFollowedByWhatMendsIt() {
    String inTheWay = "move away what is in its place";
    assertThat(Reason.remedy(new FileAlreadyExistsException("a"))).isEqualTo(inTheWay);
    assertThat(Reason.remedy(new FileSystemException("a", null, "Is a directory"))).isEqualTo(inTheWay);
    assertThat(Reason.remedy(new FileSystemException("a/b", null, "Not a directory"))).isEqualTo(inTheWay);
    String room = "make room or make the folder writable";
    assertThat(Reason.remedy(new AccessDeniedException("a"))).isEqualTo(room);
    assertThat(Reason.remedy(new IOException("No space left on device"))).isEqualTo(room);
  }

  @Test
  void endsTheMessagesOfWhatReadsFiles() {
    String folderInstead = "'" + folder + "': it is a folder";
    assertThatThrownBy(() -> SafetensorsFile.read(folder)).hasMessage("cannot read " + folderInstead);
    assertThatThrownBy(() -> Experiments.read(folder)).hasMessageStartingWith("cannot read " + folderInstead + "; ");
    assertThatThrownBy(() -> TraceFile.read(folder)).hasMessageStartingWith("cannot read the trace " + folderInstead + "; ");
  }

  @Test
  void ofTheFileSystemsOwnFailures() throws IOException {
    assertThat(Reason.of(catchThrowable(() -> Files.readAllBytes(folder)))).isEqualTo("it is a folder");
    assertThat(Reason.of(catchThrowable(() -> new FileOutputStream(folder.toFile())))).isEqualTo("it is a folder");
    Path none = folder.resolve("none/file");
    assertThat(Reason.of(catchThrowable(() -> Files.size(none)))).isEqualTo("there is no such file");
    assertThat(Reason.of(catchThrowable(() -> new FileOutputStream(none.toFile())))).isEqualTo("there is no such file");
    Path below = Files.writeString(folder.resolve("file"), "").resolve("below");
    assertThat(Reason.of(catchThrowable(() -> Files.readAllBytes(below)))).isEqualTo("a part of its path is no folder");
  }
}
