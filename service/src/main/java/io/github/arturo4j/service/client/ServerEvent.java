// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

/**
 * An event of a stream, as the server sends it.
 *
 * @param id null if it has none
 * @param type message if it says nothing else
 * @param data its lines
 */
record ServerEvent(String id, String type, String data) {}
