// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.host.io.AtomicFile;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.service.api.JobRequest;
import io.github.arturo4j.service.api.RefusedException;
import io.github.arturo4j.service.api.RefusedException.Kind;
import io.github.arturo4j.service.process.JobFolder;
import io.github.arturo4j.service.store.AuditTrail;
import io.github.arturo4j.service.store.Database;
import io.github.arturo4j.service.store.EarlierRequest;
import io.github.arturo4j.service.store.JobStore;
import io.github.arturo4j.service.store.StoredJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongFunction;

/** Takes jobs into the database, with their folders: all of one or nothing, and one however often the same request comes. */
final class Intake {
  private final Database database;
  private final JobStore jobs;
  private final AuditTrail audit;
  private final LongFunction<JobFolder> folders;

  Intake(Database database, JobStore jobs, AuditTrail audit, LongFunction<JobFolder> folders) {
    this.database = database;
    this.jobs = jobs;
    this.audit = audit;
    this.folders = folders;
  }

  /**
   * A request and the key by which it is known if it comes again.
   *
   * @param key null for none
   * @param who whose it is: others may have the same key
   */
  record Keyed(JobRequest request, String key, String who) {
    private String own() {
      return who + "\n" + key;
    }
  }

  /**
   * The job that the same request has made before; nothing if it has not come before.
   *
   * @throws RefusedException if the key has come with another request
   */
  Optional<Long> earlier(Keyed keyed) {
    Optional<EarlierRequest> earlier = keyed.key() == null ? Optional.empty() : jobs.byKey(keyed.own());
    if (earlier.isPresent() && !Arrays.equals(earlier.get().hash(), RequestHash.of(keyed.request()))) {
      throw new RefusedException(
          Kind.INVALID, "Idempotency-Key",
          "Idempotency-Key '" + keyed.key() + "' was used for another request, which made job " + earlier.get().job() + "; take a new one");
    }
    return earlier.map(EarlierRequest::job);
  }

  /** Takes a job that was made of a request; its number. */
  long take(StoredJob wanted, Keyed keyed) {
    long[] made = new long[1];
    database.inTransaction(
        () -> {
          long id = jobs.add(wanted).id();
          if (keyed.key() != null) {
            jobs.keep(keyed.own(), RequestHash.of(keyed.request()), id);
          }
          audit.add(keyed.who(), "submit", "job " + id, wanted.kind().word() + " " + wanted.experiment());
          makeFolder(folders.apply(id), keyed.request().experimentYaml());
          made[0] = id;
        });
    return made[0];
  }

  /** Made before the job is kept: a job that is there has its files. */
  private static void makeFolder(JobFolder made, String yaml) {
    try {
      Folders.remove(made.path()); // of a job that was not kept
      Files.createDirectories(made.path());
      Files.createFile(made.log());
      if (yaml != null) {
        AtomicFile.write(made.experiment(), yaml.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new OperationException("cannot make '" + made.path() + "': " + Reason.of(e) + "; " + Reason.remedy(e), e);
    }
  }
}
