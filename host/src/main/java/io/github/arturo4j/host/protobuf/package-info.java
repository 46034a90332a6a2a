// SPDX-License-Identifier: Apache-2.0

/**
 * Messages of protocol buffers, of which we write so few kinds that no compiler of them is needed.
 */
package io.github.arturo4j.host.protobuf;
