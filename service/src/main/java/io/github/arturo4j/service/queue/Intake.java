// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.service.api.JobRequest;
import io.github.arturo4j.service.api.RefusedException;
import io.github.arturo4j.service.api.RefusedException.Kind;
import io.github.arturo4j.service.store.EarlierRequest;
import io.github.arturo4j.service.store.StoredJob;
import java.util.Arrays;
import java.util.Optional;

/** Takes jobs into the database, with their folders: all of one or nothing, and one however often the same request comes. */
final class Intake {
  private final Ledger ledger;
  private final JobFolders folders;

  Intake(Ledger ledger, JobFolders folders) {
    this.ledger = ledger;
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
    Optional<EarlierRequest> earlier = keyed.key() == null ? Optional.empty() : ledger.jobs().byKey(keyed.own());
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
    ledger.inTransaction(
        () -> {
          long id = ledger.jobs().add(wanted).id();
          if (keyed.key() != null) {
            ledger.jobs().keep(keyed.own(), RequestHash.of(keyed.request()), id);
          }
          ledger.add(keyed.who(), "submit", id, wanted.kind().word() + " " + wanted.experiment());
          folders.make(id, keyed.request().experimentYaml()); // before the job is kept: one that is there has its files
          made[0] = id;
        });
    return made[0];
  }

  /** Takes a trial of a search, with its experiment; the same with its number. */
  StoredJob takeTrial(StoredJob wanted, String yaml) {
    StoredJob[] made = new StoredJob[1];
    ledger.inTransaction(
        () -> {
          made[0] = ledger.jobs().add(wanted);
          ledger.add(
              Dispatcher.SERVER, "submit", made[0].id(), "trial " + wanted.trial().number() + " of job " + wanted.trial().of());
          folders.make(made[0].id(), yaml);
        });
    return made[0];
  }
}
