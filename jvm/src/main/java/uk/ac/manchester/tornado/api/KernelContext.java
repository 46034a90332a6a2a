// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api;

import io.github.arturo4j.jvm.WorkItem;

/** A thread's place in its grid, and what it shares with its group. */
public class KernelContext {
  /** Index of the thread in the grid, first dimension. */
  public final Integer globalIdx;

  /** Index of the thread in the grid, second dimension. */
  public final Integer globalIdy;

  /** Index of the thread in the grid, third dimension. */
  public final Integer globalIdz;

  /** Index of the thread in its group, first dimension. */
  public final Integer localIdx;

  /** Index of the thread in its group, second dimension. */
  public final Integer localIdy;

  /** Index of the thread in its group, third dimension. */
  public final Integer localIdz;

  /** Index of the group, first dimension. */
  public final Integer groupIdx;

  /** Index of the group, second dimension. */
  public final Integer groupIdy;

  /** Index of the group, third dimension. */
  public final Integer groupIdz;

  /** Threads of the grid, first dimension. */
  public final Integer globalGroupSizeX;

  /** Threads of the grid, second dimension. */
  public final Integer globalGroupSizeY;

  /** Threads of the grid, third dimension. */
  public final Integer globalGroupSizeZ;

  /** Threads of a group, first dimension. */
  public final Integer localGroupSizeX;

  /** Threads of a group, second dimension. */
  public final Integer localGroupSizeY;

  /** Threads of a group, third dimension. */
  public final Integer localGroupSizeZ;

  private final WorkItem item;

  /** The argument that stands for every thread's own context when a graph is built. */
  public KernelContext() {
    this(WorkItem.NONE);
  }

  KernelContext(WorkItem item) {
    this.item = item;
    globalIdx = item.globalId(0);
    globalIdy = item.globalId(1);
    globalIdz = item.globalId(2);
    localIdx = item.localId(0);
    localIdy = item.localId(1);
    localIdz = item.localId(2);
    groupIdx = item.groupId(0);
    groupIdy = item.groupId(1);
    groupIdz = item.groupId(2);
    globalGroupSizeX = item.globalSize(0);
    globalGroupSizeY = item.globalSize(1);
    globalGroupSizeZ = item.globalSize(2);
    localGroupSizeX = item.localSize(0);
    localGroupSizeY = item.localSize(1);
    localGroupSizeZ = item.localSize(2);
  }

  static {
    WorkItem.register(KernelContext::new);
  }

  /** Waits for every thread of the group. */
  public void localBarrier() {
    item.barrier();
  }

  /** Waits for every thread of the group; writes to the device's memory before it are seen after it. */
  public void globalBarrier() {
    item.barrier();
  }

  /** An array that the group shares. */
  public float[] allocateFloatLocalArray(int size) {
    return item.local(float[].class, size);
  }
}
