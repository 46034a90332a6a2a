// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.JobRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a request for a job; what is not said is the server's default. The server checks the values. */
public final class NewJob {
  private final JobKind kind;
  private final Map<String, Object> options = new LinkedHashMap<>();
  private final List<String> labels = new ArrayList<>();
  private String experiment;
  private String yaml;
  private String dataset;
  private String name;
  private Integer priority;
  private Integer devices;
  private String device;

  private NewJob(JobKind kind) {
    this.kind = kind;
  }

  /** One that trains a network. */
  public static NewJob training() {
    return new NewJob(JobKind.TRAIN);
  }

  /** One that compares optimizers. */
  public static NewJob comparison() {
    return new NewJob(JobKind.COMPARE);
  }

  /** One that looks for an experiment's best values. */
  public static NewJob search() {
    return new NewJob(JobKind.TUNE);
  }

  /** Of a built-in experiment. */
  public NewJob experiment(String builtIn) {
    experiment = builtIn;
    return this;
  }

  /** Of an experiment in YAML, in place of a built-in one. */
  public NewJob yaml(String text) {
    yaml = text;
    return this;
  }

  /**
   * With an option of {@code arturo train}, {@code compare} or {@code tune}.
   *
   * @param option its name without dashes
   * @param value a text, a number, a Boolean, or a list of texts for an option that is given several times
   */
  public NewJob option(String option, Object value) {
    options.put(option, value);
    return this;
  }

  /** On a data set below the server's data root, in place of the experiment's own. */
  public NewJob dataset(String wanted) {
    dataset = wanted;
    return this;
  }

  /** Called so, in place of the experiment's name. */
  public NewJob name(String wanted) {
    name = wanted;
    return this;
  }

  /** With another label, by which it is found. */
  public NewJob label(String wanted) {
    labels.add(wanted);
    return this;
  }

  /** From 0 to 100, the greater the sooner. */
  public NewJob priority(Integer wanted) {
    priority = wanted;
    return this;
  }

  /** On so many devices. */
  public NewJob devices(Integer wanted) {
    devices = wanted;
    return this;
  }

  /** On this device only. */
  public NewJob device(String wanted) {
    device = wanted;
    return this;
  }

  /** The request. */
  public JobRequest request() {
    return new JobRequest(
        kind, experiment, yaml, options.isEmpty() ? null : new LinkedHashMap<>(options), dataset, name,
        labels.isEmpty() ? null : List.copyOf(labels), priority, devices, device);
  }
}
