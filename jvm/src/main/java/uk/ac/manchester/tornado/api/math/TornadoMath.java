// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api.math;

/** Mathematical functions that kernels may call. */
public class TornadoMath {
  /** Not needed; TornadoVM has it. */
  public TornadoMath() {}

  /** sqrt of a float, rounded from double. */
  public static float sqrt(float a) {
    return (float) Math.sqrt(a);
  }

  /** sqrt of a double. */
  public static double sqrt(double a) {
    return Math.sqrt(a);
  }

  /** exp of a float, rounded from double. */
  public static float exp(float a) {
    return (float) Math.exp(a);
  }

  /** exp of a double. */
  public static double exp(double a) {
    return Math.exp(a);
  }

  /** Cosine of a float, rounded from double. */
  public static float cos(float angle) {
    return (float) Math.cos(angle);
  }

  /** log of a float, rounded from double. */
  public static float log(float a) {
    return (float) Math.log(a);
  }

  /** log of a double. */
  public static double log(double a) {
    return Math.log(a);
  }

  /** The lesser of two. */
  public static float min(float a, float b) {
    return Math.min(a, b);
  }

  /** The lesser of two. */
  public static int min(int a, int b) {
    return Math.min(a, b);
  }

  /** The lesser of two. */
  public static double min(double a, double b) {
    return Math.min(a, b);
  }

  /** The lesser of two. */
  public static long min(long a, long b) {
    return Math.min(a, b);
  }

  /** The greater of two. */
  public static float max(float a, float b) {
    return Math.max(a, b);
  }

  /** The greater of two. */
  public static int max(int a, int b) {
    return Math.max(a, b);
  }

  /** The greater of two. */
  public static double max(double a, double b) {
    return Math.max(a, b);
  }

  /** The greater of two. */
  public static long max(long a, long b) {
    return Math.max(a, b);
  }

  /** The absolute value. */
  public static float abs(float a) {
    return Math.abs(a);
  }

  /** The absolute value. */
  public static int abs(int a) {
    return Math.abs(a);
  }

  /** The absolute value. */
  public static double abs(double a) {
    return Math.abs(a);
  }

  /** −1, 0 or 1, as the number's sign. */
  public static float signum(float a) {
    return Math.signum(a);
  }
}
