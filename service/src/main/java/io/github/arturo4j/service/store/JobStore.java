// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.store;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.arturo4j.service.api.CancelMode;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.Position;
import io.github.arturo4j.service.api.SearchInfo;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.api.TrialInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The jobs in the database. */
public final class JobStore {
  private static final TypeReference<Map<String, Object>> OPTIONS = new TypeReference<>() {};
  private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
  private static final TypeReference<SearchInfo> SEARCH = new TypeReference<>() {};

  private final Database database;

  /** Those of a database. */
  public JobStore(Database database) {
    this.database = database;
  }

  /** Adds a job; the same with its number. */
  public StoredJob add(StoredJob job) {
    TrialInfo trial = job.trial();
    long id =
        database.write(
            connection ->
                Statements.insert(
                    connection,
                    "INSERT INTO job (kind, name, experiment, brings_experiment, options, dataset, labels, priority, devices, device,"
                        + " state, submitted, submitted_by, queued, trial_of, trial, until_epoch, trial_values)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    job.kind().word(), job.name(), job.experiment(), job.bringsExperiment() ? 1 : 0, Json.write(job.options()),
                    job.dataset(), Json.write(job.labels()), job.priority(), job.devices(), job.device(), job.state().word(),
                    job.submitted(), job.submittedBy(), job.queued(), trial == null ? null : trial.of(),
                    trial == null ? null : trial.number(), trial == null ? null : trial.untilEpoch(),
                    trial == null ? null : trial.values()));
    return get(id).orElseThrow();
  }

  /** Writes what may change of a job. */
  public void update(StoredJob job) {
    Position at = job.position();
    TrialInfo trial = job.trial();
    database.write(
        connection ->
            Statements.run(
                connection,
                "UPDATE job SET name = ?, labels = ?, priority = ?, options = ?, state = ?, resumable = ?, cancel = ?,"
                    + " cancelled_by = ?, failure = ?, crashes = ?, queued = ?, began = ?, ended = ?, epoch = ?, step = ?, epochs = ?,"
                    + " steps = ?, loss = ?, until_epoch = ?, score = ?, search = ? WHERE id = ?",
                job.name(), Json.write(job.labels()), job.priority(), Json.write(job.options()), job.state().word(),
                job.resumable() ? 1 : 0, job.cancel() == null ? null : job.cancel().word(), job.cancelledBy(), job.failure(),
                job.crashes(), job.queued(), job.began(), job.ended(), at == null ? null : at.epoch(), at == null ? null : at.step(),
                at == null ? null : at.epochs(), at == null ? null : at.steps(), at == null ? null : at.loss(),
                trial == null ? null : trial.untilEpoch(), trial == null ? null : trial.score(),
                job.search() == null ? null : Json.write(job.search()), job.id()));
  }

  /** Removes a job and its attempts. Its number is not used again. */
  public void remove(long id) {
    database.write(
        connection -> {
          Statements.run(connection, "DELETE FROM idempotency WHERE job = ?", id);
          Statements.run(connection, "DELETE FROM crash WHERE job = ?", id);
          return Statements.run(connection, "DELETE FROM job WHERE id = ?", id);
        });
  }

  /** A job; nothing if there is none of that number. */
  public Optional<StoredJob> get(long id) {
    return database.read(connection -> Statements.one(connection, JobStore::job, "SELECT * FROM job WHERE id = ?", id));
  }

  /** Jobs in some states, the oldest first. */
  public List<StoredJob> in(State... states) {
    List<StoredJob> jobs = page("", Arrays.asList(states), null, Long.MAX_VALUE, Integer.MAX_VALUE);
    Collections.reverse(jobs);
    return jobs;
  }

  /** How many there are in each state that has any. */
  public Map<State, Integer> counts() {
    return database.read(
        connection ->
            Statements.list(
                    connection, row -> Map.entry(state(row.getString(1)), row.getInt(2)), "SELECT state, count(*) FROM job GROUP BY state")
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /** The trials of a search, the first one first. */
  public List<StoredJob> trials(long search) {
    return database.read(
        connection -> Statements.list(connection, JobStore::job, "SELECT * FROM job WHERE trial_of = ? ORDER BY trial", search));
  }

  /** A trial of a search; nothing if it has not begun. */
  public Optional<StoredJob> trial(long search, int number) {
    return database.read(
        connection ->
            Statements.one(connection, JobStore::job, "SELECT * FROM job WHERE trial_of = ? AND trial = ?", search, number));
  }

  /**
   * Jobs, the newest first; trials of searches only if a label is asked for.
   *
   * @param states only those in these states; empty for all
   * @param label only those with it; null for all
   * @param before only those of smaller numbers
   * @param limit how many at most
   */
  public List<StoredJob> page(Collection<State> states, String label, long before, int limit) {
    return page(label == null ? " AND trial_of IS NULL" : "", states, label, before, limit);
  }

  private List<StoredJob> page(String which, Collection<State> states, String label, long before, int limit) {
    StringBuilder sql = new StringBuilder("SELECT * FROM job WHERE id < ?").append(which);
    List<Object> values = new ArrayList<>(List.of(before));
    if (!states.isEmpty()) {
      sql.append(" AND state IN (").append("?, ".repeat(states.size() - 1)).append("?)");
      states.forEach(state -> values.add(state.word()));
    }
    if (label != null) {
      sql.append(" AND EXISTS (SELECT 1 FROM json_each(job.labels) WHERE value = ?)");
      values.add(label);
    }
    sql.append(" ORDER BY id DESC LIMIT ?");
    values.add(limit);
    return database.read(connection -> Statements.list(connection, JobStore::job, sql.toString(), values.toArray()));
  }

  /** The request that a key has come with; nothing if it has not come. */
  public Optional<EarlierRequest> byKey(String key) {
    return database.read(
        connection ->
            Statements.one(
                connection, row -> new EarlierRequest(row.getBytes("request"), row.getLong("job")),
                "SELECT * FROM idempotency WHERE key = ?", key));
  }

  /** Keeps the request that a key has come with. */
  public void keep(String key, byte[] request, long job) {
    database.write(
        connection -> Statements.run(connection, "INSERT INTO idempotency (key, request, job) VALUES (?, ?, ?)", key, request, job));
  }

  /** Adds an attempt. */
  public void add(StoredAttempt attempt) {
    database.write(
        connection ->
            Statements.run(
                connection, "INSERT INTO attempt (job, number, slots, began) VALUES (?, ?, ?, ?)", attempt.job(), attempt.number(),
                Json.write(attempt.slots()), attempt.began()));
  }

  /** Writes what may change of an attempt. */
  public void update(StoredAttempt attempt) {
    database.write(
        connection ->
            Statements.run(
                connection, "UPDATE attempt SET pid = ?, process_began = ?, ended = ?, exit_code = ? WHERE job = ? AND number = ?",
                attempt.pid(), attempt.processBegan(), attempt.ended(), attempt.exitCode(), attempt.job(), attempt.number()));
  }

  /** Those of a job, the first one first. */
  public List<StoredAttempt> attempts(long job) {
    return database.read(
        connection -> Statements.list(connection, JobStore::attempt, "SELECT * FROM attempt WHERE job = ? ORDER BY number", job));
  }

  /** Those of several jobs, each with the first one first; a job without any is missing. */
  public Map<Long, List<StoredAttempt>> attempts(Collection<Long> ids) {
    return database
        .read(
            connection ->
                Statements.list(
                    connection, JobStore::attempt,
                    "SELECT * FROM attempt WHERE job IN (SELECT value FROM json_each(?)) ORDER BY job, number", Json.write(ids)))
        .stream()
        .collect(Collectors.groupingBy(StoredAttempt::job));
  }

  private static StoredAttempt attempt(ResultSet row) throws SQLException {
    return new StoredAttempt(
        row.getLong("job"), row.getInt("number"), Json.read(row.getString("slots"), TEXTS), Statements.whole(row, "pid"),
        Statements.time(row, "process_began"), Statements.time(row, "began"), Statements.time(row, "ended"),
        Statements.integer(row, "exit_code"));
  }

  private static StoredJob job(ResultSet row) throws SQLException {
    String cancel = row.getString("cancel");
    Integer epoch = Statements.integer(row, "epoch");
    String search = row.getString("search");
    return new StoredJob(
        row.getLong("id"), JobKind.valueOf(constant(row.getString("kind"))), row.getString("name"), row.getString("experiment"),
        row.getInt("brings_experiment") == 1, Json.read(row.getString("options"), OPTIONS), row.getString("dataset"),
        Json.read(row.getString("labels"), TEXTS), row.getInt("priority"), row.getInt("devices"), row.getString("device"),
        state(row.getString("state")), row.getInt("resumable") == 1, cancel == null ? null : CancelMode.valueOf(constant(cancel)),
        row.getString("cancelled_by"), row.getString("failure"), row.getInt("crashes"), Statements.time(row, "submitted"),
        row.getString("submitted_by"), Statements.time(row, "queued"), Statements.time(row, "began"), Statements.time(row, "ended"),
        epoch == null
            ? null
            : new Position(epoch, row.getInt("step"), Statements.integer(row, "epochs"), Statements.integer(row, "steps"),
                Statements.number(row, "loss")),
        trial(row), search == null ? null : Json.read(search, SEARCH));
  }

  private static TrialInfo trial(ResultSet row) throws SQLException {
    Long of = Statements.whole(row, "trial_of");
    return of == null
        ? null
        : new TrialInfo(of, row.getInt("trial"), row.getInt("until_epoch"), row.getString("trial_values"), Statements.number(row, "score"));
  }

  private static State state(String word) {
    return State.valueOf(constant(word));
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT);
  }
}
