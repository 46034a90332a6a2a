// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.export;

import java.util.List;

/** What a model puts out, which its metadata tell. */
public enum OnnxOutput {
  /** What the network does: a logit for each class. */
  LOGITS("logits"),
  /** What the network does: numbers, of a regression. */
  VALUES("values"),
  /** The softmax of what the network puts out: probabilities of classes, which add up to 1. */
  SOFTMAX("probabilities"),
  /** The sigmoid of what the network puts out: a probability each, of several labels that may all be true. */
  SIGMOID("probabilities, each by itself");

  private final String words;

  OnnxOutput(String words) {
    this.words = words;
  }

  /** As the metadata tell it. */
  String words() {
    return words;
  }

  /** Adds what is behind the network's last layer. */
  String addTo(OnnxGraph graph, String value) {
    return switch (this) {
      case LOGITS, VALUES -> value;
      case SOFTMAX -> graph.node("Softmax", "outputs", List.of(value), Attribute.integer("axis", -1));
      case SIGMOID -> graph.node("Sigmoid", "outputs", List.of(value));
    };
  }
}
