// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.graph.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Where an optimizer adds the tasks of a step: a section of a program. Where several devices divide the parameters among them, it
 * is several sections, one behind the other, and between two the devices tell each other what they have summed: so they come to the
 * same decisions, and each keeps the state of its own share alone.
 */
public final class OptimizerStep {
  private final Parameters whole;
  private final Parameters share;
  private final Exchange exchange;
  private final List<KernelGraph> sections = new ArrayList<>();
  private final List<Stage> stages = new ArrayList<>();

  /** How devices tell each other a few numbers. */
  @FunctionalInterface
  public interface Exchange {
    /**
     * Tells this device's to all.
     *
     * @param own as many on each device
     * @return those of each device, in the devices' order; the same on all
     */
    double[][] gather(double[] own);
  }

  /**
   * A section of a step.
   *
   * @param section its name
   * @param end what follows an execution
   * @param again whether it is to be executed once more then
   */
  public record Stage(String section, Consumer<TornadoExecutionResult> end, BooleanSupplier again) {}

  private OptimizerStep(KernelGraph first, Parameters whole, Parameters share, Exchange exchange) {
    this.whole = whole;
    this.share = share;
    this.exchange = exchange;
    sections.add(first);
  }

  /** A step on one device. */
  public static OptimizerStep of(KernelGraph graph, Parameters parameters) {
    return new OptimizerStep(graph, parameters, parameters, null);
  }

  /**
   * A step on one of several devices.
   *
   * @param first its first section, behind which no other one was added to the program
   * @param whole all parameters; their values lie on the host only
   * @param share those that this device has, and trains
   */
  public static OptimizerStep shared(KernelGraph first, Parameters whole, Parameters share, Exchange exchange) {
    return new OptimizerStep(first, whole, share, exchange);
  }

  /** The section that tasks are to be added to now. */
  public KernelGraph graph() {
    return sections.getLast();
  }

  /** The parameters that this device trains. */
  public Parameters parameters() {
    return share;
  }

  /** All of them, as the host has them before the first step. */
  public Parameters whole() {
    return whole;
  }

  /** Whether other devices have other parameters. */
  public boolean isShared() {
    return exchange != null;
  }

  /** What is to be executed, in this order; the optimizer has added its tasks. */
  public List<Stage> stages() {
    List<Stage> all = new ArrayList<>(stages);
    all.add(new Stage(graph().name(), result -> {}, () -> false));
    return all;
  }

  /** The sections in their order. */
  public List<KernelGraph> sections() {
    return List.copyOf(sections);
  }

  /**
   * A flag that is up if one of a device's flags is, on any device.
   *
   * @param flags of this device, 0 for one that is down
   * @param size of what is answered, its first value the flag, and the others 0
   * @return to be read by tasks that are added from here on: the flags themselves where there is one device
   */
  public FloatArray any(FloatArray flags, int size) {
    if (!isShared()) {
      return flags;
    }
    FloatArray any = new FloatArray(size);
    any.init(0f);
    end(
        result -> {
          float sum = 0f;
          result.transferToHost(flags);
          for (int i = 0; i < flags.getSize(); i++) {
            sum += flags.get(i);
          }
          flags.init(0f);
          boolean up = Stream.of(exchange.gather(new double[] {sum == 0f ? 0 : 1})).anyMatch(row -> row[0] != 0);
          any.set(0, up ? 1f : 0f);
        },
        () -> false, flags);
    graph().everyTime(any);
    return any;
  }

  /**
   * The sums of all devices: of each row those of one device behind those of another.
   *
   * @param own of this one: rows of the same length, one behind the other, as many on each device
   * @param rows how many
   * @param wanted whether the tasks behind look at them in this step, after a section's execution; the same on all devices
   * @return for tasks that are added from here on
   */
  public Gathered<FloatArray> gather(FloatArray own, int rows, Predicate<TornadoExecutionResult> wanted) {
    return gather(List.of(own), rows, wanted).getFirst();
  }

  /** The same of several arrays. */
  public List<Gathered<FloatArray>> gather(List<FloatArray> own, int rows, Predicate<TornadoExecutionResult> wanted) {
    List<Gathered<FloatArray>> sums = own.stream().map(Gathered::of).toList();
    gather(rows, wanted, sums);
    return sums;
  }

  /** The same of a single row of doubles. */
  public Gathered<DoubleArray> gather(DoubleArray own, Predicate<TornadoExecutionResult> wanted) {
    Gathered<DoubleArray> sums = Gathered.of(own);
    gather(1, wanted, List.of(sums));
    return sums;
  }

  private <A> void gather(int rows, Predicate<TornadoExecutionResult> wanted, List<Gathered<A>> sums) {
    if (isShared()) {
      sums.forEach(each -> each.share(exchange, rows, wanted));
      end(result -> sums.forEach(each -> each.gather(result)), () -> false, sums.stream().map(Gathered::own).toArray());
      sums.forEach(each -> graph().everyTime(each.all()));
    }
  }

  /**
   * Ends a section that reads gathered sums and writes others in their place: as long as they are wanted, they are gathered again,
   * and the section is executed again. Once it is in any case; its tasks have to be idle then. Only with several devices.
   */
  public void repeat(Gathered<?> sums) {
    end(sums::gather, sums::isWanted, sums.own());
  }

  /** What the first device says, for all: none may go on alone, even if their arithmetic differs. */
  public Predicate<TornadoExecutionResult> asFirst(Predicate<TornadoExecutionResult> said) {
    return result -> exchange.gather(new double[] {said.test(result) ? 1 : 0})[0][0] != 0;
  }

  private void end(Consumer<TornadoExecutionResult> end, BooleanSupplier again, Object... results) {
    graph().result(results);
    stages.add(new Stage(graph().name(), end, again));
    KernelGraph next = graph().program().section(sections.getFirst().name() + (sections.size() + 1)).phase(Phase.OPTIMIZER);
    sections.forEach(next::apartFrom);
    sections.add(next);
  }
}
