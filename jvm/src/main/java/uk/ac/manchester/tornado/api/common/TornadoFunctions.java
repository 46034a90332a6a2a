// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api.common;

import java.io.Serializable;

/** Types of the methods that can be tasks. They are serializable, so that a method reference tells which method it is. */
public final class TornadoFunctions {
  private TornadoFunctions() {}

  /** A method without parameters. */
  @FunctionalInterface
  public interface Task extends Serializable {
    /** Runs the method. */
    void apply();
  }

  /** A method with 1 parameter. */
  @FunctionalInterface
  public interface Task1<T1> extends Serializable {
    /** Runs the method. */
    void apply(
        T1 a1);
  }

  /** A method with 2 parameters. */
  @FunctionalInterface
  public interface Task2<T1, T2> extends Serializable {
    /** Runs the method. */
    void apply(
        T1 a1, T2 a2);
  }

  /** A method with 3 parameters. */
  @FunctionalInterface
  public interface Task3<T1, T2, T3> extends Serializable {
    /** Runs the method. */
    void apply(
        T1 a1, T2 a2, T3 a3);
  }

  /** A method with 4 parameters. */
  @FunctionalInterface
  public interface Task4<T1, T2, T3, T4> extends Serializable {
    /** Runs the method. */
    void apply(
        T1 a1, T2 a2, T3 a3, T4 a4);
  }

  /** A method with 5 parameters. */
  @FunctionalInterface
  public interface Task5<T1, T2, T3, T4, T5> extends Serializable {
    /** Runs the method. */
    void apply(
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5);
  }

  /** A method with 6 parameters. */
  @FunctionalInterface
  public interface Task6<T1, T2, T3, T4, T5, T6> extends Serializable {
    /** Runs the method. */
    void apply(
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6);
  }

  /** A method with 7 parameters. */
  @FunctionalInterface
  public interface Task7<T1, T2, T3, T4, T5, T6, T7> extends Serializable {
    /** Runs the method. */
    void apply(
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7);
  }

  /** A method with 8 parameters. */
  @FunctionalInterface
  public interface Task8<T1, T2, T3, T4, T5, T6, T7, T8> extends Serializable {
    /** Runs the method. */
    void apply(
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8);
  }

  /** A method with 9 parameters. */
  @FunctionalInterface
  public interface Task9<T1, T2, T3, T4, T5, T6, T7, T8, T9> extends Serializable {
    /** Runs the method. */
    void apply(
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9);
  }

  /** A method with 10 parameters. */
  @FunctionalInterface
  public interface Task10<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> extends Serializable {
    /** Runs the method. */
    void apply(
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10);
  }

  /** A method with 11 parameters. */
  @FunctionalInterface
  public interface Task11<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> extends Serializable {
    /** Runs the method. */
    void apply(
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11);
  }

  /** A method with 12 parameters. */
  @FunctionalInterface
  public interface Task12<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> extends Serializable {
    /** Runs the method. */
    void apply(
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12);
  }

  /** A method with 13 parameters. */
  @FunctionalInterface
  public interface Task13<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13> extends Serializable {
    /** Runs the method. */
    void apply(
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12, T13 a13);
  }

  /** A method with 14 parameters. */
  @FunctionalInterface
  public interface Task14<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14> extends Serializable {
    /** Runs the method. */
    void apply(
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12, T13 a13, T14 a14);
  }

  /** A method with 15 parameters. */
  @FunctionalInterface
  public interface Task15<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15> extends Serializable {
    /** Runs the method. */
    void apply(
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12, T13 a13, T14 a14, T15 a15);
  }

  /** A method with 16 parameters. */
  @FunctionalInterface
  public interface Task16<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16> extends Serializable {
    /** Runs the method. */
    void apply(
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12, T13 a13, T14 a14, T15 a15, T16 a16);
  }

  /** A method with 17 parameters. */
  @FunctionalInterface
  public interface Task17<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17> extends Serializable {
    /** Runs the method. */
    void apply(
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12, T13 a13, T14 a14, T15 a15, T16 a16, T17 a17);
  }

  /** A method with 18 parameters. */
  @FunctionalInterface
  public interface Task18<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18> extends Serializable {
    /** Runs the method. */
    void apply(
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12, T13 a13, T14 a14, T15 a15, T16 a16, T17 a17, T18 a18);
  }

  /** A method with 19 parameters. */
  @FunctionalInterface
  public interface Task19<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19> extends Serializable {
    /** Runs the method. */
    void apply(
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12, T13 a13, T14 a14, T15 a15, T16 a16, T17 a17, T18 a18, T19 a19);
  }

  /** A method with 20 parameters. */
  @FunctionalInterface
  public interface Task20<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19, T20> extends Serializable {
    /** Runs the method. */
    void apply(
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12, T13 a13, T14 a14, T15 a15, T16 a16, T17 a17, T18 a18, T19 a19, T20 a20);
  }

  /** What makes a library task of 3 arguments. */
  @FunctionalInterface
  public interface LibraryTask3<T1, T2, T3> {
    /** The call. */
    LibraryTaskDescriptor apply(
        T1 a1, T2 a2, T3 a3);
  }

  /** What makes a library task of 4 arguments. */
  @FunctionalInterface
  public interface LibraryTask4<T1, T2, T3, T4> {
    /** The call. */
    LibraryTaskDescriptor apply(
        T1 a1, T2 a2, T3 a3, T4 a4);
  }
}
