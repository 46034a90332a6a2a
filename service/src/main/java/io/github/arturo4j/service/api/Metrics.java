// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

import java.util.List;
import java.util.Map;

/**
 * The curves of a training so far.
 *
 * @param judgedBy the set that epochs are judged by; null before it is known
 * @param metrics their names
 * @param epochs as the events of type epoch
 * @param steps as the events of type step, thinned
 * @param after bytes of events.jsonl that these are from: behind them the event stream goes on
 */
public record Metrics(
    String judgedBy, List<String> metrics, List<Map<String, Object>> epochs, List<Map<String, Object>> steps,
    long after) {}
