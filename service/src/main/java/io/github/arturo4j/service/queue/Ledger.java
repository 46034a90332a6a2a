// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.service.store.AuditTrail;
import io.github.arturo4j.service.store.Database;
import io.github.arturo4j.service.store.JobStore;
import io.github.arturo4j.service.store.StoredJob;

/**
 * The jobs in the database, and who has changed them: both of a change are kept, or neither.
 *
 * @param database of both
 * @param jobs as they are
 * @param audit who has made them so
 */
record Ledger(Database database, JobStore jobs, AuditTrail audit) {
  /** That of a database. */
  static Ledger of(Database database, AuditTrail audit) {
    return new Ledger(database, new JobStore(database), audit);
  }

  /** Makes one change of several: all of them are kept, or, if it throws, none. */
  void inTransaction(Runnable work) {
    database.inTransaction(work);
  }

  /**
   * Keeps a job as it is now.
   *
   * @param who has made it so
   * @param detail how; null if there is nothing to say
   */
  void change(StoredJob job, String who, String action, String detail) {
    inTransaction(
        () -> {
          jobs.update(job);
          add(who, action, job.id(), detail);
        });
  }

  /** Adds an entry on a job to the audit trail. */
  void add(String who, String action, long job, String detail) {
    audit.add(who, action, "job " + job, detail);
  }
}
