// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

import java.util.List;

/**
 * A page of jobs.
 *
 * @param jobs the newest first
 * @param next what the next page is before; null at the end
 */
public record JobPage(List<Job> jobs, Long next) {}
