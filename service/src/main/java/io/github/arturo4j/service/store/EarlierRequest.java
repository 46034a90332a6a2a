// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.store;

/**
 * A request that came with a key.
 *
 * @param hash SHA-256 of what it asked for
 * @param job what it has made
 */
public record EarlierRequest(byte[] hash, long job) {}
