// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.github.arturo4j.service.api.DeviceList;
import io.github.arturo4j.service.queue.Jobs;
import java.util.Map;

/**
 * Devices, and what may be run on them.
 *
 * @param jobs what has them
 */
record DeviceOperations(Jobs jobs) {
  /** By operationId. */
  Map<String, Call.Handler> handlers() {
    return Map.of(
        "listDevices", call -> call.answer(200, new DeviceList(jobs.devices())),
        "drainDevice", call -> call.answer(200, jobs.drain(call.text("device"), true, call.who())),
        "undrainDevice", call -> call.answer(200, jobs.drain(call.text("device"), false, call.who())),
        "listExperiments", call -> call.answer(200, jobs.catalog()));
  }
}
