// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Those who are told of changes. */
final class Watchers {
  private final List<Consumer<Change>> all = new CopyOnWriteArrayList<>();

  Runnable add(Consumer<Change> told) {
    Consumer<Change> own = told::accept; // the same one may watch twice
    all.add(own);
    return () -> all.remove(own);
  }

  void tell(Change change) {
    all.forEach(told -> told.accept(change));
  }
}
