// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.random;

import io.github.arturo4j.kernels.inspect.KernelCompiler;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Random numbers as functions of two key words and an element's number. */
public final class CounterRandom {
  private static final float UNIT = 1f / (1 << 24);
  private static final float TWO_PI = (float) (2 * Math.PI);

  private CounterRandom() {}

  /**
   * Writes the two key words of one of a step's streams of random numbers.
   *
   * @param keys where they go
   * @param at the place of the first
   * @param seed of the training
   * @param step its number
   * @param stream which of the step's, an index of its own for each use
   */
  public static void setKey(IntArray keys, int at, long seed, long step, int stream) {
    long word = mix(mix(mix(seed) + step) + stream);
    keys.set(at, (int) word);
    keys.set(at + 1, (int) (word >>> 32));
  }

  /** The output function of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014), with its increment. */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /**
   * A 32-bit mixer in two rounds of multiply and xor-shift, with the constants of Chris Wellons' lowbias32
   * (hash prospector, public domain); the second key enters between the rounds, so that two keys give
   * unrelated streams and not one stream shifted. The masks make the shifts unsigned: TornadoVM 5.2 compiles
   * {@code >>>} of an int to OpenCL's signed shift. (The key enters by xor: with a sum, C2 does not vectorise.)
   */
  public static int hash(int element, int key, int secondKey) {
    int h = element ^ key;
    h = timesPlus(h ^ ((h >> 16) & 0xffff), 0x7feb352d, secondKey);
    h = timesPlus(h ^ ((h >> 15) & 0x1ffff), 0x846ca68b, 0);
    return h ^ ((h >> 16) & 0xffff);
  }

  /**
   * The lower 32 bits of a·b + c. They overflow an int, which OpenCL C takes to be impossible (LLVM, with PoCL, has
   * inferred a wrong sign from that), and fit a long. Java's ints just wrap around, and vectorise better.
   */
  private static int timesPlus(int a, int b, int c) {
    if (KernelCompiler.JVM) {
      return a * b + c;
    }
    return (int) ((long) a * b + c);
  }

  /**
   * A number of the normal distribution, by Box and Muller (1958) from two numbers of 24 bits: at most 5.9 from 0.
   *
   * @param element less than 2³⁰
   */
  public static float normal(int element, int key, int secondKey) {
    float radius = positive(2 * element, key, secondKey);
    float angle = positive(2 * element + 1, key, secondKey);
    return TornadoMath.sqrt(-2f * TornadoMath.log(radius)) * TornadoMath.cos(TWO_PI * angle);
  }

  /** A number in [0, 1) of 24 bits. */
  public static float uniform(int element, int key, int secondKey) {
    return ((hash(element, key, secondKey) >> 8) & 0xffffff) * UNIT;
  }

  /** A number in (0, 1]. */
  private static float positive(int element, int key, int secondKey) {
    return (((hash(element, key, secondKey) >> 8) & 0xffffff) + 0.5f) * UNIT;
  }
}
