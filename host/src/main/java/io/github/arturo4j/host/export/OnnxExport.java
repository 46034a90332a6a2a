// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.arturo4j.host.io.AtomicFile;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.protobuf.ProtoMessage;
import io.github.arturo4j.host.run.Versions;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.layer.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;

/**
 * Writes a network and its weights as a model of ONNX, which onnxruntime and others run. It takes {@code input}, [batch,
 * sizes of an example], and puts out {@code output}, [batch, outputs] or [batch, positions, outputs], for batches of any size.
 * Dropout is off, batch normalisations use their running statistics. The tensors have PyTorch's names, as in the run's {@code
 * model.safetensors}.
 *
 * <p>The metadata tell {@code arturo4j.version}, {@code input} and {@code output} in words; {@code class_names}, {@code
 * normalization.mean} and {@code normalization.std} are lists of JSON, if there are such.
 */
public final class OnnxExport {
  /** The first of which GroupNormalization has a weight for each channel: any runtime from the middle of 2024 on knows it. */
  private static final int OPSET = 21;

  /** The one of that opset. */
  private static final int IR_VERSION = 10;

  /** What a message of protocol buffers is smaller than. */
  private static final long LIMIT = Integer.MAX_VALUE;

  private static final String PRODUCER = "arturo4j";
  private static final ObjectMapper JSON = new ObjectMapper();

  private OnnxExport() {}

  /** As {@link #write(Path, Network, Weights, OnnxOptions)}, with {@link OnnxOptions#DEFAULT}. */
  public static void write(Path file, Network network, Weights weights) throws IOException {
    write(file, network, weights, OnnxOptions.DEFAULT);
  }

  /**
   * Writes a model, as a whole or not at all; the weights are not copied.
   *
   * @throws InputException if the network has a layer that is not known here, the options do not fit it, its weights are not
   *     finite, or the file were 2 GiB or more; one line
   * @throws IllegalArgumentException if they are another network's weights; one line
   */
  public static void write(Path file, Network network, Weights weights, OnnxOptions options) throws IOException {
    ProtoMessage model = model(network, weights, options);
    checkSize(network.name(), model.size());
    AtomicFile.write(file, model::writeTo);
  }

  /** A {@code ModelProto}. */
  private static ProtoMessage model(Network network, Weights weights, OnnxOptions options) {
    check(network, weights, options);
    InputExport input = new InputExport(network, options);
    OnnxGraph graph = new OnnxGraph(network, weights);
    String outputs = LayerExport.addAll(network, graph, input.addTo(graph));
    String last = options.output().addTo(graph, outputs);
    ProtoMessage model =
        new ProtoMessage().number(1, IR_VERSION).text(2, PRODUCER).text(3, Versions.arturo4j());
    model.message(7, graph.message(network.name(), input.type(), network.input(), last, outputShape(network)));
    model.message(8, new ProtoMessage().text(1, "").number(2, OPSET));
    metadata(input, options)
        .forEach((key, value) -> model.message(14, new ProtoMessage().text(1, key).text(2, value)));
    return model;
  }

  private static Shape outputShape(Network network) {
    return network.summaries().stream().filter(summary -> summary.depth() == 0).toList().getLast().output();
  }

  private static SequencedMap<String, String> metadata(InputExport input, OnnxOptions options) {
    SequencedMap<String, String> metadata = options.metadata();
    metadata.put("arturo4j.version", Versions.arturo4j());
    metadata.put("input", input.words());
    metadata.put("output", options.output().words());
    if (!options.classNames().isEmpty()) {
      metadata.put("class_names", json(options.classNames()));
    }
    if (options.normalization() != null) {
      metadata.put("normalization.mean", json(options.normalization().mean()));
      metadata.put("normalization.std", json(options.normalization().std()));
    }
    return metadata;
  }

  private static String json(List<?> list) {
    try {
      return JSON.writeValueAsString(list);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void check(Network network, Weights weights, OnnxOptions options) {
    check(network, "parameters", network.parameterCount(), weights.parameters().length);
    check(network, "running statistics", network.bufferCount(), weights.buffers().length);
    weights.notFinite(network)
        .ifPresent(
            what -> {
              throw new InputException(what + "; export the weights of a training that has not diverged");
            });
    int names = options.classNames().size();
    if (names != 0 && names != network.outputs()) {
      throw new InputException(
          "there are " + names + " names of classes and " + network.outputs() + " outputs of " + network.name()
              + "; give one for each, or none");
    }
  }

  private static void check(Network network, String what, int expected, int given) {
    if (given != expected) {
      throw new IllegalArgumentException(network.name() + " has " + expected + " " + what + ", not " + given);
    }
  }

  /** Checks that a model of so many bytes can be read again. */
  static void checkSize(String network, long bytes) {
    if (bytes > LIMIT) {
      throw new InputException(
          "%s would be a file of %,d bytes, and one of ONNX takes 2 GiB at most; hand its model.safetensors on instead".formatted(
              network, bytes));
    }
  }
}
