// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.store;

import io.github.arturo4j.service.api.AuditEntry;
import io.github.arturo4j.service.api.AuditPage;
import java.time.Clock;
import java.util.List;

/** The audit trail in the database. */
public final class SqlAuditTrail implements AuditTrail {
  private final Database database;
  private final Clock clock;

  /** That of a database. */
  public SqlAuditTrail(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public void add(String who, String action, String subject, String detail) {
    database.write(
        connection ->
            Statements.run(
                connection, "INSERT INTO audit (time, who, action, subject, detail) VALUES (?, ?, ?, ?, ?)", clock.instant(), who,
                action, subject, detail));
  }

  @Override
  public AuditPage page(Long before, int limit) {
    List<AuditEntry> entries =
        database.read(
            connection ->
                Statements.list(
                    connection,
                    row ->
                        new AuditEntry(
                            row.getLong("id"), Statements.time(row, "time"), row.getString("who"), row.getString("action"),
                            row.getString("subject"), row.getString("detail")),
                    "SELECT * FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?", before == null ? Long.MAX_VALUE : before, limit + 1));
    boolean more = entries.size() > limit;
    List<AuditEntry> page = entries.subList(0, Math.min(limit, entries.size()));
    return new AuditPage(page, more ? page.getLast().id() : null);
  }
}
