// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.arturo4j.host.data.table.TableSchema;
import io.github.arturo4j.host.data.text.Tokenizer;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.layer.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * What a network takes and puts out, and what it means: known from the training examples, and kept with the network.
 *
 * @param input sizes of an example's features
 * @param features what they are made of
 * @param targets what is predicted
 * @param outputs values that the network puts out for an example: one for each class, or for each number
 * @param classes names of the classes, in the order of their labels; null if they have none
 * @param table how rows become features and targets; null if they are none
 * @param merges how bytes of a text become tokens, see {@link Tokenizer#merges}; null if they are none
 */
public record DataSchema(
    List<Integer> input, FeatureKind features, TargetKind targets, int outputs,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<String> classes,
    @JsonInclude(JsonInclude.Include.NON_NULL) TableSchema table,
    @JsonInclude(JsonInclude.Include.NON_NULL) String merges) {
  /** Checks the values. */
  public DataSchema {
    if (input == null || input.isEmpty() || input.stream().anyMatch(size -> size == null || size < 1)) {
      throw new IllegalArgumentException("input is " + input + "; it must be sizes of at least 1, such as [3, 32, 32]");
    }
    if (features == null || targets == null) {
      throw new IllegalArgumentException("a schema has features, which are bytes, floats or tokens, and targets");
    }
    if (outputs < (targets == TargetKind.values ? 1 : 2)) {
      throw new IllegalArgumentException("outputs is " + outputs + "; it must be at least 1, and 2 of classes");
    }
    if (classes != null && classes.size() != outputs) {
      throw new IllegalArgumentException("classes has " + classes.size() + " names; it must have one for each output, " + outputs);
    }
    input = List.copyOf(input);
    classes = classes == null ? null : List.copyOf(classes);
  }

  /** Of training examples whose classes have no names. */
  public static DataSchema of(Examples train) {
    return of(train, null, null);
  }

  /** Of training examples. */
  static DataSchema of(Examples train, List<String> classes, TableSchema table) {
    int outputs =
        switch (train.targets()) {
          case Targets.Classes of -> of.classes();
          case Targets.Values of -> of.width();
        };
    return new DataSchema(
        Arrays.stream(train.shape().sizes()).boxed().toList(), FeatureKind.of(train.features()),
        TargetKind.of(train.targets()), outputs, classes, table, null);
  }

  /** The same with other outputs, whose classes have no names. */
  public DataSchema withOutputs(int others) {
    return new DataSchema(input, features, targets, others, null, null, null);
  }

  /** The same of a text's tokens. */
  DataSchema withTokens(String itsMerges) {
    return new DataSchema(input, features, targets, outputs, classes, table, itsMerges);
  }

  /** What makes tokens of a text. */
  public Tokenizer tokenizer() {
    if (merges == null) {
      throw new IllegalStateException("the features are no text's tokens");
    }
    return Tokenizer.parse(merges);
  }

  /** Shape of an example's features. */
  public Shape shape() {
    return new Shape(input.stream().mapToInt(Integer::intValue).toArray());
  }

  /** What examples are, for people. */
  public String words() {
    return table != null ? "rows" : merges != null ? "windows" : features == FeatureKind.bytes ? "images" : "examples";
  }

  /** What the outputs are, for people. */
  public String outputWords() {
    return targets == TargetKind.values ? "values" : merges != null ? "tokens" : "classes";
  }

  /** The class of the features. */
  public Class<? extends Features> featuresType() {
    return features.type();
  }

  /** The name of a class: its number if it has none. */
  public String className(int label) {
    return classes == null ? Integer.toString(label) : classes.get(label);
  }
}
