// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.store.StoredJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Which job gets which slots. */
class PlanTest {
  private static final DeviceInfo A = new DeviceInfo("opencl:0:0", "A", 1);
  private static final DeviceInfo B = new DeviceInfo("opencl:0:1", "B", 1);

  static StoredJob job(long id, int priority, int devices, String device) {
    return new StoredJob(
        id, JobKind.TRAIN, "j" + id, "fmnist_cnn", false, Map.of(), null, List.of(), priority, devices, device, State.QUEUED, false, null,
        null, null, 0, Instant.EPOCH.plusSeconds(id), "me", Instant.EPOCH.plusSeconds(id), null, null, null, null, null);
  }

  private static Plan.Offer free(DeviceInfo device) {
    return new Plan.Offer(device, null, device.all());
  }

  private static Plan.Offer busy(DeviceInfo device) {
    return new Plan.Offer(device, null, List.of());
  }

  @Test
  void theHighestPriorityStartsFirstAndOfTheSameWhoWaitsLongest() {
    Plan plan = Plan.of(List.of(job(1, 50, 1, null), job(2, 50, 1, null), job(3, 60, 1, null)), List.of(free(A), free(B)));
    assertThat(plan.starts().sequencedKeySet()).containsExactly(3L, 1L);
    assertThat(plan.waits()).containsExactly(Map.entry(2L, "a device; all are busy"));
  }

  @Test
  void aJobForTwoDevicesReservesTheOneThatIsFree() {
    Plan plan = Plan.of(List.of(job(1, 50, 2, null), job(2, 50, 1, null)), List.of(busy(A), free(B)));
    assertThat(plan.starts()).isEmpty();
    assertThat(plan.waits()).containsEntry(1L, "2 devices; 1 kept free for it");
    assertThat(plan.waits()).containsEntry(2L, "a device, behind job 1, which waits for 2");
  }

  @Test
  void aJobForOneDeviceReservesNoOther() {
    Plan plan = Plan.of(List.of(job(1, 90, 1, A.id()), job(2, 50, 1, null)), List.of(busy(A), free(B)));
    assertThat(plan.starts()).containsOnlyKeys(2L);
    assertThat(plan.waits()).containsEntry(1L, "device opencl:0:0; all are busy");
  }

  @Test
  void aJobWhoseDeviceIsDrainedKeepsNobodyFromTheOthers() {
    Plan.Offer drained = new Plan.Offer(A, "drained", A.all());
    Plan plan = Plan.of(List.of(job(1, 90, 1, A.id()), job(2, 80, 2, null), job(3, 50, 1, null)), List.of(drained, free(B)));
    assertThat(plan.starts()).containsOnly(Map.entry(3L, B.all()));
    assertThat(plan.waits()).containsEntry(1L, "device opencl:0:0, which is drained");
    assertThat(plan.waits()).containsEntry(2L, "2 devices, but only 1 can be had");
  }

  @Test
  void aDeviceThatIsNotThereAnyMoreIsNamed() {
    assertThat(Plan.of(List.of(job(1, 50, 1, "ptx:0:0")), List.of(free(A))).waits())
        .containsEntry(1L, "device ptx:0:0, which this machine does not have now");
  }

  /** Random jobs of random lengths on random slots: no slot has two, each that can run does, and in the end all have. */
  @Property(tries = 300)
  void everyJobRunsOnceAndNoSlotHasTwo(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int slots) {
    Random random = new Random(seed);
    DeviceInfo device = new DeviceInfo("jvm", "JVM", slots);
    List<StoredJob> queued = new ArrayList<>();
    for (int i = 1; i <= 12; i++) {
      queued.add(job(i, random.nextInt(101), 1 + random.nextInt(slots), null));
    }
    Map<Long, List<Slot>> running = new LinkedHashMap<>();
    Set<Long> done = new HashSet<>();
    for (int round = 0; round < 100 && done.size() < 12; round++) {
      List<Slot> open = new ArrayList<>(device.all());
      running.values().forEach(open::removeAll);
      Plan plan = Plan.of(queued, List.of(new Plan.Offer(device, null, open)));
      plan.starts().forEach(
          (id, its) -> {
            StoredJob job = queued.stream().filter(each -> each.id() == id).findFirst().orElseThrow();
            assertThat(its).hasSize(job.devices()).doesNotHaveDuplicates();
            assertThat(open).containsAll(its);
            open.removeAll(its);
            queued.remove(job);
            running.put(id, its);
          });
      assertThat(plan.waits().keySet()).containsExactlyInAnyOrderElementsOf(queued.stream().map(StoredJob::id).toList());
      if (!queued.isEmpty()) {
        StoredJob head = queued.stream().min(Plan.ORDER).orElseThrow();
        assertThat(open).hasSizeLessThan(head.devices());
      }
      Long ends = new ArrayList<>(running.keySet()).get(random.nextInt(running.size()));
      running.remove(ends);
      assertThat(done.add(ends)).isTrue();
    }
    assertThat(done).hasSize(12);
  }
}
