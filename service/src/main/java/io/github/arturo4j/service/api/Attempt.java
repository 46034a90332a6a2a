// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

import java.time.Instant;
import java.util.List;

/**
 * One process of a job.
 *
 * @param number from 1
 * @param slots the devices that it has
 * @param pid of its process; null before it is known
 * @param began when it was started
 * @param ended null while it runs
 * @param exitCode null while it runs, and of one that did not come to its end
 */
public record Attempt(int number, List<String> slots, Long pid, Instant began, Instant ended, Integer exitCode) {}
