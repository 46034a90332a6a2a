// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.io.AtomicFile;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.plan.TrainingState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may lie in a folder, and what becomes of it when a run begins there or goes on. */
class RunFoldersTest {
  private static final RunConfig CONFIG =
      new RunConfig(Experiments.find("fmnist_cnn"), 10, null, null, null, null, null, Map.of("java", "25"));
  private static final Provenance ORIGIN = Provenance.of(CONFIG, new Fingerprint(3, "training", 1));
  private static final Checkpoint START =
      new Checkpoint(
          TrainingPosition.START, new TrainingState(0, new Weights(new float[] {1}, new float[0]), Map.of("a", new float[1])));

  @TempDir Path own;

  /** What a word of the tables below stands for in a folder. */
  private static void put(Path folder, String word) throws IOException {
    String config = Experiments.write(CONFIG);
    switch (word) {
      case "lock" -> Files.createFile(folder.resolve(".lock"));
      case "config" -> Files.writeString(folder.resolve("config.yaml"), config);
      case "config.part" -> Files.writeString(temporary(folder, "config.yaml"), config.substring(0, 99));
      case "checkpoint.part" -> Files.write(temporary(folder, "checkpoint.safetensors"), new byte[65536]);
      case "old.part" -> Files.write(folder.resolve("checkpoint.safetensors.part"), new byte[65536]);
      case "metrics" -> Files.writeString(folder.resolve("metrics.csv"), new EpochRow.Header(List.of("accuracy"), JudgingSet.test) + "\n");
      case "checkpoint" -> new CheckpointFile(folder.resolve("checkpoint.safetensors")).write(START, ORIGIN, List.of(), List.of());
      case "their-config" -> Files.writeString(folder.resolve("config.yaml"), "threads: 3\n");
      case "link.part" -> Files.createSymbolicLink(temporary(folder, "config.yaml"), folder.resolve("thesis"));
      case "folder.part" -> Files.createDirectory(temporary(folder, "config.yaml"));
      case "lock-folder" -> Files.createDirectory(folder.resolve(".lock"));
      default -> Files.writeString(folder.resolve(word), "somebody's");
    }
  }

  private static Path temporary(Path folder, String name) {
    return AtomicFile.temporary(folder.resolve(name));
  }

  private Path folder(String words) throws IOException {
    Path folder = Files.createDirectory(own.resolve("run"));
    for (String word : words.split(" ")) {
      if (!word.equals("-")) {
        put(folder, word);
      }
    }
    return folder;
  }

  /** Every state that a kill before the first checkpoint can leave, of this version and of the one before it. */
  @ParameterizedTest
  @CsvSource({
    "-", "lock", "lock config.part", "lock config", "lock config checkpoint.part", "lock config config.part",
    "lock config config.part checkpoint.part checkpoint.part", "lock config old.part", "config", "config old.part",
    "old.part", "lock old.part"
  })
  void aRunThatCameToNothingBeginsAnew(String words) throws IOException {
    Path folder = folder(words);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunFolders.open(folder))
        .withMessage("there is no '" + folder.resolve("checkpoint.safetensors")
            + "' to go on from; the run was killed before its first one: the command that began it, with --out "
            + folder + ", begins it anew");
    try (RunFolder run = RunFolders.create(folder, CONFIG)) {
      assertThat(run.config()).isEqualTo(CONFIG);
      assertThat(folder.toFile().list()).containsExactlyInAnyOrder(".lock", "config.yaml");
      run.writeCheckpoint(START, ORIGIN);
    }
    try (RunFolder run = RunFolders.open(folder)) {
      assertThat(run.hasCheckpoint()).isTrue();
    }
  }

  /** Written by the training that was killed, they are of it, not somebody else's. */
  @Test
  void whatARunHasToldOfItselfBeforeItsFirstCheckpointStays() throws IOException {
    Path folder = folder("lock config");
    Files.writeString(folder.resolve("events.jsonl"), "{}\n");
    Files.createFile(folder.resolve("events.out.tfevents.1700000000.here"));
    Files.createFile(folder.resolve("mlflow.json"));
    RunFolders.create(folder, CONFIG).close();
    assertThat(folder.resolve("events.out.tfevents.1700000000.here")).exists();
    assertThat(folder.resolve("events.jsonl")).hasContent("{}");
  }

  @ParameterizedTest
  @CsvSource({
    "thesis", "lock config thesis", "lock config old.part thesis", "their-config", "lock their-config", "metrics",
    "lock config metrics", "lock config checkpoint", "thesis.part", "lock config thesis.part",
    "checkpoint.safetensors.0123.part", "lock config link.part", "lock folder.part", "lock-folder", ".hidden",
    "lock events.out.tfevents.1700000000.here", "lock mlflow.json"
  })
  void somebodyElsesFilesAreLeftAsTheyAre(String words) throws IOException {
    Path folder = folder(words);
    Map<String, Object> before = contents(folder);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunFolders.create(folder, CONFIG))
        .withMessageStartingWith("'" + folder + "' is not empty; nothing was changed: name a new folder");
    assertThat(contents(folder)).isEqualTo(before);
  }

  private static Map<String, Object> contents(Path folder) throws IOException {
    Map<String, Object> contents = new TreeMap<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        contents.put(
            name,
            Files.isRegularFile(entry) ? new String(Files.readAllBytes(entry), StandardCharsets.ISO_8859_1) : "other");
      }
    }
    return contents;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "thesis                | holds no run: it has no config.yaml; name the folder of one",
        "lock config metrics   | to go on from; put it back, or train into a new folder",
        "lock config metrics model.safetensors | , with the last epoch's weights by --weights "
      })
  void whatCannotGoOnIsSaidAndLeftAsItIs(String words, String fault) throws IOException {
    Path folder = folder(words);
    Map<String, Object> before = contents(folder);
    assertThatIllegalArgumentException().isThrownBy(() -> RunFolders.open(folder)).withMessageContaining(fault);
    assertThat(contents(folder)).isEqualTo(before);
  }

  @Test
  void leftoversOfAnyFileAreDeletedWhenARunGoesOn() throws IOException {
    Path folder = folder("lock config checkpoint metrics checkpoint.part config.part old.part link.part thesis");
    for (String name : List.of("metrics.csv", "model.safetensors", "precision.safetensors", "plot.svg", "profile.csv")) {
      Files.createFile(temporary(folder, name));
    }
    try (RunFolder run = RunFolders.open(folder)) {
      run.goOn(CONFIG, TrainingPosition.START);
    }
    assertThat(folder.toFile().list()).hasSize(6)
        .contains(".lock", "config.yaml", "checkpoint.safetensors", "metrics.csv", "thesis");
  }

  @Test
  void aFolderThatWasTakenAwayIsNotWrittenInto() throws IOException {
    Path folder = own.resolve("run");
    Path moved = own.resolve("moved");
    try (RunFolder run = RunFolders.create(folder, CONFIG)) {
      run.writeCheckpoint(START, ORIGIN);
      Files.move(folder, moved);
      try (RunFolder another = RunFolders.create(folder, CONFIG)) {
        another.writeCheckpoint(START, ORIGIN);
        Map<String, Object> before = contents(folder);
        List<Runnable> writes =
            List.of(
                () -> run.writeCheckpoint(START, ORIGIN),
                () -> run.writePlot(),
                () -> run.write("profile.csv", "x"),
                () -> run.goOn(CONFIG, TrainingPosition.START),
                () -> run.begin(CONFIG));
        for (Runnable write : writes) {
          assertThatIllegalStateException().isThrownBy(write::run).withMessageContaining("any more: it was moved");
        }
        assertThat(contents(folder)).isEqualTo(before);
      }
    }
    RunFolders.open(moved).close(); // where it is now, it goes on
  }

  @Test
  void runsThatBeginAtTheSameTimeGetFoldersOfTheirOwn() throws Exception {
    Path name = own.resolve("runs/fmnist-20260101-120000");
    List<RunFolder> runs = new ArrayList<>();
    List<CompletableFuture<RunFolder>> beginning =
        IntStream.range(0, 8)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> RunFolders.createUnique(name, CONFIG)))
            .toList();
    for (CompletableFuture<RunFolder> run : beginning) {
      runs.add(run.get());
    }
    TreeSet<String> names = new TreeSet<>();
    for (RunFolder run : runs) {
      names.add(run.path().getFileName().toString().replace("fmnist-20260101-120000", ""));
      run.close();
    }
    assertThat(names).containsExactly("", "-2", "-3", "-4", "-5", "-6", "-7", "-8");
  }
}
