// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.Position;
import io.github.arturo4j.service.api.SearchInfo;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.api.TrialInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database and what it keeps of jobs. */
class DatabaseTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("service.db");
  }

  static StoredJob job(String name, String... labels) {
    return new StoredJob(
        0, JobKind.TRAIN, name, "fmnist_cnn", false, Map.of("epochs", 3, "loss", "l1", "learning-rate", 0.5), "set", List.of(labels), 70, 2,
        "jvm", State.QUEUED, false, null, null, null, 0, Instant.ofEpochMilli(1000), "me", Instant.ofEpochMilli(2000), null,
        null, null, null, null);
  }

  private static String pragma(Database database, String name) {
    return database.read(connection -> Statements.one(connection, row -> row.getString(1), "PRAGMA " + name).orElseThrow());
  }

  @Test
  void itWritesThrough() throws SQLException {
    try (Database database = Database.open(file())) {
      String full = "2";
      assertThat(pragma(database, "journal_mode")).isEqualTo("wal");
      assertThat(pragma(database, "synchronous")).isEqualTo(full);
    }
  }

  @Test
  void aJobIsTheSameAfterARestartAndAfterEachChange() {
    StoredJob made;
    try (Database database = Database.open(file())) {
      made = new JobStore(database).add(job("one", "a", "b"));
      assertThat(made.id()).isEqualTo(1);
    }
    try (Database database = Database.open(file())) {
      JobStore jobs = new JobStore(database);
      assertThat(jobs.get(1)).contains(made);
      assertThat(made.options()).containsEntry("epochs", 3).containsEntry("learning-rate", 0.5);
      StoredJob changed =
          made.with("other", List.of("c"), 5).running(Instant.ofEpochMilli(3000)).at(new Position(2, 7, 3, 9, 0.25), true)
              .ended(State.FAILED, "why", null, Instant.ofEpochMilli(4000));
      jobs.update(changed);
      assertThat(jobs.get(1)).contains(changed);
      StoredAttempt attempt = new StoredAttempt(1, 1, List.of("jvm#0"), null, null, Instant.ofEpochMilli(5), null, null);
      jobs.add(attempt);
      assertThat(jobs.attempts(1)).containsExactly(attempt);
      StoredAttempt done = new StoredAttempt(1, 1, List.of("jvm#0"), 77L, Instant.ofEpochMilli(4), Instant.ofEpochMilli(5),
          Instant.ofEpochMilli(6), 3);
      jobs.update(done);
      assertThat(jobs.attempts(1)).containsExactly(done);
      jobs.remove(1);
      assertThat(jobs.attempts(1)).isEmpty();
      assertThat(jobs.add(job("two")).id()).isEqualTo(2); // a number is not used again
    }
  }

  @Test
  void pagesAndSelections() {
    try (Database database = Database.open(file())) {
      JobStore jobs = new JobStore(database);
      for (int i = 1; i <= 5; i++) {
        jobs.add(job("j" + i, i % 2 == 0 ? "even" : "odd", "with \"quotes\" and '"));
      }
      jobs.update(jobs.get(3).orElseThrow().ended(State.CANCELLED, null, "me", Instant.EPOCH));
      assertThat(jobs.page(List.of(), null, Long.MAX_VALUE, 2)).extracting(StoredJob::id).containsExactly(5L, 4L);
      assertThat(jobs.page(List.of(), "odd", 5, 10)).extracting(StoredJob::id).containsExactly(3L, 1L);
      assertThat(jobs.page(List.of(State.CANCELLED, State.FAILED), null, Long.MAX_VALUE, 10)).extracting(StoredJob::id).containsExactly(3L);
      assertThat(jobs.page(List.of(), "with \"quotes\" and '", Long.MAX_VALUE, 10)).hasSize(5);
      assertThat(jobs.page(List.of(), "' OR 1=1 --", Long.MAX_VALUE, 10)).isEmpty();
      assertThat(jobs.in(State.QUEUED)).extracting(StoredJob::id).containsExactly(1L, 2L, 4L, 5L);
      assertThat(jobs.counts()).containsOnly(Map.entry(State.QUEUED, 4), Map.entry(State.CANCELLED, 1));
    }
  }

  @Test
  void aSearchHasEachTrialOnceAndStandsForThem() {
    try (Database database = Database.open(file())) {
      JobStore jobs = new JobStore(database);
      StoredJob search = jobs.add(job("search", "a"));
      SearchInfo info = new SearchInfo(3, 1, 1, 0, "accuracy", new SearchInfo.Best(1, 2L, "batchSize 16", 0.5));
      jobs.update(search.with(info));
      assertThat(jobs.get(1).orElseThrow().search()).isEqualTo(info);
      StoredJob trial = jobs.add(job("trial", "tune-1").with(new TrialInfo(1, 1, 3, "batchSize 16", null)));
      assertThat(trial.trial()).isEqualTo(new TrialInfo(1, 1, 3, "batchSize 16", null));
      assertThatThrownBy(() -> jobs.add(trial)).isInstanceOf(OperationException.class);
      jobs.update(trial.with(trial.trial().until(9).scored(0.5)));
      assertThat(jobs.trial(1, 1).orElseThrow().trial()).isEqualTo(new TrialInfo(1, 1, 9, "batchSize 16", 0.5));
      assertThat(jobs.trials(1)).hasSize(1);
      assertThat(jobs.page(List.of(), null, Long.MAX_VALUE, 10)).extracting(StoredJob::id).containsExactly(1L);
      assertThat(jobs.page(List.of(), "tune-1", Long.MAX_VALUE, 10)).extracting(StoredJob::id).containsExactly(2L);
      assertThat(jobs.in(State.QUEUED)).hasSize(2);
      jobs.remove(1);
      assertThat(jobs.get(2)).as("no trial without its search").isEmpty();
    }
  }

  @Test
  void aTransactionIsKeptWholeOrNotAtAll() {
    try (Database database = Database.open(file())) {
      JobStore jobs = new JobStore(database);
      assertThatThrownBy(
              () ->
                  database.inTransaction(
                      () -> {
                        jobs.add(job("one"));
                        jobs.keep("key", new byte[1], 1);
                        throw new IllegalStateException("on purpose");
                      }))
          .hasMessage("on purpose");
      assertThat(jobs.get(1)).isEmpty();
      assertThat(jobs.byKey("key")).isEmpty();
      assertThat(jobs.add(job("two")).id()).isEqualTo(1);
    }
  }

  @Test
  void whatIsNoSuchDatabaseIsRefusedInOneLineAndLeftAlone() throws IOException, SQLException {
    Files.writeString(file(), "something else that somebody wants to keep, and that is no database\n".repeat(100));
    byte[] before = Files.readAllBytes(file());
    assertThatThrownBy(() -> Database.open(file())).isInstanceOf(InputException.class).hasMessageContaining(file().toString())
        .hasMessageNotContaining("\n");
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
    Path newer = folder.resolve("newer.db");
    Database.open(newer).close();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + newer); Statement statement = connection.createStatement()) {
      statement.execute("UPDATE flyway_schema_history SET checksum = 7 WHERE version = '1'");
    }
    assertThatThrownBy(() -> Database.open(newer)).isInstanceOf(InputException.class).hasMessageContaining("newer.db")
        .hasMessageNotContaining("\n");
  }

  @Test
  void twoJobsThatCrashOnADeviceAreCountedUntilItIsGoodAgain() {
    try (Database database = Database.open(file())) {
      DeviceStore devices = new DeviceStore(database);
      assertThat(devices.crashed("a", 1)).isEqualTo(1);
      assertThat(devices.crashed("a", 1)).isEqualTo(1);
      assertThat(devices.crashed("b", 2)).isEqualTo(1);
      assertThat(devices.crashed("a", 2)).isEqualTo(2);
      devices.set("a", new DeviceStore.Condition(true, "two crashes"));
      assertThat(devices.of("a")).isEqualTo(new DeviceStore.Condition(true, "two crashes"));
      devices.set("a", DeviceStore.Condition.GOOD);
      assertThat(devices.of("a")).isEqualTo(DeviceStore.Condition.GOOD);
      assertThat(devices.crashed("a", 3)).isEqualTo(1);
    }
  }
}
