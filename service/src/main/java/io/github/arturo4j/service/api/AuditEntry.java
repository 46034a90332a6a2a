// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

import java.time.Instant;

/**
 * Something that was changed.
 *
 * @param id from 1
 * @param time when
 * @param who the name of the token, or the server
 * @param action what was done
 * @param subject to what
 * @param detail how; null if there is nothing to say
 */
public record AuditEntry(long id, Instant time, String who, String action, String subject, String detail) {}
