// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.profile.ProfileReport;
import io.github.arturo4j.kernels.Devices;
import io.github.arturo4j.models.TrainingPlan;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** Options on how a training's steps are run and looked at. */
final class DiagnosticOptions {
  @Option(
      names = "--profile",
      description =
          "Profile up to 200 steps, every fifth, into profile.csv and profile.json of the run folder, and print where a"
              + " step's time goes.")
  boolean profile;

  @Option(
      names = "--cuda-graphs",
      description =
          "On TornadoVM's PTX and CUDA backends, record a step as a CUDA graph and replay it: less time between"
              + " kernels. Untested on a GPU.")
  boolean cudaGraphs;

  private final ProfileReport report = new ProfileReport();
  private boolean replay;

  /** Throws if the options contradict each other. */
  void check() {
    if (profile && cudaGraphs) {
      throw new Failures.UsageException(
          "--profile contradicts --cuda-graphs: a replayed step cannot be profiled; leave out one of them", null);
    }
  }

  /** Finds out what the device can do, and says what it cannot. */
  void announce(Devices.Entry device, PrintWriter out) {
    TornadoVMBackendType backend = device.device().getTornadoVMBackend();
    replay = cudaGraphs && (backend == TornadoVMBackendType.PTX || backend == TornadoVMBackendType.CUDA);
    if (cudaGraphs && !replay) {
      out.printf("--cuda-graphs: the backend %s has none; training goes on without them%n", backend);
      out.flush();
    }
  }

  /** Gets a plan ready before its first step. */
  void setUp(TrainingPlan plan) {
    if (profile) {
      report.begin(plan.tasks());
      plan.profile(report::add);
    }
    if (replay) {
      plan.replayAsCudaGraph();
    }
  }

  /** Writes and prints what was found out, after the last step. */
  void finish(Path folder, PrintWriter out) {
    if (profile) {
      report.finish(folder, out);
    }
  }
}
