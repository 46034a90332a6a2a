// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.metric;

import io.github.arturo4j.kernels.loss.Targets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.ServiceLoader;

/** The metrics by name: those of this library, and those of others on the class path, see {@link Metric}. */
public final class Metrics {
  private static final SequencedMap<String, Metric> ALL = load();

  private Metrics() {}

  private static SequencedMap<String, Metric> load() {
    SequencedMap<String, Metric> found = new LinkedHashMap<>();
    for (Metric metric : ServiceLoader.load(Metric.class, Metrics.class.getClassLoader())) {
      if (!metric.name().matches("[a-z0-9_]+")) {
        throw new IllegalStateException(
            metric.getClass() + " has the name '" + metric.name() + "', which is not of a-z, 0-9 and _");
      }
      Metric other = found.putIfAbsent(metric.name(), metric);
      if (other != null) {
        throw new IllegalStateException(
            "two metrics have the name '" + metric.name() + "': " + other.getClass() + " and " + metric.getClass());
      }
    }
    return found;
  }

  /** The names there are. */
  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /**
   * A metric by its name.
   *
   * @throws IllegalArgumentException if there is none; one line with those that there are
   */
  public static Metric of(String name) {
    Metric found = ALL.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no metric is '" + name + "'; there are: " + String.join(", ", names()));
    }
    return found;
  }

  /** What is measured where nobody has chosen: accuracy of classes, the root of the mean squared error of values. */
  public static List<Metric> defaults(Targets targets) {
    return List.of(
        switch (targets) {
          case Targets.Classes classes -> new Accuracy();
          case Targets.Values values -> new Rmse();
        });
  }
}
