// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.service.api.DatasetInfo;
import io.github.arturo4j.service.client.ServiceClient;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code arturo datasets}. */
@Command(name = "datasets", mixinStandardHelpOptions = true, description = "Lists the data sets of a server.")
final class DatasetsCommand extends ServerCommand {
  @Mixin JsonOption json;

  @Override
  int ask(ServiceClient client) {
    List<DatasetInfo> datasets = client.datasets();
    if (json.wanted) {
      JsonOption.print(datasets, out());
    } else if (datasets.isEmpty()) {
      out().println("There are no data sets; 'arturo upload NAME FILE' makes one");
    } else {
      Table table = new Table("name", "files", "bytes");
      datasets.forEach(set -> table.add(set.name(), set.files(), "%,d".formatted(set.bytes())));
      table.print(out());
    }
    return 0;
  }
}
