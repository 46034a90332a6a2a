// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A job as it is now.
 *
 * @param id from 1, the newer the greater
 * @param kind what it does
 * @param name what it is called
 * @param experiment the name of its experiment
 * @param options options of the command without their dashes, each with a text, a number, a Boolean, or a list of texts
 * @param dataset in place of the experiment's own; null for that
 * @param labels by which jobs are found
 * @param priority from 0 to 100, the greater the sooner
 * @param devices how many it gets
 * @param device the only one that it may get; null for any
 * @param state where it is
 * @param resumable whether it can go on from a checkpoint
 * @param waitingFor what one that is queued waits for; else null
 * @param failure why it has failed, in one line; else null
 * @param cancelledBy the name of the token; else null
 * @param submitted when
 * @param submittedBy the name of the token
 * @param began when its first process was started; null before
 * @param ended null before
 * @param position null before it is known
 * @param secondsLeft about how long it will run; null if not known
 * @param attempts its processes, the first one first
 * @param trial what it is in a search; null if it is no trial
 * @param search how far it is, of a search whose data were read; else null
 */
public record Job(
    long id, JobKind kind, String name, String experiment, Map<String, Object> options, String dataset,
    List<String> labels, int priority, int devices, String device, State state, boolean resumable, String waitingFor,
    String failure, String cancelledBy, Instant submitted, String submittedBy, Instant began, Instant ended,
    Position position, Double secondsLeft, List<Attempt> attempts, TrialInfo trial, SearchInfo search) {}
