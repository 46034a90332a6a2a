// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.io.RegularFile;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.service.api.DatasetFile;
import io.github.arturo4j.service.client.ServiceClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code arturo upload}. */
@Command(
    name = "upload",
    mixinStandardHelpOptions = true,
    description = "Stores files in a data set of a server, each whole or not at all; one of the same name is replaced.")
final class UploadCommand extends ServerCommand {
  @Parameters(paramLabel = "NAME", index = "0", description = "The data set, which is made if it is not there.")
  String dataset;

  @Parameters(paramLabel = "FILE", index = "1..*", arity = "1..*", description = "The files.")
  List<Path> files;

  @Mixin JsonOption json;

  /** Nothing is sent if one of them cannot be. */
  @Override
  void check() {
    for (Path file : files) {
      try {
        RegularFile.check(file);
        if (!Files.exists(file)) {
          throw new NoSuchFileException(file.toString());
        }
        if (Files.isDirectory(file)) {
          throw new IOException("it is a folder");
        }
        Files.newInputStream(file).close();
      } catch (IOException e) {
        throw new UsageException(
            Printable.of("cannot read '" + file + "': " + Reason.of(e) + "; name files, nothing was sent"), e);
      }
    }
  }

  @Override
  int ask(ServiceClient client) throws IOException {
    List<DatasetFile> stored = new ArrayList<>();
    for (Path file : files) {
      DatasetFile one = client.upload(dataset, file);
      stored.add(one);
      if (!json.wanted) {
        out().printf("%s/%s: %,d bytes%n", one.dataset(), one.file(), one.bytes());
        out().flush();
      }
    }
    if (json.wanted) {
      JsonOption.print(stored, out());
    }
    return 0;
  }
}
