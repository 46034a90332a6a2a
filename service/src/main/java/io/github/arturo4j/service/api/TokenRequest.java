// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

/**
 * A token that is wanted.
 *
 * @param name whose it is
 * @param role what it opens
 */
public record TokenRequest(String name, Role role) {}
