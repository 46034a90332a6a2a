// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

import java.util.List;

/**
 * The tokens.
 *
 * @param tokens the oldest first
 */
public record TokenList(List<Token> tokens) {}
