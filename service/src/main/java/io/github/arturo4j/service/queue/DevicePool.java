// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.service.api.Device;
import io.github.arturo4j.service.api.DeviceState;
import io.github.arturo4j.service.api.RefusedException;
import io.github.arturo4j.service.api.RefusedException.Kind;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.store.DeviceStore;
import io.github.arturo4j.service.store.DeviceStore.Condition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The devices of this machine, their slots, and which of them get jobs. */
final class DevicePool {
  /** The plain JVM is no hardware that fails by itself: what crashes on it is the job, or the machine is short of memory. */
  private static final String JVM = "jvm";

  /** Different jobs that may crash on a device until it is taken for faulty. */
  private static final int MAX_CRASHES = 2;

  private final List<DeviceInfo> all;
  private final DeviceStore conditions;

  DevicePool(List<DeviceInfo> all, DeviceStore conditions) {
    this.all = List.copyOf(all);
    this.conditions = conditions;
  }

  List<DeviceInfo> all() {
    return all;
  }

  /** What devices have to give beside what runs. */
  List<Plan.Offer> offers(Collection<Running> running) {
    List<Plan.Offer> offers = new ArrayList<>();
    for (DeviceInfo device : all) {
      List<Slot> free = new ArrayList<>(device.all());
      running.forEach(process -> free.removeAll(process.slots()));
      Condition condition = conditions.of(device.id());
      String closed = condition.fault() != null ? "taken for faulty" : condition.drained() ? "drained" : null;
      offers.add(new Plan.Offer(device, closed, free));
    }
    return offers;
  }

  /** A job's process has ended on a device. */
  void ended(String device, long job, Verdict verdict) {
    if (verdict.crashed() && !device.equals(JVM) && conditions.crashed(device, job) >= MAX_CRASHES) {
      conditions.set(
          device, new Condition(conditions.of(device).drained(),
              "the processes of " + MAX_CRASHES + " jobs have ended on it without a word"));
    } else if (verdict.job().state() == State.SUCCEEDED && conditions.of(device).equals(Condition.GOOD)) {
      conditions.set(device, Condition.GOOD);
    }
  }

  /** Devices as clients see them. */
  List<Device> view(Map<Long, Running> running) {
    return all.stream().map(device -> view(device, running)).toList();
  }

  private Device view(DeviceInfo device, Map<Long, Running> running) {
    List<Long> its =
        running.entrySet().stream()
            .filter(each -> each.getValue().slots().stream().anyMatch(slot -> slot.device().equals(device.id())))
            .map(Map.Entry::getKey)
            .toList();
    long busy =
        running.values().stream().flatMap(process -> process.slots().stream()).filter(slot -> slot.device().equals(device.id())).count();
    Condition condition = conditions.of(device.id());
    DeviceState state =
        condition.fault() != null ? DeviceState.FAULTY : condition.drained() ? DeviceState.DRAINED : DeviceState.AVAILABLE;
    return new Device(device.id(), device.name(), device.slots(), (int) busy, state, condition.fault(), its);
  }

  /**
   * Drains a device, or gives it jobs again, a faulty one, too.
   *
   * @throws RefusedException if there is none of that name
   */
  void drain(String id, boolean drained) {
    if (all.stream().noneMatch(device -> device.id().equals(id))) {
      throw new RefusedException(
          Kind.NOT_FOUND, "device",
          "there is no device '" + id + "'; there are " + String.join(", ", all.stream().map(DeviceInfo::id).toList()));
    }
    conditions.set(id, drained ? new Condition(true, conditions.of(id).fault()) : Condition.GOOD);
  }
}
