// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.service.client.LocalToken;
import io.github.arturo4j.service.client.ServiceClient;
import io.github.arturo4j.service.http.Limits;
import io.github.arturo4j.service.process.JavaCommand;
import io.github.arturo4j.service.queue.DeviceInfo;
import io.github.arturo4j.service.server.AdminToken;
import io.github.arturo4j.service.server.Service;
import io.github.arturo4j.service.server.ServiceOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sun.misc.Signal;

/** {@code arturo serve}. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Serves a page and an interface that take training jobs, and runs these on the devices of this machine.",
      "Ctrl-C or SIGTERM ends it; jobs that run go on, and the next start with the same --home has them. With --stop-jobs, and as the"
          + " first process of a container, it has them write checkpoints first."
    })
final class ServeCommand implements Callable<Integer> {
  private static final int DEFAULT_PORT = 7070;
  private static final int MAX_PORT = 65_535;
  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = "runs/service",
      description = "The server's folder: its database and the jobs' folders (default: ${DEFAULT-VALUE}).")
  Path home;

  @Option(
      names = "--data-root",
      paramLabel = "DIR",
      description = "The folder below which the data of jobs lie (default: 'data' in the server's folder).")
  Path dataRoot;

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Where it listens: an address or name of this machine, or 0.0.0.0 for all of them; put a server that speaks HTTPS in front of"
              + " it there (default: ${DEFAULT-VALUE}, which other machines cannot reach).")
  String address;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "" + DEFAULT_PORT,
      description = "The port (default: ${DEFAULT-VALUE}; 0: any free one).")
  int port;

  @Option(
      names = "--jvm-slots",
      paramLabel = "N",
      defaultValue = "1",
      description = "Jobs that run at a time where there is no accelerator (default: ${DEFAULT-VALUE}).")
  int jvmSlots;

  @Option(
      names = "--job-opts",
      paramLabel = "OPTIONS",
      description =
          "Options of the JVM for jobs, separated by blanks, such as --job-opts=-Xmx16g, in place of those in ARTURO_OPTS, which then"
              + " hold for the server alone.")
  String jobOptions;

  @Option(
      names = "--stop-seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "With --stop-jobs: how long jobs may take to write their checkpoints (default: ${DEFAULT-VALUE}).")
  int stopSeconds;

  @Option(
      names = "--stop-jobs",
      description = "Has jobs write checkpoints before it ends, for where they would end with it, as in a container; the next start goes"
          + " on with them. The first process of a container does so unasked.")
  boolean stopJobs;

  @Option(
      names = "--new-admin-token",
      description =
          "Make a new token for the administrator whose token was lost, print it and end; the token before opens nothing any more. The"
              + " server must not be running.")
  boolean newAdminToken;

  /** For the launcher, which has Java keep what it does at a start. */
  @Option(names = "--until-ready", hidden = true, description = "End once it answers.")
  boolean untilReady;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    check();
    PrintWriter out = spec.commandLine().getOut();
    if (newAdminToken) {
      renew(out);
      return 0;
    }
    ServiceOptions options =
        new ServiceOptions(
            home, dataRoot == null ? home.resolve("data") : dataRoot, address, port, jvmSlots, new JavaCommand(options(jobOptions)),
            Limits.STANDARD);
    CountDownLatch end = new CountDownLatch(1);
    SIGNALS.forEach(name -> Signal.handle(new Signal(name), _ -> end.countDown()));
    try (Service service = Service.start(options)) {
      if (untilReady) {
        ask(service);
        return 0;
      }
      announce(service, options, out);
      end.await();
      if ((stopJobs || ProcessHandle.current().pid() == 1) && !service.stopJobs(Duration.ofSeconds(stopSeconds))) {
        spec.commandLine().getErr()
            .println("arturo: not all jobs have stopped within --stop-seconds " + stopSeconds + "; they go on from their last checkpoints");
      }
    }
    out.println("Stopped");
    out.flush();
    return 0;
  }

  /** Their words; null for none given. */
  private static List<String> options(String text) {
    return text == null ? null : Stream.of(text.split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  /** Has the server answer, as it will the first client. */
  private void ask(Service service) {
    URI own = URI.create("http://127.0.0.1:" + service.port());
    try (ServiceClient client = ServiceClient.connect(own, service.newSecret().orElse(null))) {
      client.devices();
    }
  }

  private void check() {
    if (port < 0 || port > MAX_PORT) {
      throw new UsageException("--port is " + port + "; it must be between 0 (any free port) and " + MAX_PORT);
    }
    if (stopSeconds < 0) {
      throw new UsageException("--stop-seconds is " + stopSeconds + "; it must be 0 or more");
    }
    if (address.isBlank()) {
      throw new UsageException("--address is empty; leave it out for this machine alone, or give 0.0.0.0 for every address it has");
    }
  }

  private void renew(PrintWriter out) {
    AdminToken renewed = AdminToken.renew(home);
    renewed.revoked().ifPresent(token -> out.printf("Token %d of '%s' is revoked%n", token.id(), token.name()));
    tell(renewed.secret(), port, out);
    out.flush();
  }

  private void announce(Service service, ServiceOptions options, PrintWriter out) {
    String devices = service.devices().stream().map(ServeCommand::words).collect(Collectors.joining(", "));
    out.printf("Serving %s with the jobs of '%s'; data below '%s'%n", devices, options.home(), options.dataRoot());
    out.printf("http://%s:%d/%n", host(), service.port());
    service.newSecret().ifPresent(secret -> tell(secret, service.port(), out));
    if (!isLoopback()) {
      spec.commandLine().getErr()
          .println("arturo: other machines reach it without encryption; put a server that speaks HTTPS in front of it");
    }
    out.flush();
  }

  private void tell(String secret, int at, PrintWriter out) {
    out.printf("Admin token, told this once: %s%n", secret);
    if (at == 0) {
      return; // whose server nobody knows the port of yet
    }
    try {
      LocalToken.write(at, secret);
      out.printf("'arturo submit' and its like find it in '%s', which only you can read%n", LocalToken.file(at));
    } catch (IOException e) {
      out.println("'arturo submit' and its like take it from ARTURO_TOKEN");
    }
  }

  private static String words(DeviceInfo device) {
    return device.name() + (device.slots() == 1 ? "" : " (" + device.slots() + " slots)");
  }

  private String host() {
    return address.equals("0.0.0.0") ? "localhost" : address.contains(":") ? "[" + address + "]" : address;
  }

  private boolean isLoopback() {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
