// SPDX-License-Identifier: Apache-2.0

/**
 * Trained networks for other programs to run, in the format of <a href="https://onnx.ai/onnx/">ONNX</a>: {@link
 * io.github.arturo4j.host.export.OnnxExport}. What a layer becomes is a line of {@link
 * io.github.arturo4j.host.export.LayerExport}, and the method that it calls.
 *
 * <p>An ONNX file is a message of <a href="https://protobuf.dev/programming-guides/encoding/">protocol buffers</a>. {@link
 * io.github.arturo4j.host.protobuf.ProtoMessage} writes these, of the four kinds of fields that the format needs. Without classes
 * generated from {@code onnx.proto}, the library protobuf-java (2 MB) would save of it no more than the ten lines of a varint:
 * its stream has to be told the length of each message in front of it, and that of the model's graph is known only when all in
 * it is. With such classes, all weights would be in memory a second time.
 */
package io.github.arturo4j.host.export;
