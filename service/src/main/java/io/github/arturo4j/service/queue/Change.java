// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.service.api.Device;
import io.github.arturo4j.service.api.Job;

/** Something that is other than before, whole. */
public sealed interface Change {
  /** A job, which is new or has changed. */
  record OfJob(Job job) implements Change {}

  /** A job that was removed. */
  record Removed(long id) implements Change {}

  /** A device, or what runs on it. */
  record OfDevice(Device device) implements Change {}
}
