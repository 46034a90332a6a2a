// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.service.client.ClientSettings;
import io.github.arturo4j.service.client.ConnectionException;
import io.github.arturo4j.service.client.ServiceClient;
import io.github.arturo4j.service.client.ServiceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that asks a server. */
abstract class ServerCommand implements Callable<Integer> {
  @Mixin ServerOptions server;

  @Spec CommandSpec spec;

  /** Does what the command is for; the exit code. */
  abstract int ask(ServiceClient client) throws IOException;

  /** Refuses what does not fit together, before the server is asked. */
  void check() {}

  @Override
  public final Integer call() throws IOException {
    check();
    ClientSettings settings = server.settings();
    try (ServiceClient client = ServiceClient.connect(settings)) {
      return ask(client);
    } catch (ServiceException e) {
      throw Refusal.of(e, settings, server);
    } catch (ConnectionException e) {
      throw Refusal.of(e);
    } finally {
      out().flush();
    }
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
