// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import io.github.arturo4j.service.api.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which jobs are wanted.
 *
 * @param states only those in these; empty for all
 * @param label only those with it; null for all
 * @param before only those that are older than this one; null for all
 * @param limit of a page, from 1 to 1000; null for the server's own
 */
public record JobQuery(Set<State> states, String label, Long before, Integer limit) {
  /** With a copy of the states. */
  public JobQuery {
    states = Set.copyOf(states);
  }

  /** All jobs. */
  public static JobQuery all() {
    return new JobQuery(Set.of(), null, null, null);
  }

  /** The same in these states. */
  public JobQuery in(State... wanted) {
    return new JobQuery(Set.of(wanted), label, before, limit);
  }

  /** The same with that label. */
  public JobQuery labelled(String wanted) {
    return new JobQuery(states, wanted, before, limit);
  }

  /** The same behind that job. */
  public JobQuery before(Long job) {
    return new JobQuery(states, label, job, limit);
  }

  /** The same, so many a page. */
  public JobQuery limit(Integer wanted) {
    return new JobQuery(states, label, before, wanted);
  }

  /** As an address has it, its question mark included; empty for all. */
  String text() {
    List<String> values = new ArrayList<>();
    if (!states.isEmpty()) {
      values.add("state=" + states.stream().sorted().map(State::word).collect(Collectors.joining(",")));
    }
    if (label != null) {
      values.add("label=" + Exchange.encoded(label));
    }
    if (before != null) {
      values.add("before=" + before);
    }
    if (limit != null) {
      values.add("limit=" + limit);
    }
    return values.isEmpty() ? "" : "?" + String.join("&", values);
  }
}
