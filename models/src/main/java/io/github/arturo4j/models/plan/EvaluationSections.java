// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.collective.Collective;
import io.github.arturo4j.collective.Shares;
import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.graph.KernelProgram;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.layer.NetworkArrays;
import io.github.arturo4j.models.metric.Metric;
import io.github.arturo4j.models.metric.OutputObserver;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Two sections that evaluate a network on resident examples: what depends on the weights alone, once an evaluation, and
 * what is done with each batch. Metrics are computed on the host, from the outputs. Of several ranks, each has its share of the
 * examples.
 */
final class EvaluationSections {
  /** The section that an evaluation begins with. */
  static final String ONCE = "once";

  /** The section of a batch. */
  static final String EVALUATE = "evaluate";

  private final DeviceExamples examples;
  private final Objective objective;
  private final BatchControl control = new BatchControl(0);
  private final ExampleBatch batch;
  private final KernelGraph once;
  private final FloatArray outputs;
  private final int width;
  private final Collective ranks;

  /** Adds them; the owner of the parameters and the running statistics (null if there are none) makes them reachable. */
  EvaluationSections(
      KernelProgram program, Network network, DeviceExamples examples, Preprocessing preprocessing, Objective objective,
      int batchSize, FloatArray parameters, FloatArray buffers, Collective ranks) {
    this.ranks = ranks;
    this.examples = examples;
    this.objective = objective;
    batch = new ExampleBatch(examples, preprocessing.ofEvaluation(), objective.loss(), batchSize);
    once = program.section(ONCE);
    NetworkArrays arrays = new NetworkArrays(parameters, null, buffers, control);
    KernelGraph evaluate = program.section(EVALUATE);
    outputs = NetworkTasks.addEvaluation(once, evaluate, network, batch, arrays).outputs().values();
    width = network.outputs();
    evaluate.result(outputs);
  }

  /** The section that an evaluation begins with. */
  KernelGraph once() {
    return once;
  }

  /** Executes the sections for a first time, so that those behind them may be. */
  void warmUp(GraphPlan plan) {
    plan.execute(ONCE);
    evaluate(plan, new int[] {0}, 0, 1, true);
  }

  /**
   * Loss and metrics over a set of examples, or nothing if it was stopped.
   *
   * @param most examples, at most; of more, as many are taken that are spread evenly over the set
   * @param observers are shown the outputs, as metrics are
   * @param stop asked before each batch
   */
  Optional<Evaluation> evaluate(
      GraphPlan plan, Examples set, int most, List<? extends OutputObserver> observers, BooleanSupplier stop) {
    int first = examples.first(set);
    Targets targets = examples.targets(set);
    List<Metric.Sum> sums = begin(targets);
    List<OutputObserver> shown = Stream.<OutputObserver>concat(sums.stream(), observers.stream()).toList();
    int[] chosen = spread(set.count(), Math.min(most, set.count()));
    int[] order = new int[chosen.length];
    double weight = 0;
    for (int i = 0; i < order.length; i++) {
      order[i] = first + chosen[i];
      weight += objective.loss().weight(targets, chosen[i]);
    }
    Shares shares = Shares.of(order.length, ranks.size());
    int start = shares.first(ranks.rank());
    int end = shares.first(ranks.rank() + 1);
    int rounds = Math.ceilDiv(Math.ceilDiv(order.length, ranks.size()), batch.size());
    TornadoExecutionResult result = null;
    for (int round = 0; round < rounds; round++, start += batch.size()) {
      if (stop.getAsBoolean()) {
        return Optional.empty();
      }
      if (round == 0) {
        plan.execute(ONCE);
      }
      int count = Math.clamp(end - start, 0, batch.size());
      if (count > 0 || round == 0) { // a rank without examples has a sum of losses, too
        result = evaluate(plan, order, start, count, round == 0);
        show(shown, targets, result, Arrays.copyOfRange(chosen, start, start + count));
      }
    }
    result.transferToHost(batch.sums());
    return Optional.of(together(sums, targets, weight, order.length));
  }

  private List<Metric.Sum> begin(Targets targets) {
    return objective.metrics().stream().map(metric -> metric.begin(targets, width)).toList();
  }

  /** The evaluation over what all ranks have summed up, in their order, the same to the bit on all. */
  private Evaluation together(List<Metric.Sum> own, Targets targets, double weight, int count) {
    if (ranks.size() == 1) {
      return new Evaluation(batch.lossSum() / weight, values(own), count);
    }
    DoubleStream states = own.stream().flatMapToDouble(sum -> DoubleStream.of(sum.state()));
    double[][] all = ranks.allGather(DoubleStream.concat(DoubleStream.of(batch.lossSum()), states).toArray());
    double loss = 0;
    List<Metric.Sum> sums = begin(targets);
    for (double[] rank : all) {
      loss += rank[0];
      int from = 1;
      for (Metric.Sum sum : sums) {
        int length = sum.state().length;
        sum.merge(Arrays.copyOfRange(rank, from, from + length));
        from += length;
      }
    }
    return new Evaluation(loss / weight, values(sums), count);
  }

  /** So many of the numbers below {@code count}, from 0 on, evenly. */
  private static int[] spread(int count, int chosen) {
    return IntStream.range(0, chosen).map(i -> (int) ((long) i * count / chosen)).toArray();
  }

  /** Shows the outputs for the examples of a batch, or at all their positions. */
  private void show(List<OutputObserver> observers, Targets targets, TornadoExecutionResult result, int[] shown) {
    if (observers.isEmpty()) {
      return;
    }
    result.transferToHost(outputs);
    int positions = targets.positions();
    float[] row = new float[width];
    for (int r = 0; r < shown.length * positions; r++) {
      int target = shown[r / positions] * positions + r % positions;
      if (targets instanceof Targets.Classes classes && classes.labels()[target] == Targets.Classes.IGNORED) {
        continue;
      }
      for (int j = 0; j < width; j++) {
        row[j] = outputs.get(r * width + j);
      }
      for (OutputObserver observer : observers) {
        observer.add(target, row);
      }
    }
  }

  private SequencedMap<String, Double> values(List<Metric.Sum> sums) {
    SequencedMap<String, Double> values = new LinkedHashMap<>();
    for (int i = 0; i < sums.size(); i++) {
      values.put(objective.metrics().get(i).name(), sums.get(i).value());
    }
    return values;
  }

  private TornadoExecutionResult evaluate(GraphPlan plan, int[] order, int start, int count, boolean reset) {
    batch.part(order, start, count);
    control.set(count, reset, 0, 0);
    TornadoExecutionResult result = plan.execute(EVALUATE);
    batch.checkWritten(result);
    return result;
  }
}
