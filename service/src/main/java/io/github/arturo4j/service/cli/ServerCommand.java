// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.service.client.ClientSettings;
import io.github.arturo4j.service.client.ConnectionException;
import io.github.arturo4j.service.client.ServiceClient;
import io.github.arturo4j.service.client.ServiceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that asks a server. */
abstract class ServerCommand implements Callable<Integer> {
  /** Before the names of a job's options. */
  private static final String OPTIONS = "options.";

  @Mixin ServerOptions server;

  @Spec CommandSpec spec;

  /** Does what the command is for; the exit code. */
  abstract int ask(ServiceClient client) throws IOException;

  /** What a field of a request is called on the command line: an option of its name; null if there is none. */
  String given(String field) {
    boolean ofJob = field.startsWith(OPTIONS);
    String option = "--" + Printable.of(ofJob ? field.substring(OPTIONS.length()) : field);
    return ofJob || spec.findOption(option) != null ? option : null;
  }

  /** Refuses what does not fit together, before the server is asked. */
  void check() {}

  @Override
  public final Integer call() throws IOException {
    check();
    ClientSettings settings = server.settings();
    try (ServiceClient client = ServiceClient.connect(settings)) {
      return ask(client);
    } catch (ServiceException e) {
      throw Refusal.of(e, settings, server, this::given);
    } catch (ConnectionException e) {
      throw Refusal.of(e);
    } finally {
      out().flush();
    }
  }

  /**
   * Does something for each of some jobs, also where the server refuses it for one of them.
   *
   * @return the first refusal, which is for the caller to throw, while the others are told; null if there is none
   */
  final ServiceException each(List<Long> ids, LongConsumer action) {
    ServiceException refused = null;
    for (long id : ids) {
      try {
        action.accept(id);
      } catch (ServiceException e) {
        if (refused == null) {
          refused = e;
        } else {
          err().println("arturo: " + Refusal.here(Printable.of(e.detail())));
        }
      }
    }
    return refused;
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
