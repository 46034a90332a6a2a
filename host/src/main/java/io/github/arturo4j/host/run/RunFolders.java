// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.host.io.AtomicFile;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.Reason;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens the folders of runs. Each is taken first, then read. */
public final class RunFolders {
  private RunFolders() {}

  /**
   * Makes the folder of a new run and writes its configuration. One in which a run was begun that came to nothing,
   * not even to its first checkpoint, counts as empty.
   *
   * @throws InputException if the folder has something in it or cannot be written
   * @throws IllegalStateException if another training has it
   */
  public static RunFolder create(Path folder, RunConfig config) {
    try {
      if (Files.exists(folder)) {
        refuseOccupied(folder);
      }
      return take(
          folder,
          run -> {
            refuseOccupied(folder); // now that nobody else can write there
            run.begin(config);
          });
    } catch (IOException e) {
      throw notCreated(folder, e);
    }
  }

  /**
   * The same in a folder that nobody else has: the one with that name, or with {@code -2}, {@code -3} and so on behind
   * it.
   */
  public static RunFolder createUnique(Path name, RunConfig config) {
    try {
      Files.createDirectories(name.toAbsolutePath().getParent());
      return create(made(name), config);
    } catch (IOException e) {
      throw notCreated(name, e);
    }
  }

  private static Path made(Path name) throws IOException {
    Path folder = name;
    for (int i = 2; ; i++) {
      try {
        return Files.createDirectory(folder);
      } catch (FileAlreadyExistsException e) {
        folder = name.resolveSibling(name.getFileName() + "-" + i);
      }
    }
  }

  private static void refuseOccupied(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new InputException("'" + folder + "' is a file; name a new folder");
    }
    if (!RunFiles.isFree(folder)) {
      throw new InputException(
          "'" + folder + "' is not empty; nothing was changed: name a new folder"
              + (RunReader.hasCheckpoint(folder) ? ", or go on with the run in it by --resume" : ""));
    }
  }

  private static InputException notCreated(Path folder, IOException e) {
    return new InputException(
        "cannot write to '" + folder + "': " + Reason.of(e) + "; name a folder that you may write", e);
  }

  /**
   * Opens the folder of a run that has a checkpoint to go on from.
   *
   * @throws InputException if it is none, or cannot be written
   * @throws IllegalStateException if another training has it
   */
  public static RunFolder open(Path folder) {
    try {
      boolean isRun = Files.exists(folder.resolve(RunFiles.CONFIG));
      if (!isRun && !(Files.isDirectory(folder) && RunFiles.isFree(folder))) {
        RunReader.config(folder); // says why not, and puts no lock there
      }
      if (!isRun) {
        throw noCheckpoint(folder);
      }
      return take(
          folder,
          run -> {
            if (!run.hasCheckpoint()) {
              throw noCheckpoint(folder);
            }
          });
    } catch (IOException e) {
      throw notWritable(folder, e);
    }
  }

  private static InputException noCheckpoint(Path folder) throws IOException {
    Path model = folder.resolve(RunFiles.MODEL);
    return new InputException(
        "there is no '" + folder.resolve(RunFiles.CHECKPOINT) + "' to go on from; "
            + (RunFiles.isFree(folder)
                ? "the run was killed before its first one: the command that began it, with --out " + folder
                    + ", begins it anew"
                : "put it back, or train into a new folder"
                    + (Files.exists(model) ? ", with the last epoch's weights by --weights " + model : "")));
  }

  /**
   * Opens the folder of a run that has a checkpoint, else makes that of a new run, as {@link #create} does, to be
   * {@linkplain RunFolder#begin begun}.
   *
   * @throws InputException if the folder has something else in it or cannot be written
   * @throws IllegalStateException if another training has it
   */
  public static RunFolder createOrOpen(Path folder) {
    try {
      if (Files.exists(folder) && !RunReader.hasCheckpoint(folder)) {
        refuseOccupied(folder); // and leave no lock there
      }
      return take(
          folder,
          run -> {
            if (!run.hasCheckpoint()) {
              refuseOccupied(folder);
            }
          });
    } catch (IOException e) {
      throw notCreated(folder, e);
    }
  }

  /**
   * Opens a folder, made if need be, to go on with its run if it {@linkplain RunFolder#hasCheckpoint has a checkpoint},
   * else to {@linkplain RunFolder#begin begin} it.
   *
   * @throws InputException if it cannot be written
   * @throws IllegalStateException if another training has it
   */
  public static RunFolder openOrMake(Path folder) {
    try {
      return take(folder, run -> {});
    } catch (IOException e) {
      throw notWritable(folder, e);
    }
  }

  static InputException notWritable(Path folder, IOException e) {
    return new InputException(
        "cannot write to the run '" + folder + "': " + Reason.of(e) + "; " + Reason.remedy(e), e);
  }

  /** What is done first with a folder that was taken. */
  private interface Opening {
    void open(RunFolder run) throws IOException;
  }

  /** Takes a folder, made if need be, and deletes what killed writers have left there. */
  private static RunFolder take(Path folder, Opening opening) throws IOException {
    Files.createDirectories(folder);
    RunFolder run = new RunFolder(folder, FolderLock.take(folder));
    try {
      AtomicFile.deleteLeftovers(folder, RunFiles.REPLACED);
      opening.open(run);
      return run;
    } catch (IOException | RuntimeException | Error e) {
      run.close();
      throw e;
    }
  }
}
