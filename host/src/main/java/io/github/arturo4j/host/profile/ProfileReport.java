// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.profile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.arturo4j.host.run.RunFolder;
import io.github.arturo4j.host.train.TrainingListener;
import io.github.arturo4j.host.train.TrainingResult;
import io.github.arturo4j.host.train.TrainingStart;
import io.github.arturo4j.kernels.graph.GraphTask;
import io.github.arturo4j.kernels.graph.Phase;
import io.github.arturo4j.kernels.inspect.ExecutionProfile;
import io.github.arturo4j.kernels.inspect.StepProfile;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects the profiles of a training, and leaves {@code profile.csv} and {@code profile.json} in its folder. */
public final class ProfileReport implements TrainingListener {
  private final RunFolder folder;
  private final PrintWriter out;
  private final List<StepProfile> steps = new ArrayList<>();
  private List<GraphTask> tasks = List.of();
  private int launches;
  private int graphs;

  /**
   * Profiles of a training.
   *
   * @param folder where they are left
   * @param out where the table is printed
   */
  public ProfileReport(RunFolder folder, PrintWriter out) {
    this.folder = folder;
    this.out = out;
  }

  @Override
  public void started(TrainingStart start) {
    tasks = start.plan().tasks();
    launches = start.plan().launches();
    graphs = start.plan().graphs();
    start.plan().profile(steps::add);
  }

  @Override
  public void stopped(TrainingResult result) {
    finish();
  }

  @Override
  public void failed(Throwable failure) {
    finish();
  }

  /** Prints the table, and writes it with all measurements. */
  private void finish() {
    if (steps.isEmpty()) {
      out.println("No profile: the training made too few steps, or the device does not tell its times");
      out.flush();
      return;
    }
    ProfileSummary summary = ProfileSummary.of(tasks, steps);
    List<String> table = new ArrayList<>(ProfileTable.lines(summary));
    table.add("launches of a full step: " + launches + ", in graphs of TornadoVM: " + graphs);
    table.forEach(out::println);
    folder.write("profile.csv", csv());
    folder.write("profile.json", json(summary, table));
    out.printf("Profile: %s and profile.json%n", folder.path().resolve("profile.csv"));
    out.flush();
  }

  /** Every measurement, a line each. */
  private String csv() {
    StringBuilder text = new StringBuilder("step,group,item,microseconds,bytes\n");
    for (StepProfile step : steps) {
      ExecutionProfile device = step.device();
      for (GraphTask task : tasks) {
        if (device.kernels().containsKey(task.name())) {
          line(text, step, task.phase().toString(), task.name(), device.kernels().get(task.name()), "");
        }
      }
      line(text, step, "transfers", "copy_in", device.copyIn(), Long.toString(device.bytesIn()));
      line(text, step, "transfers", "copy_out", device.copyOut(), Long.toString(device.bytesOut()));
      line(text, step, "host", "dispatch", device.dispatch(), "");
      line(text, step, "step", "wall", step.wall(), "");
    }
    return text.toString();
  }

  private static void line(StringBuilder text, StepProfile step, String group, String item, long nanos, String bytes) {
    text.append(String.format(Locale.ROOT, "%d,%s,%s,%.3f,%s%n", step.step() + 1, group, item, nanos * 1e-3, bytes));
  }

  /** The means, and the table. */
  private String json(ProfileSummary summary, List<String> table) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("profiledSteps", summary.steps()).put("stepMicros", summary.wall()).put("launches", launches).put("graphs", graphs);
    for (Phase phase : Phase.values()) {
      root.put(phase + "Micros", summary.micros(phase));
    }
    root.put("copyInMicros", summary.copyIn()).put("copyInBytes", summary.bytesIn());
    root.put("copyOutMicros", summary.copyOut()).put("copyOutBytes", summary.bytesOut());
    root.put("hostMicros", summary.host()).put("dispatchMicros", summary.dispatch());
    for (ProfileSummary.Task task : summary.tasks()) {
      ObjectNode node = root.withArray("/tasks").addObject();
      node.put("task", task.name()).put("phase", task.phase().toString()).put("kernelMicros", task.micros());
      if (task.cost() != null) {
        node.put("flops", task.cost().flops());
        node.put("bytesRead", task.cost().bytesRead()).put("bytesWritten", task.cost().bytesWritten());
      }
    }
    table.forEach(root.withArray("/table")::add);
    return root.toPrettyString() + "\n";
  }
}
