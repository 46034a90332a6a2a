// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.service.api.Artifact;
import io.github.arturo4j.service.client.ServiceClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code arturo fetch}. */
@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    description = {
      "Brings the files of a job's run folder here, for 'evaluate', 'predict', 'export' or --resume.",
      "Each is checked and put in its place whole. The same command again brings what is new, and goes on where it was cut off."
    })
final class FetchCommand extends ServerCommand {
  @Parameters(paramLabel = "ID", description = "The number of the job.")
  long id;

  @Parameters(paramLabel = "FILE", index = "1..*", arity = "0..*", description = "Its files that are wanted (default: all).")
  List<String> files = List.of();

  @Option(names = "--out", paramLabel = "DIR", description = "The folder for them (default: runs/job-ID).")
  Path out;

  @Mixin JsonOption json;

  @Override
  int ask(ServiceClient client) {
    Path folder = out == null ? Path.of("runs", "job-" + id) : out;
    List<Artifact> wanted = wanted(client.artifacts(id));
    wanted.forEach(artifact -> place(folder, artifact)); // nothing is written if one has no place
    for (Artifact artifact : wanted) {
      Path place = place(folder, artifact);
      makeFolder(place.getParent());
      client.download(id, artifact.name(), place);
      if (!json.wanted) {
        out().println(Printable.of(place.toString()));
        out().flush();
      }
    }
    if (json.wanted) {
      JsonOption.print(wanted, out());
    }
    return 0;
  }

  private List<Artifact> wanted(List<Artifact> all) {
    for (String file : files) {
      if (all.stream().noneMatch(artifact -> artifact.name().equals(file))) {
        String names = all.stream().map(Artifact::name).collect(Collectors.joining(", "));
        throw new UsageException(
            "job " + id + " has no file '" + Printable.value(file) + "'; there "
                + (all.isEmpty() ? "are none yet" : "are: " + Printable.of(names)));
      }
    }
    return all.stream().filter(artifact -> files.isEmpty() || files.contains(artifact.name())).toList();
  }

  /** A server may not say where on this machine it writes. */
  private static Path place(Path folder, Artifact artifact) {
    Path place = folder.resolve(artifact.name()).normalize();
    if (!place.startsWith(folder.normalize()) || place.equals(folder.normalize()) || Path.of(artifact.name()).isAbsolute()) {
      throw new OperationException(
          "the server names a file '" + Printable.value(artifact.name()) + "', which would be outside of the folder; nothing was fetched,"
              + " name the files that are wanted");
    }
    return place;
  }

  private static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UsageException(
          Printable.of("--out: the folder '" + folder + "' cannot be made: " + Reason.of(e) + "; name another one"), e);
    }
  }
}
