// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.JobChange;
import io.github.arturo4j.service.client.ServiceClient;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code arturo change}. */
@Command(
    name = "change",
    mixinStandardHelpOptions = true,
    description = "Changes the name and the labels of a job, and the priority of one that has not ended. What is not given stays.")
final class ChangeCommand extends ServerCommand {
  @Parameters(paramLabel = "ID", description = "The number of the job.")
  long id;

  @Option(names = "--name", paramLabel = "NAME", description = "What to call it.")
  String name;

  @Option(names = "--label", paramLabel = "LABEL", split = ",", description = "Its labels, in place of those it has; may be repeated.")
  List<String> labels;

  @Option(names = "--no-labels", description = "Take its labels away.")
  boolean noLabels;

  @Option(names = "--priority", paramLabel = "N", description = "From 0 to 100, the greater the sooner.")
  Integer priority;

  @Mixin JsonOption json;

  @Override
  void check() {
    if (name == null && labels == null && !noLabels && priority == null) {
      throw new UsageException("there is nothing to change; give --name, --label, --no-labels or --priority");
    }
    if (labels != null && noLabels) {
      throw new UsageException("--label contradicts --no-labels; leave out one of them");
    }
  }

  @Override
  String given(String field) {
    return field.equals("labels") ? "--label" : super.given(field);
  }

  @Override
  int ask(ServiceClient client) {
    Job job = client.change(id, new JobChange(name, noLabels ? List.of() : labels, priority));
    if (json.wanted) {
      JsonOption.print(job, out());
    } else {
      JobWords.printTable(List.of(job), out());
    }
    return 0;
  }
}
