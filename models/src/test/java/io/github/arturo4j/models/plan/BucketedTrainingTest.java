// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.collective.Collective;
import io.github.arturo4j.collective.Shares;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;
import io.github.arturo4j.models.GradientTest;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.TestImages;
import io.github.arturo4j.models.data.Examples;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A step in the sections of a rank that sends its gradient in buckets, on every device. The other rank contributes nothing, and so needs
 * no process of its own; {@link RanksTest} has ranks that do.
 */
@ParameterizedClass
@MethodSource("io.github.arturo4j.kernels.device.Devices#list")
class BucketedTrainingTest {
  private static final int BATCH = 16;
  private static final int IMAGES = 48;

  private final Network network = GradientTest.smallResNet();
  private final Devices.Entry entry;

  BucketedTrainingTest(Devices.Entry entry) {
    this.entry = entry;
  }

  /** The first of two ranks. */
  private static final class BesideNobody implements Collective {
    private final List<String> threads = new ArrayList<>();

    @Override
    public int rank() {
      return 0;
    }

    @Override
    public int size() {
      return 2;
    }

    @Override
    public int localRank() {
      return 0;
    }

    @Override
    public boolean anyThread() {
      return true;
    }

    @Override
    public void reduceScatter(MemorySegment values, Shares shares, int from, int to) {
      threads.add(Thread.currentThread().getName());
    }

    @Override
    public void allGather(MemorySegment values, Shares shares) {}

    @Override
    public double[][] allGather(double[] values) {
      return new double[][] {values.clone(), new double[values.length]};
    }

    @Override
    public byte[] broadcast(byte[] bytes) {
      return bytes;
    }

    @Override
    public void abort(int exitCode) {
      throw new IllegalStateException("aborted with " + exitCode);
    }

    @Override
    public void close() {}
  }

  /** A step's losses, gradients, weights and running statistics. */
  private record Outcome(TrainingMetrics metrics, float[] gradients, TrainingState state) {}

  private Outcome train(int bucket, BesideNobody ranks) {
    Examples images = TestImages.bars(IMAGES, network.input(), 3, 1);
    ArturoHyperparameters paper = ArturoHyperparameters.builder().mode(Mode.PAPER).build();
    TrainingPlanBuilder builder = TrainingPlan.builder(network, paper.create(), images, entry.device());
    try (TrainingPlan plan = builder.batchSize(BATCH).seed(11).ranks(ranks).bucket(bucket).build()) {
      int[] order = IntStream.range(0, IMAGES).map(i -> i * 7 % IMAGES).toArray();
      for (int first = 0; first < IMAGES; first += BATCH) {
        plan.step(order, first, BATCH, .05);
      }
      return new Outcome(plan.metrics(), plan.gradients(), plan.state());
    }
  }

  @Test
  void comesToTheBitsOfASingleSection() {
    BesideNobody one = new BesideNobody();
    BesideNobody several = new BesideNobody();
    Outcome whole = train(Integer.MAX_VALUE, one);
    Outcome parts = train(1, several);
    assertThat(one.threads).hasSize(3).containsOnly(Thread.currentThread().getName());
    assertThat(several.threads.size()).isGreaterThanOrEqualTo(3 * 2);
    assertThat(several.threads.subList(0, several.threads.size() / 3 - 1)).containsOnly("arturo-exchange");
    assertThat(parts.gradients()).isEqualTo(whole.gradients());
    assertThat(parts.gradients()).doesNotContain(Float.NaN);
    assertThat(parts.metrics()).isEqualTo(whole.metrics());
    assertThat(parts.state()).usingRecursiveComparison().isEqualTo(whole.state());
  }
}
