// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

/**
 * A token for a cookie.
 *
 * @param token its secret
 */
public record SessionRequest(String token) {}
