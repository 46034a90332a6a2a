// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import io.github.arturo4j.service.api.Job;
import java.util.Map;

/** Something that a job tells. */
public sealed interface JobEvent {
  /**
   * What its training tells.
   *
   * @param id the position behind it, from which a later stream may go on
   * @param type such as step or epoch
   * @param values all of its values by name, {@code time} and {@code type} among them
   */
  record Told(long id, String type, Map<String, Object> values) implements JobEvent {}

  /**
   * The job is not what it was before.
   *
   * @param job as it is now
   */
  record Changed(Job job) implements JobEvent {}
}
