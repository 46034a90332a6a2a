// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The options that a job may set, without their dashes. What names files, devices or ports is for the server alone. */
public final class OptionNames {
  /** How a device computes: of each kind of jobs, and of no experiment. */
  private static final List<String> COMPUTING = List.of("linalg", "precision", "no-autotune", "cuda-graphs");

  private static final List<String> TRAIN =
      List.of(
          "optimizer", "epochs", "batch-size", "seed", "learning-rate", "kl-bound", "mode", "schedule", "warm-up", "loss", "metrics",
          "metric", "validation", "patience", "limit-train", "limit-test", "train-evaluation", "evaluate-at", "initialization",
          "micro-batch", "clip-norm", "clip-value", "freeze", "group");

  private static final List<String> COMPARE =
      List.of(
          "optimizers", "seeds", "epochs", "batch-size", "kl-bound", "mode", "schedule", "warm-up", "loss", "metrics", "metric",
          "validation", "patience", "limit-train", "limit-test", "train-evaluation", "evaluate-at", "initialization", "micro-batch",
          "clip-norm", "clip-value");

  private static final List<String> TUNE =
      List.of(
          "optimizer", "trials", "method", "epochs", "min-epochs", "reduction-factor", "batch-size", "seed", "learning-rate", "kl-bound",
          "mode", "schedule", "warm-up", "loss", "metrics", "metric", "validation", "patience", "limit-train", "limit-test",
          "train-evaluation", "initialization", "micro-batch", "clip-norm", "clip-value", "freeze", "group");

  private static final Map<JobKind, List<String>> ALL =
      Map.of(JobKind.TRAIN, with(TRAIN), JobKind.COMPARE, with(COMPARE), JobKind.TUNE, with(TUNE));

  private static final List<String> TRIAL =
      Stream.concat(Stream.of("limit-train", "limit-test"), COMPUTING.stream()).toList();

  private OptionNames() {}

  /** Those of a kind of jobs, the usual ones first. */
  public static List<String> of(JobKind kind) {
    return ALL.get(kind);
  }

  /** Those that a search's trials have from it; all others are in their experiments. */
  public static List<String> ofTrials() {
    return TRIAL;
  }

  private static List<String> with(List<String> own) {
    return Stream.concat(own.stream(), COMPUTING.stream()).toList();
  }
}
