// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.store;

import io.github.arturo4j.service.api.NewToken;
import io.github.arturo4j.service.api.Role;
import io.github.arturo4j.service.api.Token;
import java.util.List;
import java.util.Optional;

/** The tokens that open the service. Of a secret only its SHA-256 is kept. */
public interface Tokens {
  /** The token in force that has this secret. */
  Optional<Token> of(String secret);

  /** All, the oldest first. */
  List<Token> all();

  /**
   * Makes one.
   *
   * @throws io.github.arturo4j.service.api.RefusedException if a token in force has that name
   */
  NewToken create(String name, Role role, String who);

  /**
   * Revokes one.
   *
   * @throws io.github.arturo4j.service.api.RefusedException if there is none of that number in force, or it is the last admin's
   */
  void revoke(long id, String who);
}
