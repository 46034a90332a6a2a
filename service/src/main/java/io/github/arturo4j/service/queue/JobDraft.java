// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.JobRequest;
import io.github.arturo4j.service.api.RefusedException;
import io.github.arturo4j.service.api.RefusedException.Kind;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.process.Mpirun;
import io.github.arturo4j.service.store.StoredJob;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a job of a request, every value checked. */
final class JobDraft {
  private static final int PRIORITY = 50;
  private static final int MAX_PRIORITY = 100;
  private static final int MAX_NAME = 100;
  private static final int MAX_LABEL = 60;
  private static final int MAX_LABELS = 20;

  private final JobCheck check;
  private final DataRoot data;
  private final List<DeviceInfo> devices;

  JobDraft(DataRoot data, Path work, List<DeviceInfo> devices) {
    this.check = new JobCheck(data, work);
    this.data = data;
    this.devices = devices;
  }

  /** The job, which has no number yet; errors as {@link Jobs#submit}. */
  StoredJob of(JobRequest request, String who, Instant now) {
    JobKind kind = request.kind() == null ? JobKind.TRAIN : request.kind();
    Map<String, Object> options = request.options() == null ? Map.of() : new LinkedHashMap<>(request.options());
    boolean own = request.experimentYaml() != null;
    if (own == (request.experiment() != null)) {
      throw new RefusedException(
          Kind.INVALID, own ? "experimentYaml" : "experiment",
          own
              ? "experiment and experimentYaml are both there; leave one out"
              : "there is no experiment; name a built-in one, or give experimentYaml");
    }
    if (request.dataset() != null) {
      data.dataset(request.dataset());
    }
    Collection<Experiment> found =
        own
            ? check.own(kind, request.experimentYaml(), request.dataset() != null, options)
            : check.builtIn(kind, request.experiment(), options);
    String experiment = found.iterator().next().name();
    String name = request.name() == null ? experiment : name(request.name());
    return new StoredJob(
        0, kind, name, own ? experiment : request.experiment(), own, options, request.dataset(),
        request.labels() == null ? List.of() : labels(request.labels()),
            request.priority() == null ? PRIORITY : priority(request.priority()),
        devices(request), request.device(), State.QUEUED, false, null, null, null, 0, now, who, now, null, null, null, null, null);
  }

  /** Checks other options of a job that is there; its experiments with them. */
  Collection<Experiment> check(StoredJob job, String yaml, Map<String, Object> options) {
    return job.bringsExperiment()
        ? check.own(job.kind(), yaml, job.dataset() != null, options)
        : check.builtIn(job.kind(), job.experiment(), options);
  }

  static String name(String name) {
    if (name.isBlank() || name.length() > MAX_NAME || !Printable.of(name).equals(name)) {
      throw new RefusedException(
          Kind.INVALID, "name", "name is '" + Printable.of(name) + "'; it must have 1 to " + MAX_NAME + " characters that can be printed");
    }
    return name;
  }

  static int priority(int priority) {
    if (priority < 0 || priority > MAX_PRIORITY) {
      throw new RefusedException(Kind.INVALID, "priority", "priority is " + priority + "; it must be between 0 and " + MAX_PRIORITY);
    }
    return priority;
  }

  static List<String> labels(List<String> labels) {
    for (String label : labels) {
      if (label == null || label.isBlank() || label.length() > MAX_LABEL || label.contains(",") || !Printable.of(label).equals(label)) {
        throw new RefusedException(
            Kind.INVALID, "labels",
            "labels has '" + Printable.of(String.valueOf(label)) + "'; a label has 1 to " + MAX_LABEL + " characters that can be"
                + " printed, and no comma");
      }
    }
    if (labels.size() > MAX_LABELS) {
      throw new RefusedException(Kind.INVALID, "labels", "there are " + labels.size() + " labels; " + MAX_LABELS + " are the most");
    }
    return labels.stream().distinct().toList();
  }

  private int devices(JobRequest request) {
    int wanted = request.devices() == null ? 1 : request.devices();
    List<DeviceInfo> its =
        devices.stream().filter(device -> request.device() == null || device.id().equals(request.device())).toList();
    if (its.isEmpty()) {
      throw new RefusedException(
          Kind.INVALID, "device",
          "device is '" + request.device() + "'; there are " + String.join(", ", devices.stream().map(DeviceInfo::id).toList()));
    }
    int all = its.stream().mapToInt(DeviceInfo::slots).sum();
    if (wanted < 1 || wanted > all) {
      throw new RefusedException(
          Kind.INVALID, "devices", "devices is " + wanted + "; it must be between 1 and " + all + ", as many as there are here");
    }
    if (wanted > 1 && !Mpirun.isThere()) {
      throw new RefusedException(
          Kind.INVALID, "devices",
          "devices is " + wanted + ", but there is no mpirun on the server, which starts a process for each; ask for one device, or"
              + " have MPI installed there (Debian: openmpi-bin)");
    }
    return wanted;
  }
}
