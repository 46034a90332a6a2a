// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.store;

import io.github.arturo4j.service.api.CancelMode;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.Position;
import io.github.arturo4j.service.api.SearchInfo;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.api.TrialInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A job as the database keeps it.
 *
 * @param id from 1
 * @param kind what it does
 * @param name what it is called
 * @param experiment the name of its experiment
 * @param bringsExperiment whether that is a file in its folder, and no built-in one
 * @param options options of the command without their dashes
 * @param dataset in place of the experiment's own; null for that
 * @param labels by which jobs are found
 * @param priority from 0 to 100
 * @param devices how many it gets
 * @param device the only one that it may get; null for any
 * @param state where it is
 * @param resumable whether it can go on from a checkpoint
 * @param cancel how it was asked to stop; null if it was not
 * @param cancelledBy who has asked; null if nobody has
 * @param failure why it has failed; null if it has not
 * @param crashes processes in a row that have ended without a word and without progress
 * @param submitted when
 * @param submittedBy the name of the token
 * @param queued since when it waits, or has waited last
 * @param began when its first process was started; null before
 * @param ended null before
 * @param position where it stood when its last process ended, or when that was last looked; null before it is known
 * @param trial what it is in a search; null if it is no trial
 * @param search how far it is, of a search whose data were read; else null
 */
public record StoredJob(
    long id, JobKind kind, String name, String experiment, boolean bringsExperiment, Map<String, Object> options, String dataset,
    List<String> labels, int priority, int devices, String device, State state, boolean resumable, CancelMode cancel,
    String cancelledBy, String failure, int crashes, Instant submitted, String submittedBy, Instant queued, Instant began,
    Instant ended, Position position, TrialInfo trial, SearchInfo search) {

  /** Whether it has a process, or had one when the server ended. */
  public boolean isActive() {
    return state == State.RUNNING || state == State.STOPPING;
  }

  /** Whether nothing will happen to it by itself. */
  public boolean hasEnded() {
    return !isActive() && state != State.QUEUED;
  }

  /** The same with other labels, name and priority. */
  public StoredJob with(String newName, List<String> newLabels, int newPriority) {
    return new StoredJob(
        id, kind, newName, experiment, bringsExperiment, options, dataset, newLabels, newPriority, devices, device, state, resumable,
        cancel, cancelledBy, failure, crashes, submitted, submittedBy, queued, began, ended, position, trial, search);
  }

  /** The same with other options. */
  public StoredJob with(Map<String, Object> newOptions) {
    return new StoredJob(
        id, kind, name, experiment, bringsExperiment, newOptions, dataset, labels, priority, devices, device, state, resumable,
        cancel, cancelledBy, failure, crashes, submitted, submittedBy, queued, began, ended, position, trial, search);
  }

  /** The same where it waits from now on; why it has ended before is forgotten. */
  public StoredJob waiting(Instant now, int newCrashes) {
    return new StoredJob(
        id, kind, name, experiment, bringsExperiment, options, dataset, labels, priority, devices, device, State.QUEUED, resumable,
        null, null, null, newCrashes, submitted, submittedBy, now, began, null, position, trial, search);
  }

  /** The same with a process. */
  public StoredJob running(Instant now) {
    return new StoredJob(
        id, kind, name, experiment, bringsExperiment, options, dataset, labels, priority, devices, device, State.RUNNING, resumable,
        null, null, null, crashes, submitted, submittedBy, queued, began == null ? now : began, null, position, trial, search);
  }

  /** The same where its process was asked to stop. */
  public StoredJob stopping(CancelMode mode, String who) {
    return new StoredJob(
        id, kind, name, experiment, bringsExperiment, options, dataset, labels, priority, devices, device, State.STOPPING, resumable,
        mode, who, failure, crashes, submitted, submittedBy, queued, began, ended, position, trial, search);
  }

  /** The same at its end. */
  public StoredJob ended(State how, String why, String whoCancelled, Instant now) {
    return new StoredJob(
        id, kind, name, experiment, bringsExperiment, options, dataset, labels, priority, devices, device, how, resumable, null,
        whoCancelled, why, 0, submitted, submittedBy, queued, began, now, position, trial, search);
  }

  /** The same where it stands elsewhere. */
  public StoredJob at(Position reached, boolean canGoOn) {
    return new StoredJob(
        id, kind, name, experiment, bringsExperiment, options, dataset, labels, priority, devices, device, state, canGoOn, cancel,
        cancelledBy, failure, crashes, submitted, submittedBy, queued, began, ended, reached, trial, search);
  }

  /** The same as a trial that is to go, or has come, elsewhere. */
  public StoredJob with(TrialInfo newTrial) {
    return new StoredJob(
        id, kind, name, experiment, bringsExperiment, options, dataset, labels, priority, devices, device, state, resumable, cancel,
        cancelledBy, failure, crashes, submitted, submittedBy, queued, began, ended, position, newTrial, search);
  }

  /** The same as a search that is so far. */
  public StoredJob with(SearchInfo newSearch) {
    return new StoredJob(
        id, kind, name, experiment, bringsExperiment, options, dataset, labels, priority, devices, device, state, resumable, cancel,
        cancelledBy, failure, crashes, submitted, submittedBy, queued, began, ended, position, trial, newSearch);
  }

  /** The same as one that was given a device, and stands behind the others that wait for one. */
  public StoredJob served(Instant now) {
    return new StoredJob(
        id, kind, name, experiment, bringsExperiment, options, dataset, labels, priority, devices, device, state, resumable, cancel,
        cancelledBy, failure, crashes, submitted, submittedBy, now, began, ended, position, trial, search);
  }
}
