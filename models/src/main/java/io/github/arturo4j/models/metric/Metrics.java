// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.metric;

import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.kernels.registry.Registry;
import java.util.List;
import java.util.ServiceLoader;

/** The metrics by name: those of this library, and those of others on the class path, see {@link Metric}. */
public final class Metrics {
  private static final Registry<Metric> REGISTRY =
      new Registry<>(ServiceLoader.load(Metric.class, Metrics.class.getClassLoader()), Metrics::checkedName, "metrics");

  private Metrics() {}

  private static String checkedName(Metric metric) {
    if (!metric.name().matches("[a-z0-9_]+")) {
      throw new IllegalStateException(
          metric.getClass() + " has the name '" + metric.name() + "', which is not of a-z, 0-9 and _");
    }
    return metric.name();
  }

  /** The names there are. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /**
   * A metric by its name.
   *
   * @throws IllegalArgumentException if there is none; one line with those that there are
   */
  public static Metric of(String name) {
    return REGISTRY.get(name, "metric");
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
