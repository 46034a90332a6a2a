// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

import java.time.Instant;

/**
 * What opens the service, without its secret.
 *
 * @param id from 1
 * @param name whose it is
 * @param role what it opens
 * @param created when
 * @param revoked null if it is in force
 */
public record Token(long id, String name, Role role, Instant created, Instant revoked) {}
