// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * An optimizer for each group of a model's parameters, with values, state and, for arTuRO, KL bound and η of its own. A
 * step collects a group's values and gradients, lets its optimizer see nothing else, and puts the values back: 32 bytes a
 * parameter more than without groups.
 */
public final class GroupedOptimizer implements Optimizer {
  /** For a parameter: index, value and gradient, and copies of the last two; back again, index, value and a copy. */
  private static final int BYTES = 8 * Integer.BYTES;

  /** Between a group's name and that of its optimizer's array. */
  private static final String IN = "/";

  private final String name;
  private final List<ParameterGroup> groups;
  private final FloatArray control = new FloatArray(1);
  private final List<Packed> packed = new ArrayList<>();
  private FloatArray values;
  private int size;

  /**
   * An optimizer for one graph.
   *
   * @param name of the optimizers in it
   * @param groups which have all parameters, each in one of them
   */
  public GroupedOptimizer(String name, List<ParameterGroup> groups) {
    this.name = name;
    this.groups = List.copyOf(groups);
    gradientScale(1);
  }

  @Override
  public String name() {
    return name;
  }

  /** The groups, in their order. */
  public List<ParameterGroup> groups() {
    return groups;
  }

  private List<ParameterGroup> trained() {
    return groups.stream().filter(group -> !group.frozen()).toList();
  }

  /**
   * A group's parameters one behind the other.
   *
   * @param optimizer what trains them
   * @param indices where each is among all
   * @param parameters their copies
   */
  private record Packed(Optimizer optimizer, IntArray indices, Parameters parameters) {
    static Packed of(ParameterGroup group) {
      List<ParameterSlice> slices = new ArrayList<>();
      int offset = 0;
      for (ParameterSlice slice : group.slices()) {
        slices.add(new ParameterSlice(slice.name(), offset, slice.shape(), slice.norm()));
        offset += slice.size();
      }
      Parameters copies = new Parameters(new FloatArray(offset), new FloatArray(offset), slices);
      return new Packed(group.optimizer(), IntArray.fromArray(group.indices()), copies);
    }

    void addGather(KernelGraph graph, FloatArray values) {
      graph.once(indices);
      String task = graph.task("gatherValues");
      graph.cost(task, Cost.elements(parameters.size(), 0, 2, 1));
      graph.add(g -> g.task(task, GroupedOptimizer::gather, values, indices, parameters.values()));
    }

    void addGather(KernelGraph graph, Parameters all, FloatArray control) {
      graph.once(indices);
      String task = graph.task("gatherGroup");
      graph.cost(task, Cost.elements(parameters.size(), 1, 3, 2));
      graph.add(
          g ->
              g.task(
                  task, GroupedOptimizer::gatherAll, all.values(), all.gradients(), control, indices, parameters.values(),
                  parameters.gradients()));
    }

    /** Gives the host's copies what the parameters are before the first step: an optimizer may want to know their size. */
    void takeValues(FloatArray values) {
      for (int i = 0; i < indices.getSize(); i++) {
        parameters.values().set(i, values.get(indices.get(i)));
      }
    }

    void addScatter(KernelGraph graph, FloatArray values) {
      String task = graph.task("scatterGroup");
      graph.cost(task, Cost.elements(parameters.size(), 0, 2, 1));
      graph.add(g -> g.task(task, GroupedOptimizer::scatter, parameters.values(), indices, values));
    }
  }

  private List<Packed> pack(Parameters parameters) {
    values = parameters.values();
    size = parameters.size();
    if (groups.stream().mapToInt(ParameterGroup::size).sum() != size) {
      throw new IllegalArgumentException("the groups are to have all " + size + " parameters, each in one of them");
    }
    if (packed.isEmpty()) {
      trained().forEach(group -> packed.add(Packed.of(group)));
    }
    return packed;
  }

  @Override
  public boolean samples() {
    return trained().stream().anyMatch(group -> group.optimizer().samples());
  }

  @Override
  public void addBefore(KernelGraph graph, Parameters all) {
    for (Packed group : pack(all)) {
      if (group.optimizer.samples()) {
        group.addGather(graph, all.values());
        group.optimizer.addBefore(graph, group.parameters);
        group.addScatter(graph, all.values());
      }
    }
  }

  @Override
  public void addTo(KernelGraph graph, Parameters all) {
    graph.everyTime(control);
    for (Packed group : pack(all)) {
      group.addGather(graph, all, control);
      group.optimizer.addTo(graph, group.parameters);
      group.addScatter(graph, all.values());
    }
  }

  @Override
  public void seed(long seed) {
    trained().forEach(group -> group.optimizer().seed(seed + groups.indexOf(group)));
  }

  /** A group's values. */
  static void gather(FloatArray values, IntArray indices, FloatArray groupValues) {
    for (@Parallel int i = 0; i < indices.getSize(); i++) {
      groupValues.set(i, values.get(indices.get(i)));
    }
  }

  /** A group's values, and its gradients times their scale. */
  static void gatherAll(
      FloatArray values, FloatArray gradients, FloatArray control, IntArray indices, FloatArray groupValues,
      FloatArray groupGradients) {
    for (@Parallel int i = 0; i < indices.getSize(); i++) {
      int index = indices.get(i);
      groupValues.set(i, values.get(index));
      groupGradients.set(i, gradients.get(index) * control.get(GRADIENT_SCALE));
    }
  }

  /** A group's values back to their places. */
  static void scatter(FloatArray groupValues, IntArray indices, FloatArray values) {
    for (@Parallel int i = 0; i < indices.getSize(); i++) {
      values.set(indices.get(i), groupValues.get(i));
    }
  }

  @Override
  public void prepare(long step, double rate) {
    if (step == 1) {
      packed.forEach(group -> group.takeValues(values));
    }
    trained().forEach(group -> group.optimizer().prepare(step, rate * group.rateFactor()));
  }

  @Override
  public FloatArray control() {
    return control;
  }

  @Override
  public void reporting(boolean on) {
    trained().forEach(group -> group.optimizer().reporting(on));
  }

  @Override
  public SequencedMap<String, WeightStatistics> statistics(Map<String, float[]> saved) {
    SequencedMap<String, WeightStatistics> statistics = new LinkedHashMap<>();
    for (ParameterGroup group : trained()) {
      group.optimizer().statistics(of(group, saved)).values().forEach(own -> statistics.put(group.name(), own));
    }
    return statistics;
  }

  @Override
  public SequencedMap<String, StepReport> reports(TornadoExecutionResult lastStep) {
    SequencedMap<String, StepReport> reports = new LinkedHashMap<>();
    trained().forEach(group -> reports.put(group.name(), group.optimizer().report(lastStep)));
    return reports;
  }

  /**
   * The groups' reports in one: η of the group with most parameters, the sums of the bounds and the KLs taken, the mean
   * innovation and the share of negative curvatures over all, and the most steps that were skipped in a group.
   */
  @Override
  public StepReport report(TornadoExecutionResult lastStep) {
    double eta = Double.NaN;
    double bound = 0;
    double kl = 0;
    double klOfPrecisions = 0;
    double innovation = 0;
    double negative = 0;
    long skipped = 0;
    int largest = 0;
    int all = 0;
    for (ParameterGroup group : trained()) {
      StepReport report = group.optimizer().report(lastStep);
      if (group.size() > largest) {
        largest = group.size();
        eta = report.eta();
      }
      bound += report.bound();
      kl += report.klTaken();
      klOfPrecisions += report.klCovariance();
      innovation += report.innovation() * group.size();
      negative += report.negativeCurvature() * group.size();
      all += group.size();
      skipped = Math.max(skipped, report.skippedSteps());
    }
    return new StepReport(bound, eta, kl, klOfPrecisions, innovation / all, negative / all, skipped);
  }

  /** That of each group's optimizer; the greatest number there is for parameters that are frozen, and so are certain. */
  @Override
  public float[] precision(TornadoExecutionResult lastStep) {
    float[] precision = new float[size];
    Arrays.fill(precision, Float.MAX_VALUE);
    for (ParameterGroup group : trained()) {
      float[] own = group.optimizer().precision(lastStep);
      if (own.length == 0) {
        return own;
      }
      int[] indices = group.indices();
      for (int i = 0; i < own.length; i++) {
        precision[indices[i]] = own[i];
      }
    }
    return precision;
  }

  @Override
  public Map<String, float[]> save(TornadoExecutionResult lastStep) {
    Map<String, float[]> all = new LinkedHashMap<>();
    for (ParameterGroup group : trained()) {
      group.optimizer().save(lastStep).forEach((array, values) -> all.put(group.name() + IN + array, values));
    }
    return all;
  }

  @Override
  public void check(int parameters, Map<String, float[]> state) {
    for (String array : state.keySet()) {
      if (trained().stream().noneMatch(group -> array.startsWith(group.name() + IN))) {
        throw new IllegalArgumentException(
            "the optimizer's state has '" + array + "', of none of its groups: "
                + String.join(", ", trained().stream().map(ParameterGroup::name).toList()));
      }
    }
    for (ParameterGroup group : trained()) {
      try {
        group.optimizer().check(group.size(), of(group, state));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("group '" + group.name() + "': " + e.getMessage(), e);
      }
    }
  }

  @Override
  public void restore(Map<String, float[]> state) {
    check(size, state);
    trained().forEach(group -> group.optimizer().restore(of(group, state)));
  }

  /** What a state has of a group. */
  private static Map<String, float[]> of(ParameterGroup group, Map<String, float[]> state) {
    String prefix = group.name() + IN;
    Map<String, float[]> own = new LinkedHashMap<>();
    state.forEach(
        (array, values) -> {
          if (array.startsWith(prefix)) {
            own.put(array.substring(prefix.length()), values);
          }
        });
    return own;
  }

  /** The mean over all parameters. */
  @Override
  public int bytesPerParameter() {
    long bytes = 0;
    for (ParameterGroup group : trained()) {
      bytes += (long) group.size() * (group.optimizer().bytesPerParameter() + BYTES);
    }
    return (int) Math.ceilDiv(bytes, size);
  }
}
