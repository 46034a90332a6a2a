// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.host.io.AtomicFile;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.tune.SearchFolder;
import io.github.arturo4j.service.process.JobFolder;
import io.github.arturo4j.service.store.StoredJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The folders of jobs. A trial has its run in its search's folder, where a search that trains by itself has it, too.
 *
 * @param root the folder that has one for each job, named by its number
 */
record JobFolders(Path root) {
  /** That of a job that is there. */
  JobFolder of(StoredJob job) {
    JobFolder own = of(job.id());
    return job.trial() == null
        ? own
        : new JobFolder(own.path(), SearchFolder.run(of(job.trial().of()).run(), job.trial().number()));
  }

  /** That of a job that is no trial, or of one for all but its run, whether it is there or not. */
  private JobFolder of(long id) {
    return new JobFolder(root.resolve(Long.toString(id)));
  }

  /**
   * Makes that of a job that begins, empty but for its experiment.
   *
   * @param yaml the experiment that it has brought; null if it has not
   * @throws OperationException if it cannot be made; one line
   */
  void make(long id, String yaml) {
    JobFolder made = of(id);
    try {
      removeAll(made.path()); // of a job that was not kept
      Files.createDirectories(made.path());
      Files.createFile(made.log());
      if (yaml != null) {
        AtomicFile.write(made.experiment(), yaml.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new OperationException("cannot make '" + made.path() + "': " + Reason.of(e) + "; " + Reason.remedy(e), e);
    }
  }

  /**
   * Removes that of a job with all that is in it, if there is one; links are removed, not followed.
   *
   * @throws OperationException if it cannot be removed; one line
   */
  void remove(long id) {
    Path folder = of(id).path();
    try {
      removeAll(folder);
    } catch (IOException e) {
      throw new OperationException("cannot remove '" + folder + "': " + Reason.of(e) + "; " + Reason.remedy(e), e);
    }
  }

  /** The experiment that a job has brought; null if it has not. */
  String experiment(long id) {
    try {
      return Files.readString(of(id).experiment());
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void removeAll(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
