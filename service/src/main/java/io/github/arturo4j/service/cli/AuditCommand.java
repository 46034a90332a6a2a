// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.service.api.AuditEntry;
import io.github.arturo4j.service.client.ServiceClient;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code arturo audit}. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Lists who has changed what on a server, the newest first (role admin).")
final class AuditCommand extends ServerCommand {
  private static final int PAGE = 1_000;

  @Mixin LimitOption limit;

  @Mixin JsonOption json;

  @Override
  void check() {
    limit.check();
  }

  @Override
  int ask(ServiceClient client) {
    List<AuditEntry> entries = client.administration().auditTrail(Math.min(limit.most, PAGE)).limit(limit.most).toList();
    if (json.wanted) {
      JsonOption.print(entries, out());
      return 0;
    }
    Table table = new Table("time", "who", "action", "subject", "detail");
    for (AuditEntry entry : entries) {
      table.add(JobWords.time(entry.time()), entry.who(), entry.action(), entry.subject(), entry.detail());
    }
    table.print(out());
    return 0;
  }
}
