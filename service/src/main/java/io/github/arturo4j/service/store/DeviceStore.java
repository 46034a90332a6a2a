// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.store;

import java.util.Optional;

/** What the database keeps of devices: which get no jobs, and why. */
public final class DeviceStore {
  private final Database database;

  /**
   * That of one device.
   *
   * @param drained whether somebody does not want it to get jobs
   * @param fault why it is taken for faulty; null if it is not
   */
  public record Condition(boolean drained, String fault) {
    /** Of one that gets jobs. */
    public static final Condition GOOD = new Condition(false, null);
  }

  /** That of a database. */
  public DeviceStore(Database database) {
    this.database = database;
  }

  /** The condition of a device. */
  public Condition of(String id) {
    return database
        .read(
            connection ->
                Statements.one(
                    connection, row -> new Condition(row.getInt("drained") == 1, row.getString("fault")),
                    "SELECT * FROM device WHERE id = ?", id))
        .orElse(Condition.GOOD);
  }

  /** Sets the condition of a device; that of one that gets jobs again forgets its crashes. */
  public void set(String id, Condition condition) {
    database.write(
        connection -> {
          if (condition.equals(Condition.GOOD)) {
            Statements.run(connection, "DELETE FROM crash WHERE device = ?", id);
          }
          return Statements.run(
              connection,
              "INSERT INTO device (id, drained, fault) VALUES (?1, ?2, ?3)"
                  + " ON CONFLICT (id) DO UPDATE SET drained = ?2, fault = ?3",
              id, condition.drained() ? 1 : 0, condition.fault());
        });
  }

  /** Remembers that a job has crashed on a device; how many different ones have since it was good. */
  public int crashed(String id, long job) {
    return database.write(
        connection -> {
          Statements.run(connection, "INSERT INTO crash (device, job) VALUES (?, ?) ON CONFLICT DO NOTHING", id, job);
          Optional<Integer> jobs =
              Statements.one(connection, row -> row.getInt(1), "SELECT count(*) FROM crash WHERE device = ?", id);
          return jobs.orElse(0);
        });
  }
}
