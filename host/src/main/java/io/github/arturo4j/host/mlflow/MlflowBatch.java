// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.mlflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Bodies of requests to log, within the limits of the API. */
final class MlflowBatch {
  /** Of a request. */
  static final int MAX_METRICS = 1000;

  private static final int MAX_PARAMS = 100;
  private static final int MAX_KEY_BYTES = 250;
  private static final int MAX_VALUE_BYTES = 6000;

  private MlflowBatch() {}

  /**
   * A value of a curve.
   *
   * @param key its name
   * @param timestamp milliseconds since 1970
   * @param step of the whole training
   */
  record Metric(String key, double value, long timestamp, long step) {
    /** A value under the name that MLflow has for it. */
    Metric {
      key = MlflowBatch.key(key);
    }
  }

  /** A body of so many metrics, at most {@value #MAX_METRICS}. */
  static ObjectNode metrics(List<Metric> metrics) {
    ObjectNode body = MlflowApi.object();
    for (Metric metric : metrics) {
      body.withArray("/metrics")
          .addObject()
          .put("key", metric.key)
          .put("value", metric.value)
          .put("timestamp", metric.timestamp)
          .put("step", metric.step);
    }
    return body;
  }

  /** Bodies of parameters, of which a later one of the same name is left out. Those without a value are, too. */
  static List<ObjectNode> params(Map<String, String> values) {
    SequencedMap<String, String> valid = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (value != null) {
            valid.putIfAbsent(key(name), cut(value, MAX_VALUE_BYTES));
          }
        });
    List<ObjectNode> bodies = new ArrayList<>();
    int count = 0;
    for (Map.Entry<String, String> param : valid.entrySet()) {
      if (count++ % MAX_PARAMS == 0) {
        bodies.add(MlflowApi.object());
      }
      bodies.getLast().withArray("/params").addObject().put("key", param.getKey()).put("value", param.getValue());
    }
    return bodies;
  }

  /** A name of the letters that MLflow takes. */
  private static String key(String name) {
    return cut(name.replaceAll("[^A-Za-z0-9_. /-]", "_"), MAX_KEY_BYTES);
  }

  /** As much of a text as so many bytes of UTF-8 hold, no letter cut in two. */
  private static String cut(String text, int bytes) {
    int end = Math.min(text.length(), bytes);
    while (text.substring(0, end).getBytes(StandardCharsets.UTF_8).length > bytes || splitsPair(text, end)) {
      end--;
    }
    return text.substring(0, end);
  }

  private static boolean splitsPair(String text, int end) {
    return end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
  }
}
