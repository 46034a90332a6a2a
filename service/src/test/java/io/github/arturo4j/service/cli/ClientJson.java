// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.service.client.Json;

/** Values as a stream of events has them. */
final class ClientJson {
  private ClientJson() {}

  static String line(Object value) {
    return Json.pretty(value).replace("\n", "");
  }
}
