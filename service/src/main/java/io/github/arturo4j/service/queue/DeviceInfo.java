// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A device that this machine has.
 *
 * @param id its name for the command line
 * @param name for people
 * @param slots jobs that it can run at a time
 */
public record DeviceInfo(String id, String name, int slots) {
  /** Its slots. */
  List<Slot> all() {
    return IntStream.range(0, slots).mapToObj(number -> new Slot(id, number)).toList();
  }
}
