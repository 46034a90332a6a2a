// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The functions of an MPI library that are needed here, among all ranks. Each returns a code, which is checked.
 *
 * @see <a href="https://www.mpi-forum.org/docs/">The MPI standard</a>
 */
final class MpiCalls {
  private static final MemoryLayout INT = ValueLayout.JAVA_INT;
  private static final MemoryLayout POINTER = ValueLayout.ADDRESS;
  private static final MemorySegment NULL = MemorySegment.NULL;
  private static final int MAX_TEXT = 8192; // the greatest of the standard's limits

  private final MpiLibrary library;
  private final MpiHandles handles;
  private final MemoryLayout handle;
  private final MethodHandle initThread;
  private final MethodHandle setErrhandler;
  private final MethodHandle rank;
  private final MethodHandle size;
  private final MethodHandle processorName;
  private final MethodHandle errorString;
  private final MethodHandle libraryVersion;
  private final MethodHandle alltoallv;
  private final MethodHandle allgatherv;
  private final MethodHandle allgather;
  private final MethodHandle bcast;
  private final MethodHandle abort;
  private final MethodHandle end;
  private boolean serialized;

  MpiCalls(MpiLibrary library) {
    this.library = library;
    handles = MpiHandles.of(library.abi(), library.symbols());
    handle = handles.layout().withName("handle");
    initThread = function("MPI_Init_thread", POINTER, POINTER, INT, POINTER);
    setErrhandler = function("MPI_Comm_set_errhandler", handle, handle);
    rank = function("MPI_Comm_rank", handle, POINTER);
    size = function("MPI_Comm_size", handle, POINTER);
    processorName = function("MPI_Get_processor_name", POINTER, POINTER);
    errorString = function("MPI_Error_string", INT, POINTER, POINTER);
    libraryVersion = function("MPI_Get_library_version", POINTER, POINTER);
    alltoallv = function("MPI_Alltoallv", POINTER, POINTER, POINTER, handle, POINTER, POINTER, POINTER, handle, handle);
    allgatherv = function("MPI_Allgatherv", POINTER, INT, handle, POINTER, POINTER, POINTER, handle, handle);
    allgather = function("MPI_Allgather", POINTER, INT, handle, POINTER, INT, handle, handle);
    bcast = function("MPI_Bcast", POINTER, INT, handle, INT, handle);
    abort = function("MPI_Abort", handle, INT);
    end = function("MPI_Finalize");
  }

  /** A function that returns an int and takes each handle as a long, whatever it is to the library. */
  private MethodHandle function(String name, MemoryLayout... arguments) {
    MethodHandle call =
        Linker.nativeLinker()
            .downcallHandle(library.symbols().findOrThrow(name), FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
    MethodType type = call.type();
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].equals(handle)) {
        type = type.changeParameterType(i, long.class);
      }
    }
    return MethodHandles.explicitCastArguments(call, type);
  }

  /** A call of a function. */
  private interface Call {
    int code() throws Throwable;
  }

  private void check(String function, Call call) {
    int code = code(call);
    if (code != 0) {
      throw new CollectiveException(
          function + " of MPI's library " + library + " has failed: " + text(code)
              + "; resume the run, and look at the log of the launcher if it fails again");
    }
  }

  private static int code(Call call) {
    try {
      return call.code();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) { // what invokeExact declares; the functions throw nothing
      throw new IllegalStateException(e);
    }
  }

  /** A call that writes a text and its length. */
  private interface TextCall {
    int code(MemorySegment text, MemorySegment length) throws Throwable;
  }

  /** The text that a call writes; empty if it has failed. */
  private static String text(TextCall call) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(MAX_TEXT);
      MemorySegment length = arena.allocate(INT);
      return code(() -> call.code(text, length)) == 0 ? text.getString(0).strip() : "";
    }
  }

  /** What the library says of an error code, in one line. */
  private String text(int code) {
    String text = text((result, length) -> (int) errorString.invokeExact(code, result, length));
    return text.isEmpty() ? "error " + code : text.replaceAll("\\s*\\n\\s*", ", ");
  }

  /** The library's own name and version. */
  private String version() {
    String first = text((result, length) -> (int) libraryVersion.invokeExact(result, length)).lines().findFirst().orElse("");
    return first.replaceAll(",.*|Version:\\s*", "");
  }

  /** What the library calls this machine. */
  String machine() {
    return text((result, length) -> (int) processorName.invokeExact(result, length));
  }

  /** Begins; the calling thread is the one that may call, unless {@link #serialized}. Errors come back as codes from then on. */
  void init() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment provided = arena.allocate(INT);
      check("MPI_Init_thread", () -> (int) initThread.invokeExact(NULL, NULL, handles.serialized(), provided));
      check("MPI_Comm_set_errhandler", () -> (int) setErrhandler.invokeExact(handles.world(), handles.errorsReturn()));
      int level = provided.get(ValueLayout.JAVA_INT, 0);
      serialized = level >= handles.serialized();
      if (level < handles.funneled()) {
        end();
        throw new CollectiveException(
            "MPI's library " + library + " does not work in a process of several threads; name one that does with --mpi-library");
      }
    }
  }

  /** Whether other threads than the one that has begun may call, one at a time. */
  boolean serialized() {
    return serialized;
  }

  int rank() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment result = arena.allocate(INT);
      check("MPI_Comm_rank", () -> (int) rank.invokeExact(handles.world(), result));
      return result.get(ValueLayout.JAVA_INT, 0);
    }
  }

  int size() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment result = arena.allocate(INT);
      check("MPI_Comm_size", () -> (int) size.invokeExact(handles.world(), result));
      return result.get(ValueLayout.JAVA_INT, 0);
    }
  }

  /** Sends floats to each rank, and takes those that each sends to this one. */
  void allToAll(
      MemorySegment sent, MemorySegment sentCounts, MemorySegment sentFirsts, MemorySegment received, MemorySegment receivedCounts,
      MemorySegment receivedFirsts) {
    check(
        "MPI_Alltoallv",
        () -> (int) alltoallv.invokeExact(
            sent, sentCounts, sentFirsts, handles.floats(), received, receivedCounts, receivedFirsts, handles.floats(),
            handles.world()));
  }

  /** Gathers floats, of which each rank's are at their place. */
  void allGather(MemorySegment values, MemorySegment counts, MemorySegment firsts) {
    check(
        "MPI_Allgatherv",
        () -> (int) allgatherv.invokeExact(
            handles.inPlace(), 0, handles.floats(), values, counts, firsts, handles.floats(), handles.world()));
  }

  /** Gathers doubles, as many of each rank, which are at their place. */
  void allGatherDoubles(MemorySegment values, int count) {
    check(
        "MPI_Allgather",
        () -> (int) allgather.invokeExact(
            handles.inPlace(), 0, handles.doubles(), values, count, handles.doubles(), handles.world()));
  }

  /** Sends the bytes of rank 0 to all. */
  void broadcast(MemorySegment bytes) {
    int count = Math.toIntExact(bytes.byteSize());
    check("MPI_Bcast", () -> (int) bcast.invokeExact(bytes, count, handles.bytes(), 0, handles.world()));
  }

  /** Ends all ranks, this one included. Whether it has failed is no use to anyone: the caller ends the process then. */
  void abort(int exitCode) {
    code(() -> (int) abort.invokeExact(handles.world(), exitCode));
  }

  void end() {
    check("MPI_Finalize", () -> (int) end.invokeExact());
  }

  @Override
  public String toString() {
    return version() + " (" + library.name() + ")";
  }
}
