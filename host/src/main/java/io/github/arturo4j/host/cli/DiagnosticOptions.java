// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.events.EventFile;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.host.metrics.MetricsServer;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options on how a training's steps are run and watched. */
final class DiagnosticOptions {
  private static final int MAX_PORT = 65535;
  private static final int MAX_CODE = 255;

  @Option(
      names = "--profile",
      description =
          "Profile up to 200 steps, every fifth, into profile.csv and profile.json of the run folder, and print where a"
              + " step's time goes.")
  boolean profile;

  @Option(
      names = "--cuda-graphs",
      negatable = true,
      description =
          "On TornadoVM's PTX and CUDA backends, record a step as a CUDA graph and replay it: less time between"
              + " kernels. Without it, they are used where a training of a moment comes to the same bits with them, and without"
              + " --profile; with --no-cuda-graphs, nowhere. Untested on a GPU.")
  Boolean cudaGraphs;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description = "Serve metrics for Prometheus at this port, path /metrics (0: any free port).")
  Integer metricsPort;

  @Option(
      names = "--metrics-address",
      paramLabel = "ADDRESS",
      description =
          "Where --metrics-port listens: an address or name of this machine, or 0.0.0.0 for all of them (default: this"
              + " machine's loopback address, which others cannot reach).")
  String metricsAddress;

  @Option(
      names = "--stop-code",
      paramLabel = "N",
      description =
          "The exit code, 1 to 255, where a signal has stopped it and it can go on from a checkpoint, in place of the usual one,"
              + " so that whoever starts it can tell it from one that is done.")
  Integer stopCode;

  @Option(
      names = "--events",
      paramLabel = "FILE",
      description =
          "Append what the training does to this file, a line of JSON for each event, for another program to follow.")
  Path events;

  @Option(names = "--tensorboard", description = "Write the training's curves for TensorBoard into the run folder.")
  boolean tensorBoard;

  /** The file of the events; null if none is wanted. */
  EventFile openEvents() {
    return events == null ? null : new EventFile(events);
  }

  /** The server of the metrics; null if none is wanted. */
  MetricsServer serve() {
    return metricsPort == null ? null : new MetricsServer(metricsAddress, metricsPort);
  }

  /** Throws if the options contradict each other, or a value is out of its range. */
  void check() {
    if (metricsPort != null && (metricsPort < 0 || metricsPort > MAX_PORT)) {
      throw new UsageException(
          "--metrics-port is " + metricsPort + "; it must be between 0 (any free port) and " + MAX_PORT);
    }
    if (stopCode != null && (stopCode < 1 || stopCode > MAX_CODE)) {
      throw new UsageException("--stop-code is " + stopCode + "; it must be an exit code from 1 to " + MAX_CODE);
    }
    if (metricsAddress != null && metricsPort == null) {
      throw new UsageException(
          "--metrics-address is '" + metricsAddress + "', but there is no --metrics-port; give both or none");
    }
    if (metricsAddress != null && metricsAddress.isBlank()) {
      throw new UsageException(
          "--metrics-address is empty; leave it out for this machine alone, or give 0.0.0.0 for every address it has");
    }
    if (profile && Boolean.TRUE.equals(cudaGraphs)) {
      throw new UsageException(
          "--profile contradicts --cuda-graphs: a replayed step cannot be profiled; leave out one of them");
    }
  }
}
