// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.service.store.StoredJob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Which job gets which slots now, and what the others wait for: the highest priority first, and of the same one who waits longest. A
 * job that wants more than is free reserves what is free, so that smaller ones behind it do not starve it; one that can get no device
 * at all, as its own is drained, reserves nothing. A job whose processes have crashed on devices gets others, and waits for them, as
 * long as there are enough that take jobs; else those on which it has crashed come last.
 *
 * @param starts the slots of each job that is to start
 * @param waits what each other job waits for
 */
public record Plan(SequencedMap<Long, List<Slot>> starts, Map<Long, String> waits) {
  /** The order in which jobs get devices. */
  public static final Comparator<StoredJob> ORDER =
      Comparator.comparingInt((StoredJob job) -> -job.priority()).thenComparing(StoredJob::queued).thenComparingLong(StoredJob::id);

  /**
   * What a device has to give.
   *
   * @param device which one
   * @param closed why it gets no jobs, such as {@code drained}; null if it does
   * @param free its free slots
   */
  public record Offer(DeviceInfo device, String closed, List<Slot> free) {}

  /**
   * Makes one.
   *
   * @param queued the jobs that wait, in any order
   * @param offers all devices, in the order in which they are taken
   * @param crashSites the devices on which jobs have crashed, by the jobs' numbers; a job that has not is missing
   */
  public static Plan of(List<StoredJob> queued, List<Offer> offers, Map<Long, Set<String>> crashSites) {
    SequencedMap<Long, List<Slot>> starts = new LinkedHashMap<>();
    Map<Long, String> waits = new LinkedHashMap<>();
    List<Slot> free = new ArrayList<>();
    offers.stream().filter(offer -> offer.closed() == null).forEach(offer -> free.addAll(offer.free()));
    StoredJob reserves = null;
    for (StoredJob job : queued.stream().sorted(ORDER).toList()) {
      String never = impossible(job, offers);
      Set<String> crashed = crashSites.getOrDefault(job.id(), Set.of());
      boolean elsewhere = !crashed.isEmpty() && open(job, offers, crashed) >= job.devices();
      List<Slot> candidates =
          free.stream()
              .filter(slot -> takes(job, slot.device()) && !(elsewhere && crashed.contains(slot.device())))
              .sorted(Comparator.comparing(slot -> crashed.contains(slot.device())))
              .toList();
      if (never != null) {
        waits.put(job.id(), never);
      } else if (candidates.size() >= job.devices()) {
        List<Slot> its = List.copyOf(candidates.subList(0, job.devices()));
        free.removeAll(its);
        starts.put(job.id(), its);
      } else {
        waits.put(job.id(), busy(job, candidates.size(), reserves, elsewhere));
        reserves = reserves == null && job.devices() > 1 ? job : reserves;
        free.removeAll(candidates);
      }
    }
    return new Plan(starts, waits);
  }

  private static boolean takes(StoredJob job, String device) {
    return job.device() == null || job.device().equals(device);
  }

  /** Why a job could not start even if nothing else ran; null if it could. */
  private static String impossible(StoredJob job, List<Offer> offers) {
    List<Offer> its = offers.stream().filter(offer -> takes(job, offer.device().id())).toList();
    if (its.isEmpty()) {
      return "device " + job.device() + ", which this machine does not have now";
    }
    int open = open(job, offers, Set.of());
    if (open >= job.devices()) {
      return null;
    }
    if (job.device() != null && its.getFirst().closed() != null) {
      return "device " + job.device() + ", which is " + its.getFirst().closed();
    }
    return count(job.devices()) + ", but " + (open == 0 ? "none takes jobs" : "only " + open + " can be had");
  }

  /** The slots that a job might get if nothing else ran, but for those of some devices. */
  private static int open(StoredJob job, List<Offer> offers, Set<String> without) {
    return offers.stream()
        .filter(offer -> offer.closed() == null && takes(job, offer.device().id()) && !without.contains(offer.device().id()))
        .mapToInt(offer -> offer.device().slots())
        .sum();
  }

  private static String busy(StoredJob job, int free, StoredJob reserves, boolean elsewhere) {
    String what = job.device() != null ? "device " + job.device() : count(job.devices());
    if (elsewhere) {
      what += " on which it has not crashed";
    }
    if (reserves != null) {
      return what + ", behind job " + reserves.id() + ", which waits for " + reserves.devices();
    }
    return what + (free == 0 ? "; all are busy" : "; " + free + " kept free for it");
  }

  private static String count(int devices) {
    return devices == 1 ? "a device" : devices + " devices";
  }
}
