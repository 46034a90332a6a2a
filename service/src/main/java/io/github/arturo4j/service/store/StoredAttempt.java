// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.store;

import java.time.Instant;
import java.util.List;

/**
 * A process of a job, as the database keeps it.
 *
 * @param job whose it is
 * @param number from 1
 * @param slots the slots that it has
 * @param pid of the process; null if the server ended before it knew
 * @param processBegan the process's start as the system tells it, by which it is known where a pid is used again; null without pid
 * @param began when it was started
 * @param ended null while it runs
 * @param exitCode null while it runs, and of one that did not come to its end
 */
public record StoredAttempt(
    long job, int number, List<String> slots, Long pid, Instant processBegan, Instant began, Instant ended, Integer exitCode) {}
