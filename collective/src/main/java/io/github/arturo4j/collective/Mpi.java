// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * The ranks of an MPI program. A process has one at most, whose calls come from the thread that has begun it, or, where the library
 * can do so, from any, one at a time. What is to be added up goes by
 * {@code MPI_Alltoallv} to the rank whose share it is, which adds in the order of the ranks, and the sums by {@code MPI_Allgatherv}.
 * So each sum is computed once and sent as it is, and does not depend on the library; neither {@code MPI_Allreduce} nor
 * {@code MPI_Reduce_scatter} promises that.
 *
 * <p>Arrays are of main memory. Where the library can take a device's pointers (a CUDA- or ROCm-aware MPI), an address of the
 * device in place of {@link MemorySegment}'s is all that the calls would need.
 */
final class Mpi implements Collective {
  private static final long ABORT_MILLIS = 3000;
  private static final int ABSENT = -1;

  /** Floats of a rank that are added up at once: few enough for a processor's cache, and for the memory that takes them. */
  private static final int PIECE = 1 << 16;

  private static final AtomicBoolean OPENED = new AtomicBoolean();

  private final MpiCalls calls;
  private final Thread owner = Thread.currentThread();
  private final Watchdog watchdog;
  private final Thread ending = new Thread(this::abortUnlessClosed, "arturo-abort");
  private final int rank;
  private final int size;
  private final int localRank;
  private final MemorySegment counts;
  private final MemorySegment firsts;
  private final MemorySegment receivedCounts;
  private final MemorySegment receivedFirsts;
  private final float[] sum = new float[PIECE];
  private final float[] part = new float[PIECE];
  private final AtomicReference<String> running = new AtomicReference<>();
  private MemorySegment numbers = MemorySegment.NULL;
  private MemorySegment parts = MemorySegment.NULL;
  private volatile boolean closed;
  private volatile long ended;
  private volatile long nanos;
  private volatile long bytes;

  /**
   * Begins.
   *
   * @param launcher whose size has to be MPI's; null if none is known
   * @throws CollectiveException if MPI does not begin, or is of another family than the launcher
   */
  Mpi(MpiLibrary library, Launcher launcher, Duration timeout) {
    if (owner.isVirtual()) {
      throw new IllegalStateException("MPI needs a platform thread, and " + owner + " is a virtual one");
    }
    if (!OPENED.compareAndSet(false, true)) {
      throw new IllegalStateException("MPI begins once in a process' life");
    }
    calls = new MpiCalls(library);
    watchdog = new Watchdog(timeout, call -> expired(call, launcher, timeout));
    watched("MPI_Init", calls::init);
    size = calls.size();
    rank = calls.rank();
    if (launcher != null && !launcher.fits(rank, size)) {
      end();
      throw new CollectiveException(
          "the launcher says " + launcher + ", but MPI's library " + library + " sees " + size + (size == 1 ? " process" : " processes")
              + ", so they do not belong together; " + launcher.remedy());
    }
    counts = ints();
    firsts = ints();
    receivedCounts = ints();
    receivedFirsts = ints();
    Runtime.getRuntime().addShutdownHook(ending);
    localRank = launcher == null || launcher.localRank().isEmpty() ? rankOnMachine() : launcher.localRank().getAsInt();
  }

  /** An int for each rank. */
  private MemorySegment ints() {
    return Arena.ofAuto().allocate((long) size * Integer.BYTES, Integer.BYTES);
  }

  /** How many ranks before this one are on the same machine. */
  private int rankOnMachine() {
    double[][] machines = allGather(new double[] {calls.machine().hashCode()});
    int before = 0;
    for (int other = 0; other < rank; other++) {
      before += machines[other][0] == machines[rank][0] ? 1 : 0;
    }
    return before;
  }

  private void expired(String call, Launcher launcher, Duration timeout) {
    String who = size > 0 ? "rank " + rank + " of " + size : launcher == null ? "this rank" : "rank " + launcher.rank();
    String since = DateTimeFormatter.ofPattern("HH:mm:ss").format(LocalTime.now().minus(timeout));
    System.err.println(
        "arturo: " + who + " has waited for the others in " + call + " for more than " + seconds(timeout) + " s, since " + since
            + ": another rank, its machine or the network has failed, or is slower than that; begin again, or resume the run"
            + " (--collective-timeout sets how long a call may take)");
    if (size == 0) {
      Runtime.getRuntime().halt(Collectives.TIMED_OUT); // MPI has not begun
    }
    abort(Collectives.TIMED_OUT); // not all launchers end the others when a process fails
  }

  private static String seconds(Duration time) {
    return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString();
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int localRank() {
    return localRank;
  }

  @Override
  public void reduceScatter(MemorySegment values, Shares shares, int from, int to) {
    shares.require(values, size, from, to);
    int[] begins = IntStream.rangeClosed(0, size).map(other -> shares.first(other, from, to)).toArray();
    int most = IntStream.range(0, size).map(other -> begins[other + 1] - begins[other]).max().getAsInt();
    int own = begins[rank + 1] - begins[rank];
    long room = Shares.bytes(Math.min(PIECE, own)) * size;
    if (parts.byteSize() < room) {
      parts = Arena.ofAuto().allocate(room, 64);
    }
    call("reduceScatter", Shares.bytes(to - from - own), () -> {
      for (int done = 0; done < most; done += PIECE) {
        int length = Math.clamp(own - done, 0, PIECE);
        for (int other = 0; other < size; other++) {
          int first = Math.min(begins[other] + done, begins[other + 1]);
          set(counts, firsts, other, Math.min(begins[other + 1] - first, PIECE), first);
          set(receivedCounts, receivedFirsts, other, length, other * length);
        }
        calls.allToAll(values, counts, firsts, parts, receivedCounts, receivedFirsts);
        addUp(values.asSlice(Shares.bytes(Math.min(begins[rank] + done, begins[rank + 1]))), length);
      }
    });
  }

  /** Adds up the parts that have come, in the order of the ranks. */
  private void addUp(MemorySegment to, int length) {
    MemorySegment.copy(parts, ValueLayout.JAVA_FLOAT, 0, sum, 0, length);
    for (int other = 1; other < size; other++) {
      MemorySegment.copy(parts, ValueLayout.JAVA_FLOAT, other * Shares.bytes(length), part, 0, length);
      for (int i = 0; i < length; i++) {
        sum[i] += part[i];
      }
    }
    MemorySegment.copy(sum, 0, to, ValueLayout.JAVA_FLOAT, 0, length);
  }

  @Override
  public void allGather(MemorySegment values, Shares shares) {
    shares.require(values, size);
    for (int other = 0; other < size; other++) {
      set(counts, firsts, other, shares.count(other), shares.first(other));
    }
    call("allGather", Shares.bytes(shares.total() - shares.count(rank)), () -> calls.allGather(values, counts, firsts));
  }

  private static void set(MemorySegment counts, MemorySegment firsts, int rank, int count, int first) {
    counts.setAtIndex(ValueLayout.JAVA_INT, rank, count);
    firsts.setAtIndex(ValueLayout.JAVA_INT, rank, first);
  }

  @Override
  public double[][] allGather(double[] values) {
    int count = values.length;
    long row = (long) count * Double.BYTES;
    if (numbers.byteSize() < size * row) {
      numbers = Arena.ofAuto().allocate(size * row, Double.BYTES);
    }
    MemorySegment.copy(values, 0, numbers, ValueLayout.JAVA_DOUBLE, rank * row, count);
    call("allGather", (size - 1) * row, () -> calls.allGatherDoubles(numbers, count));
    double[][] all = new double[size][count];
    for (int other = 0; other < size; other++) {
      MemorySegment.copy(numbers, ValueLayout.JAVA_DOUBLE, other * row, all[other], 0, count);
    }
    return all;
  }

  @Override
  public byte[] broadcast(byte[] bytes) {
    boolean sends = rank == 0;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment length = arena.allocate(ValueLayout.JAVA_INT);
      length.set(ValueLayout.JAVA_INT, 0, sends && bytes != null ? bytes.length : ABSENT);
      call("broadcast", Integer.BYTES, () -> calls.broadcast(length));
      int count = length.get(ValueLayout.JAVA_INT, 0);
      if (count <= 0) {
        return count == ABSENT ? null : new byte[0];
      }
      MemorySegment content = arena.allocate(count);
      if (sends) {
        MemorySegment.copy(bytes, 0, content, ValueLayout.JAVA_BYTE, 0, count);
      }
      call("broadcast", count, () -> calls.broadcast(content));
      return sends ? bytes : content.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  @Override
  public boolean anyThread() {
    return calls.serialized();
  }

  @Override
  public void patient(boolean on) {
    watchdog.patient(on);
  }

  /** Makes a call under the watchdog's eyes. */
  private void call(String name, long moved, Runnable work) {
    requireOpen(name);
    String other = running.compareAndExchange(null, name);
    if (other != null) {
      throw new IllegalStateException(name + " is called while another thread is in " + other);
    }
    try {
      nanos += watched(name, work);
      bytes += moved;
      ended++;
    } finally {
      running.set(null);
    }
  }

  /** The nanoseconds that a call takes. */
  private long watched(String name, Runnable work) {
    long begun = watchdog.begin(name);
    try {
      work.run();
    } finally {
      watchdog.end();
    }
    return System.nanoTime() - begun;
  }

  private void requireOpen(String name) {
    if (Thread.currentThread() != owner && !anyThread()) {
      throw new IllegalStateException(
          name + " is called by the thread '" + Thread.currentThread().getName() + "', but MPI by '" + owner.getName() + "' only");
    }
    if (closed) {
      throw new IllegalStateException(name + " is called after the end of MPI");
    }
  }

  @Override
  public CollectiveMeters meters() {
    return new CollectiveMeters(ended, nanos * 1e-9, bytes);
  }

  @Override
  public void abort(int exitCode) {
    Thread.ofPlatform().daemon().start(() -> haltLater(exitCode));
    System.out.flush();
    if (!closed) {
      calls.abort(exitCode);
    }
    Runtime.getRuntime().halt(exitCode);
  }

  /** Ends the process if MPI does not. */
  private static void haltLater(int exitCode) {
    try {
      Thread.sleep(ABORT_MILLIS);
    } catch (InterruptedException e) {
      // then now
    }
    Runtime.getRuntime().halt(exitCode);
  }

  /** A process that ends before its time leaves the others waiting, and no launcher notices one that exits with 0. */
  private void abortUnlessClosed() {
    if (!closed) {
      abort(1);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    requireOpen("close");
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(ending);
    } catch (IllegalStateException e) {
      // the process is ending, and the hook does nothing now
    }
  }

  private void end() {
    watched("MPI_Finalize", calls::end);
    closed = true;
    watchdog.close();
  }

  /** The rank and the library. */
  @Override
  public String toString() {
    return "rank " + rank + " of " + size + " by " + calls;
  }
}
