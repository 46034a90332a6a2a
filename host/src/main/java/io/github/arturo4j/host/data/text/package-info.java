// SPDX-License-Identifier: Apache-2.0

/**
 * Text to train language models on: how bytes become tokens ({@link io.github.arturo4j.host.data.text.Tokenizer}), and a file
 * windows of them ({@link io.github.arturo4j.host.data.text.TextExamples}).
 */
package io.github.arturo4j.host.data.text;
