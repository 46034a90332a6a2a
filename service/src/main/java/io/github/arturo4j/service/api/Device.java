// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

import java.util.List;

/**
 * A device and what runs on it.
 *
 * @param id its name for the command line
 * @param name for people
 * @param slots jobs that it can run at a time
 * @param busy slots that are taken
 * @param state whether it gets jobs
 * @param reason why it is faulty; else null
 * @param jobs those that run on it
 */
public record Device(String id, String name, int slots, int busy, DeviceState state, String reason, List<Long> jobs) {}
