// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.service.api.CancelMode;
import io.github.arturo4j.service.api.Catalog;
import io.github.arturo4j.service.api.Device;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.JobChange;
import io.github.arturo4j.service.api.JobPage;
import io.github.arturo4j.service.api.JobRequest;
import io.github.arturo4j.service.api.RefusedException;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.process.JobFolder;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The jobs of a server and its devices. What a method has changed is on the disk when it returns. Any thread may call; who asks is
 * the name of a token, and goes into the audit trail.
 */
public interface Jobs {
  /**
   * What a request has led to.
   *
   * @param job as it is now
   * @param created whether this request has made it, and not an earlier one with the same key
   */
  record Submission(Job job, boolean created) {}

  /**
   * Takes a job.
   *
   * @param key by which a repeated request is known; null for none
   * @throws RefusedException if a value is wrong, or the key was used for another request
   */
  Submission submit(JobRequest request, String key, String who);

  /**
   * A job.
   *
   * @throws RefusedException if there is none of that number
   */
  Job get(long id);

  /**
   * Jobs, the newest first; trials of searches only if a label is asked for.
   *
   * @param states only those in these states; empty for all
   * @param label only those with it; null for all
   * @param before only those that are older than this one; null for all
   * @param limit how many at most
   */
  JobPage list(Set<State> states, String label, Long before, int limit);

  /** The trials of a search as jobs, in the order in which they have begun; of another job, none. Errors as {@link #get}. */
  List<Job> trials(long id);

  /** Changes name, labels, or the priority of one that waits; errors as {@link #get} and {@link #submit}. */
  Job change(long id, JobChange change, String who);

  /**
   * Cancels, with its trials if it is a search, one that waits or runs; of one that is stopping, with {@link CancelMode#NOW}, the
   * process is killed.
   *
   * @throws RefusedException if there is none of that number, or it has ended
   */
  Job cancel(long id, CancelMode mode, String who);

  /** Cancels all with a label that wait or run, and tells them. */
  List<Job> cancel(String label, CancelMode mode, String who);

  /**
   * Has one that has ended go on from its checkpoint; a search, with its trials.
   *
   * @param epochs as many in all; null for as many as before
   * @throws RefusedException if there is none of that number, it has not ended, or there is nothing to go on with
   */
  Job resume(long id, Integer epochs, String who);

  /**
   * Removes one that has ended, with its folder; a search, with its trials.
   *
   * @throws RefusedException if there is none of that number, or it has not ended
   */
  void delete(long id, String who);

  /** Where its files are; errors as {@link #get}. */
  JobFolder folder(long id);

  /** The devices, in the order in which they are taken. */
  List<Device> devices();

  /**
   * Gives a device no new jobs, or gives it jobs again.
   *
   * @throws RefusedException if there is none of that name
   */
  Device drain(String id, boolean drained, String who);

  /** What a request may ask for. */
  Catalog catalog();

  /**
   * Tells of every change from now on, in the order in which they happen, in a thread of the server's: whoever is told must be quick.
   *
   * @return what ends it
   */
  Runnable watch(Consumer<Change> told);
}
