// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api;

import io.github.arturo4j.jvm.GraphBuilder;
import uk.ac.manchester.tornado.api.common.TornadoFunctions;

/** Tasks and transfers, in the order in which they run. */
public class TaskGraph implements TaskGraphInterface {
  private final GraphBuilder builder;

  /** An empty graph; its name is unique in its plan. */
  public TaskGraph(String name) {
    builder = new GraphBuilder(name);
  }

  /** Copies arrays to the device, in the first execution or in each, see {@link uk.ac.manchester.tornado.api.enums.DataTransferMode}. */
  public TaskGraph transferToDevice(int mode, Object... objects) {
    builder.transferToDevice(mode, objects);
    return this;
  }

  /** Copies arrays to the host, after each execution or when asked for. */
  public TaskGraph transferToHost(int mode, Object... objects) {
    builder.transferToHost(mode, objects);
    return this;
  }

  /** Leaves arrays on the device for the next graph of the plan. */
  public TaskGraph persistOnDevice(Object... objects) {
    builder.persistOnDevice(objects);
    return this;
  }

  /** Uses arrays that another graph of the plan has left on the device. */
  public TaskGraph consumeFromDevice(String graph, Object... objects) {
    builder.consumeFromDevice(graph, objects);
    return this;
  }

  /** Uses arrays that the graph executed last has left on the device. */
  public TaskGraph consumeFromDevice(Object... objects) {
    builder.consumeFromDevice(null, objects);
    return this;
  }

  /** A copy of the graph that does not change any more. */
  public ImmutableTaskGraph snapshot() {
    return new ImmutableTaskGraph(builder.build());
  }

  @Override
  public TaskGraph task(String id, TornadoFunctions.Task code) {
    builder.task(id, code);
    return this;
  }

  @Override
  public <T1> TaskGraph task(
      String id,
      TornadoFunctions.Task1<T1> code,
      T1 arg1) {
    builder.task(id, code, arg1);
    return this;
  }

  @Override
  public <T1, T2> TaskGraph task(
      String id,
      TornadoFunctions.Task2<T1, T2> code,
      T1 arg1, T2 arg2) {
    builder.task(id, code, arg1, arg2);
    return this;
  }

  @Override
  public <T1, T2, T3> TaskGraph task(
      String id,
      TornadoFunctions.Task3<T1, T2, T3> code,
      T1 arg1, T2 arg2, T3 arg3) {
    builder.task(id, code, arg1, arg2, arg3);
    return this;
  }

  @Override
  public <T1, T2, T3, T4> TaskGraph task(
      String id,
      TornadoFunctions.Task4<T1, T2, T3, T4> code,
      T1 arg1, T2 arg2, T3 arg3, T4 arg4) {
    builder.task(id, code, arg1, arg2, arg3, arg4);
    return this;
  }

  @Override
  public <T1, T2, T3, T4, T5> TaskGraph task(
      String id,
      TornadoFunctions.Task5<T1, T2, T3, T4, T5> code,
      T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5) {
    builder.task(id, code, arg1, arg2, arg3, arg4, arg5);
    return this;
  }

  @Override
  public <T1, T2, T3, T4, T5, T6> TaskGraph task(
      String id,
      TornadoFunctions.Task6<T1, T2, T3, T4, T5, T6> code,
      T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6) {
    builder.task(id, code, arg1, arg2, arg3, arg4, arg5, arg6);
    return this;
  }

  @Override
  public <T1, T2, T3, T4, T5, T6, T7> TaskGraph task(
      String id,
      TornadoFunctions.Task7<T1, T2, T3, T4, T5, T6, T7> code,
      T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7) {
    builder.task(id, code, arg1, arg2, arg3, arg4, arg5, arg6, arg7);
    return this;
  }

  @Override
  public <T1, T2, T3, T4, T5, T6, T7, T8> TaskGraph task(
      String id,
      TornadoFunctions.Task8<T1, T2, T3, T4, T5, T6, T7, T8> code,
      T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8) {
    builder.task(id, code, arg1, arg2, arg3, arg4, arg5, arg6, arg7, arg8);
    return this;
  }

  @Override
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9> TaskGraph task(
      String id,
      TornadoFunctions.Task9<T1, T2, T3, T4, T5, T6, T7, T8, T9> code,
      T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9) {
    builder.task(id, code, arg1, arg2, arg3, arg4, arg5, arg6, arg7, arg8, arg9);
    return this;
  }

  @Override
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> TaskGraph task(
      String id,
      TornadoFunctions.Task10<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> code,
      T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9, T10 arg10) {
    builder.task(id, code, arg1, arg2, arg3, arg4, arg5, arg6, arg7, arg8, arg9, arg10);
    return this;
  }

  @Override
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> TaskGraph task(
      String id,
      TornadoFunctions.Task11<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> code,
      T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9, T10 arg10, T11 arg11) {
    builder.task(id, code, arg1, arg2, arg3, arg4, arg5, arg6, arg7, arg8, arg9, arg10, arg11);
    return this;
  }

  @Override
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> TaskGraph task(
      String id,
      TornadoFunctions.Task12<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> code,
      T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9, T10 arg10, T11 arg11, T12 arg12) {
    builder.task(id, code, arg1, arg2, arg3, arg4, arg5, arg6, arg7, arg8, arg9, arg10, arg11, arg12);
    return this;
  }

  @Override
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13> TaskGraph task(
      String id,
      TornadoFunctions.Task13<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13> code,
      T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9, T10 arg10, T11 arg11, T12 arg12, T13 arg13) {
    builder.task(id, code, arg1, arg2, arg3, arg4, arg5, arg6, arg7, arg8, arg9, arg10, arg11, arg12, arg13);
    return this;
  }

  @Override
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14> TaskGraph task(
      String id,
      TornadoFunctions.Task14<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14> code,
      T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9, T10 arg10, T11 arg11, T12 arg12, T13 arg13, T14 arg14) {
    builder.task(id, code, arg1, arg2, arg3, arg4, arg5, arg6, arg7, arg8, arg9, arg10, arg11, arg12, arg13, arg14);
    return this;
  }

  @Override
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15> TaskGraph task(
      String id,
      TornadoFunctions.Task15<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15> code,
      T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9, T10 arg10, T11 arg11, T12 arg12, T13 arg13, T14 arg14, T15 arg15) {
    builder.task(id, code, arg1, arg2, arg3, arg4, arg5, arg6, arg7, arg8, arg9, arg10, arg11, arg12, arg13, arg14, arg15);
    return this;
  }

  @Override
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16> TaskGraph task(
      String id,
      TornadoFunctions.Task16<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16> code,
      T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9, T10 arg10, T11 arg11, T12 arg12, T13 arg13, T14 arg14, T15 arg15, T16 arg16) {
    builder.task(id, code, arg1, arg2, arg3, arg4, arg5, arg6, arg7, arg8, arg9, arg10, arg11, arg12, arg13, arg14, arg15, arg16);
    return this;
  }

  @Override
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17> TaskGraph task(
      String id,
      TornadoFunctions.Task17<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17> code,
      T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9, T10 arg10, T11 arg11, T12 arg12, T13 arg13, T14 arg14, T15 arg15, T16 arg16, T17 arg17) {
    builder.task(id, code, arg1, arg2, arg3, arg4, arg5, arg6, arg7, arg8, arg9, arg10, arg11, arg12, arg13, arg14, arg15, arg16, arg17);
    return this;
  }

  @Override
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18> TaskGraph task(
      String id,
      TornadoFunctions.Task18<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18> code,
      T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9, T10 arg10, T11 arg11, T12 arg12, T13 arg13, T14 arg14, T15 arg15, T16 arg16, T17 arg17, T18 arg18) {
    builder.task(id, code, arg1, arg2, arg3, arg4, arg5, arg6, arg7, arg8, arg9, arg10, arg11, arg12, arg13, arg14, arg15, arg16, arg17, arg18);
    return this;
  }

  @Override
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19> TaskGraph task(
      String id,
      TornadoFunctions.Task19<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19> code,
      T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9, T10 arg10, T11 arg11, T12 arg12, T13 arg13, T14 arg14, T15 arg15, T16 arg16, T17 arg17, T18 arg18, T19 arg19) {
    builder.task(id, code, arg1, arg2, arg3, arg4, arg5, arg6, arg7, arg8, arg9, arg10, arg11, arg12, arg13, arg14, arg15, arg16, arg17, arg18, arg19);
    return this;
  }

  @Override
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19, T20> TaskGraph task(
      String id,
      TornadoFunctions.Task20<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19, T20> code,
      T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9, T10 arg10, T11 arg11, T12 arg12, T13 arg13, T14 arg14, T15 arg15, T16 arg16, T17 arg17, T18 arg18, T19 arg19, T20 arg20) {
    builder.task(id, code, arg1, arg2, arg3, arg4, arg5, arg6, arg7, arg8, arg9, arg10, arg11, arg12, arg13, arg14, arg15, arg16, arg17, arg18, arg19, arg20);
    return this;
  }

  @Override
  public <T1, T2, T3> TaskGraph libraryTask(
      String id,
      TornadoFunctions.LibraryTask3<T1, T2, T3> code,
      T1 arg1, T2 arg2, T3 arg3) {
    builder.libraryTask(id, code.apply(arg1, arg2, arg3));
    return this;
  }

  @Override
  public <T1, T2, T3, T4> TaskGraph libraryTask(
      String id,
      TornadoFunctions.LibraryTask4<T1, T2, T3, T4> code,
      T1 arg1, T2 arg2, T3 arg3, T4 arg4) {
    builder.libraryTask(id, code.apply(arg1, arg2, arg3, arg4));
    return this;
  }
}
