// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.spec;

import io.github.arturo4j.models.layer.LayerFault;
import io.github.arturo4j.models.layer.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A part of a tree of sections, lists and values, and where it is.
 *
 * @param value a Map of Strings, a List, a String, Number or Boolean, or null
 * @param path from the list of layers on
 */
record Node(Object value, List<Object> path, Places places) {
  Place place() {
    return places.of(path);
  }

  /** The parts of a list. */
  List<Node> elements() {
    List<?> list = (List<?>) value;
    return IntStream.range(0, list.size()).mapToObj(i -> at(list.get(i), i)).toList();
  }

  /** The part behind a key; null if there is none. */
  Node get(String key) {
    Map<?, ?> section = (Map<?, ?>) value;
    return section.containsKey(key) ? at(section.get(key), key) : null;
  }

  private Node at(Object part, Object step) {
    List<Object> further = new ArrayList<>(path);
    further.add(step);
    return new Node(part, List.copyOf(further), places);
  }

  /** That a part is not what it should be: one line. */
  LayerFault fault(String what) {
    return new LayerFault(place(), what, null);
  }

  /** What stands there, as the end of a sentence. */
  String described() {
    return switch (value) {
      case null -> "is empty";
      case Map<?, ?> _ -> "is a section of keys";
      case List<?> _ -> "is a list";
      case String text -> "is \"" + text + '"';
      default -> "is " + value;
    };
  }
}
