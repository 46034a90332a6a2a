// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

/**
 * A token that was made.
 *
 * @param token what it is
 * @param secret what to send; it is told once
 */
public record NewToken(Token token, String secret) {}
