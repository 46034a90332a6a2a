// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.store;

import io.github.arturo4j.service.api.NewToken;
import io.github.arturo4j.service.api.Token;
import java.util.Optional;

/**
 * A token that was made in the place of another.
 *
 * @param made the new one
 * @param revoked the other, as it was in force; nothing if there was none of that name
 */
public record Replacement(NewToken made, Optional<Token> revoked) {}
