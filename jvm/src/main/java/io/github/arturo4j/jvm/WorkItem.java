// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.util.function.Function;
import uk.ac.manchester.tornado.api.KernelContext;

/** One thread of a work-group: where it is, and what its group shares. */
public final class WorkItem {
  /** Stands for no thread, in the context that a graph is built with. */
  public static final WorkItem NONE = new WorkItem(new WorkGroup(1, false), new int[3], new int[3], new int[3], new int[3]);

  private static Function<WorkItem, KernelContext> contexts;

  private final WorkGroup group;
  private final int[] groupId;
  private final int[] localId;
  private final int[] localSize;
  private final int[] globalSize;
  private int allocated;

  WorkItem(WorkGroup group, int[] groupId, int[] localId, int[] localSize, int[] globalSize) {
    this.group = group;
    this.groupId = groupId;
    this.localId = localId;
    this.localSize = localSize;
    this.globalSize = globalSize;
  }

  /** Called by {@link KernelContext} when it is loaded. */
  public static void register(Function<WorkItem, KernelContext> constructor) {
    contexts = constructor;
  }

  KernelContext context() {
    return contexts.apply(this);
  }

  /** Index in the grid. */
  public int globalId(int dimension) {
    return groupId[dimension] * localSize[dimension] + localId[dimension];
  }

  /** Index in the group. */
  public int localId(int dimension) {
    return localId[dimension];
  }

  /** Index of the group. */
  public int groupId(int dimension) {
    return groupId[dimension];
  }

  /** Threads of the group. */
  public int localSize(int dimension) {
    return localSize[dimension];
  }

  /** Threads of the grid. */
  public int globalSize(int dimension) {
    return globalSize[dimension];
  }

  /** Waits for the whole group. */
  public void barrier() {
    group.barrier();
  }

  /** The array that the group shares for this allocation: threads allocate in the same order. */
  @SuppressWarnings("unchecked")
  public <T> T local(Class<T> type, int size) {
    return (T) group.array(allocated++, type, size);
  }
}
