// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.store;

import io.github.arturo4j.service.api.AuditPage;

/** Who has changed what. */
public interface AuditTrail {
  /**
   * Adds an entry.
   *
   * @param who the name of the token, or the server
   * @param action what was done, such as {@code submit}
   * @param subject to what, such as {@code job 7}
   * @param detail how; null if there is nothing to say
   */
  void add(String who, String action, String subject, String detail);

  /**
   * Entries, the newest first.
   *
   * @param before only those that are older than this one; null for all
   * @param limit how many at most
   */
  AuditPage page(Long before, int limit);
}
