// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.export;

import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.data.Normalization;
import io.github.arturo4j.models.data.Preprocessing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What {@link OnnxExport} writes beside the network. Begin with {@link #DEFAULT}: {@code OnnxOptions.DEFAULT
 * .withExamples(Features.Bytes.class, preprocessing).withPreprocessing(true).withOutput(OnnxOutput.SOFTMAX)}.
 *
 * @param examples kind of the features that the network was trained on; of a network that takes tokens it does not count
 * @param normalization of these, or null
 * @param preprocessing whether the model takes the examples as they are, bytes of 0 to 255 as uint8 or floats, and prepares
 *     them; else it takes floats that are prepared, bytes divided by 255 and all normalised
 * @param output what the model puts out
 * @param classNames of its outputs, in their order; empty for none
 * @param metadata more to tell about it
 */
public record OnnxOptions(
    Class<? extends Features> examples, Normalization normalization, boolean preprocessing, OnnxOutput output,
    List<String> classNames, SequencedMap<String, String> metadata) {
  /** Of floats, or tokens, that the network takes as they are; logits of classes without names. */
  public static final OnnxOptions DEFAULT =
      new OnnxOptions(Features.Floats.class, null, false, OnnxOutput.LOGITS, List.of(), new LinkedHashMap<>());

  /** Copies the names and the metadata. */
  public OnnxOptions {
    classNames = List.copyOf(classNames);
    metadata = new LinkedHashMap<>(metadata);
  }

  /** A copy of the metadata. */
  @Override
  public SequencedMap<String, String> metadata() {
    return new LinkedHashMap<>(metadata);
  }

  /** With examples of that kind, prepared like that, of which the random part is left out. */
  public OnnxOptions withExamples(Class<? extends Features> kind, Preprocessing prepared) {
    return new OnnxOptions(kind, prepared.normalization(), preprocessing, output, classNames, metadata);
  }

  /** With the preparation of the examples in the model, or without. */
  public OnnxOptions withPreprocessing(boolean included) {
    return new OnnxOptions(examples, normalization, included, output, classNames, metadata);
  }

  /** With those outputs. */
  public OnnxOptions withOutput(OnnxOutput outputs) {
    return new OnnxOptions(examples, normalization, preprocessing, outputs, classNames, metadata);
  }

  /** With names of the classes, in the order of the outputs; empty for none. */
  public OnnxOptions withClassNames(List<String> names) {
    return new OnnxOptions(examples, normalization, preprocessing, output, names, metadata);
  }

  /** With those entries of the metadata, beside the format's own. */
  public OnnxOptions withMetadata(Map<String, String> entries) {
    return new OnnxOptions(examples, normalization, preprocessing, output, classNames, new LinkedHashMap<>(entries));
  }
}
