// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.store.StoredJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
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

  private static Plan plan(List<StoredJob> queued, List<Plan.Offer> offers) {
    return Plan.of(queued, offers, Map.of());
  }

  private static Plan.Offer free(DeviceInfo device) {
    return new Plan.Offer(device, null, device.all());
  }

  private static Plan.Offer busy(DeviceInfo device) {
    return new Plan.Offer(device, null, List.of());
  }

  @Test
  void theHighestPriorityStartsFirstAndOfTheSameWhoWaitsLongest() {
    Plan plan = plan(List.of(job(1, 50, 1, null), job(2, 50, 1, null), job(3, 60, 1, null)), List.of(free(A), free(B)));
    assertThat(plan.starts().sequencedKeySet()).containsExactly(3L, 1L);
    assertThat(plan.waits()).containsExactly(Map.entry(2L, "a device; all are busy"));
  }

  @Test
  void aJobForTwoDevicesReservesTheOneThatIsFree() {
    Plan plan = plan(List.of(job(1, 50, 2, null), job(2, 50, 1, null)), List.of(busy(A), free(B)));
    assertThat(plan.starts()).isEmpty();
    assertThat(plan.waits()).containsEntry(1L, "2 devices; 1 kept free for it");
    assertThat(plan.waits()).containsEntry(2L, "a device, behind job 1, which waits for 2");
  }

  @Test
  void aJobForOneDeviceReservesNoOther() {
    Plan plan = plan(List.of(job(1, 90, 1, A.id()), job(2, 50, 1, null)), List.of(busy(A), free(B)));
    assertThat(plan.starts()).containsOnlyKeys(2L);
    assertThat(plan.waits()).containsEntry(1L, "device opencl:0:0; all are busy");
  }

  @Test
  void aJobWhoseDeviceIsDrainedKeepsNobodyFromTheOthers() {
    Plan.Offer drained = new Plan.Offer(A, "drained", A.all());
    Plan plan = plan(List.of(job(1, 90, 1, A.id()), job(2, 80, 2, null), job(3, 50, 1, null)), List.of(drained, free(B)));
    assertThat(plan.starts()).containsOnly(Map.entry(3L, B.all()));
    assertThat(plan.waits()).containsEntry(1L, "device opencl:0:0, which is drained");
    assertThat(plan.waits()).containsEntry(2L, "2 devices, but only 1 can be had");
  }

  @Test
  void aDeviceThatIsNotThereAnyMoreIsNamed() {
    assertThat(plan(List.of(job(1, 50, 1, "ptx:0:0")), List.of(free(A))).waits())
        .containsEntry(1L, "device ptx:0:0, which this machine does not have now");
  }

  @Test
  void aJobThatHasCrashedTakesAnotherDeviceAndWaitsForOne() {
    Map<Long, Set<String>> crashed = Map.of(1L, Set.of(A.id()));
    List<StoredJob> jobs = List.of(job(1, 50, 1, null), job(2, 50, 1, null));
    assertThat(Plan.of(jobs, List.of(free(A), free(B)), crashed).starts())
        .containsExactly(Map.entry(1L, B.all()), Map.entry(2L, A.all()));
    Plan waits = Plan.of(jobs, List.of(free(A), busy(B)), crashed);
    assertThat(waits.starts()).containsExactly(Map.entry(2L, A.all()));
    assertThat(waits.waits()).containsExactly(Map.entry(1L, "a device on which it has not crashed; all are busy"));
  }

  @Test
  void aJobThatHasCrashedOnAllThatTakeJobsTakesAnyOfThem() {
    Map<Long, Set<String>> crashed = Map.of(1L, Set.of(A.id()));
    Plan.Offer drained = new Plan.Offer(B, "drained", B.all());
    assertThat(Plan.of(List.of(job(1, 50, 1, null)), List.of(free(A), drained), crashed).starts()).containsExactly(Map.entry(1L, A.all()));
    assertThat(Plan.of(List.of(job(1, 50, 1, A.id())), List.of(free(A), free(B)), crashed).starts())
        .containsExactly(Map.entry(1L, A.all()));
    assertThat(Plan.of(List.of(job(1, 50, 2, null)), List.of(free(A), free(B)), crashed).starts().get(1L))
        .containsExactly(B.all().getFirst(), A.all().getFirst());
  }

  /** Random crashes of random jobs on random devices, some of which take no jobs. */
  @Property(tries = 300)
  void aJobComesToADeviceOnWhichItHasCrashedOnlyWhereThereAreNotEnoughOthers(@ForAll long seed) {
    Random random = new Random(seed);
    List<Plan.Offer> offers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      DeviceInfo device = new DeviceInfo("opencl:0:" + i, "D" + i, 1 + random.nextInt(2));
      List<Slot> free = device.all().stream().filter(_ -> random.nextInt(3) > 0).toList();
      offers.add(new Plan.Offer(device, random.nextInt(4) == 0 ? "drained" : null, free));
    }
    List<StoredJob> queued = new ArrayList<>();
    Map<Long, Set<String>> crashed = new LinkedHashMap<>();
    for (long id = 1; id <= 5; id++) {
      queued.add(job(id, random.nextInt(3), 1 + random.nextInt(2), null));
      crashed.put(id, offers.stream().map(offer -> offer.device().id()).filter(_ -> random.nextBoolean()).collect(Collectors.toSet()));
    }
    Plan plan = Plan.of(queued, offers, crashed);
    for (StoredJob job : queued) {
      Set<String> its = crashed.get(job.id());
      boolean enough = isRoom(job, offers, its);
      List<String> got = plan.starts().getOrDefault(job.id(), List.of()).stream().map(Slot::device).toList();
      assertThat(got.stream().filter(its::contains).count()).isLessThanOrEqualTo(enough ? 0 : job.devices());
      assertThat(got).as("those on which it has crashed come last").isSortedAccordingTo(Comparator.comparing(its::contains));
    }
    // The head of the queue waits only for slots that others have.
    StoredJob head = queued.stream().filter(job -> isRoom(job, offers, Set.of())).min(Plan.ORDER).orElse(null);
    if (head != null && plan.waits().containsKey(head.id())) {
      Set<String> shunned = isRoom(head, offers, crashed.get(head.id())) ? crashed.get(head.id()) : Set.of();
      assertThat(offers.stream().filter(offer -> offer.closed() == null && !shunned.contains(offer.device().id()))
              .mapToInt(offer -> offer.free().size()).sum())
          .isLessThan(head.devices());
    }
  }

  /** Whether the machine has enough devices for a job that take jobs, but for some of them. */
  private static boolean isRoom(StoredJob job, List<Plan.Offer> offers, Set<String> without) {
    return offers.stream().filter(offer -> offer.closed() == null && !without.contains(offer.device().id()))
            .mapToInt(offer -> offer.device().slots()).sum()
        >= job.devices();
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
      Plan plan = plan(queued, List.of(new Plan.Offer(device, null, open)));
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
