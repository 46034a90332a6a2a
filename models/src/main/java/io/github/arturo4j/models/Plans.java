// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;

/** Closes execution plans. */
final class Plans {
  private Plans() {}

  /** Frees a plan's device memory. */
  static void close(TornadoExecutionPlan plan) {
    try {
      plan.close();
    } catch (TornadoExecutionPlanException e) {
      throw new IllegalStateException("the device did not free the plan's memory", e);
    }
  }
}
