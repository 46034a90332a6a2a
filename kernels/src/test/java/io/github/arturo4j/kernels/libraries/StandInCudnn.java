// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.libraries;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * cuDNN's convolutions by plain loops on this machine's own memory, as cudnn_ops.h and cudnn_cnn.h declare them; strict with its arguments.
 * Of its algorithms, only the last is what we want: deterministic, exact and small.
 */
final class StandInCudnn {
  /** cudnnStatus_t of version 9. */
  static final int NOT_INITIALIZED = 1001;
  static final int BAD_PARAM = 2000;
  static final int MISALIGNED = 2009;
  static final int NOT_SUPPORTED = 3000;

  static final int ALGORITHM = 5;
  static final long WORKSPACE = 12_345;
  static final int FMA_MATH = 3;

  private static final long HANDLE = 0x4000;
  private static final int TENSOR_OP_MATH = 1;
  private static final int ALLOW_CONVERSION = 2;

  private final StandInDriver driver;
  private final Map<Long, int[]> descriptors = new HashMap<>();
  int handles;
  int made;
  int answer;
  boolean deterministic = true;
  private boolean streaming;
  private long next = 0x5000;

  StandInCudnn(StandInDriver driver) {
    this.driver = driver;
  }

  int descriptors() {
    return descriptors.size();
  }

  public synchronized int cudnnCreate(MemorySegment handle) {
    handles++;
    Upcalls.set(handle, HANDLE);
    return driver.current ? 0 : NOT_INITIALIZED;
  }

  public synchronized int cudnnDestroy(MemorySegment handle) {
    handles--;
    return check(handle);
  }

  public synchronized int cudnnSetStream(MemorySegment handle, MemorySegment stream) {
    streaming = stream.address() == StandInDriver.STREAM;
    return check(handle);
  }

  public int cudnnGetProperty(int type, MemorySegment value) {
    Upcalls.set(value, new int[] {9, 13, 0}[type]);
    return 0;
  }

  public MemorySegment cudnnGetErrorString(int status) {
    return Upcalls.text(status == NOT_SUPPORTED ? "CUDNN_STATUS_NOT_SUPPORTED" : "CUDNN_STATUS_BAD_PARAM");
  }

  private static int check(MemorySegment handle) {
    return handle.address() == HANDLE ? 0 : NOT_INITIALIZED;
  }

  private synchronized int create(MemorySegment result) {
    descriptors.put(next, new int[0]);
    made++;
    Upcalls.set(result, next++);
    return 0;
  }

  private synchronized int set(MemorySegment descriptor, int... values) {
    return descriptors.replace(descriptor.address(), values) == null ? BAD_PARAM : 0;
  }

  private synchronized int destroy(MemorySegment descriptor) {
    return descriptors.remove(descriptor.address()) == null ? BAD_PARAM : 0;
  }

  private int[] get(MemorySegment descriptor) {
    return descriptors.get(descriptor.address());
  }

  public int cudnnCreateTensorDescriptor(MemorySegment result) {
    return create(result);
  }

  public int cudnnSetTensor4dDescriptor(MemorySegment tensor, int format, int type, int n, int c, int h, int w) {
    return format == 0 && type == 0 ? set(tensor, n, c, h, w) : BAD_PARAM;
  }

  public int cudnnDestroyTensorDescriptor(MemorySegment tensor) {
    return destroy(tensor);
  }

  public int cudnnCreateFilterDescriptor(MemorySegment result) {
    return create(result);
  }

  public int cudnnSetFilter4dDescriptor(MemorySegment filter, int type, int format, int k, int c, int h, int w) {
    return format == 0 && type == 0 ? set(filter, k, c, h, w, 0) : BAD_PARAM;
  }

  public int cudnnDestroyFilterDescriptor(MemorySegment filter) {
    return destroy(filter);
  }

  public int cudnnCreateConvolutionDescriptor(MemorySegment result) {
    return create(result);
  }

  public int cudnnSetConvolution2dDescriptor(
      MemorySegment convolution, int padH, int padW, int u, int v, int dilationH, int dilationW, int mode, int type) {
    boolean known = dilationH == 1 && dilationW == 1 && mode == 1 && type == 0;
    return known ? set(convolution, padH, padW, u, v, 0, -1) : BAD_PARAM;
  }

  public synchronized int cudnnSetConvolutionMathType(MemorySegment convolution, int mathType) {
    int[] values = get(convolution);
    if (values == null || values.length != 6) {
      return BAD_PARAM;
    }
    values[4] = mathType;
    return 0;
  }

  public int cudnnDestroyConvolutionDescriptor(MemorySegment convolution) {
    return destroy(convolution);
  }

  /** What is asked about: descriptors of input, weights, convolution and output. */
  private record Geometry(int[] x, int[] w, int[] place, int[] y) {
    boolean fits() {
      return x != null && x.length == 4 && w != null && w.length == 5 && place != null && place.length == 6 && y != null && y.length == 4
          && x[0] == y[0] && x[1] == w[1] && y[1] == w[0]
          && y[2] == (x[2] + 2 * place[0] - w[2]) / place[2] + 1 && y[3] == (x[3] + 2 * place[1] - w[3]) / place[3] + 1;
    }
  }

  private synchronized int algorithms(MemorySegment handle, Geometry g, int most, MemorySegment count, MemorySegment results) {
    if (check(handle) != 0 || !g.fits() || most < 6) {
      return BAD_PARAM;
    }
    int math = g.place[4];
    write(results, 0, 1, NOT_SUPPORTED, 0, 1, math);
    write(results, 1, 0, 0, 0, 0, math); // not deterministic
    write(results, 2, 2, 0, 1L << 40, 1, math); // too large
    write(results, 3, 3, 0, 0, 1, ALLOW_CONVERSION);
    if (math == FMA_MATH) {
      write(results, 4, 4, 0, 0, 1, TENSOR_OP_MATH); // which was not asked for
    } else {
      write(results, 4, 4, 0, 1L << 41, 1, math);
    }
    write(results, 5, ALGORITHM, 0, WORKSPACE, deterministic ? 1 : 0, math);
    Upcalls.set(count, 6);
    return 0;
  }

  private static void write(MemorySegment results, int index, int algorithm, int status, long memory, int determinism, int mathType) {
    MemorySegment at = Upcalls.at(results).asSlice(48L * index, 48);
    at.set(ValueLayout.JAVA_INT, 0, algorithm);
    at.set(ValueLayout.JAVA_INT, 4, status);
    at.set(ValueLayout.JAVA_FLOAT, 8, 1e-3f * index);
    at.set(ValueLayout.JAVA_LONG, 16, memory);
    at.set(ValueLayout.JAVA_INT, 24, determinism);
    at.set(ValueLayout.JAVA_INT, 28, mathType);
  }

  private int workspace(MemorySegment handle, Geometry g, int algorithm, MemorySegment bytes) {
    if (check(handle) != 0 || !g.fits() || algorithm != ALGORITHM) {
      return BAD_PARAM;
    }
    Upcalls.set(bytes, WORKSPACE);
    return 0;
  }

  public int cudnnGetConvolutionForwardAlgorithm_v7(
      MemorySegment handle, MemorySegment x, MemorySegment w, MemorySegment place, MemorySegment y, int most, MemorySegment count,
      MemorySegment results) {
    return algorithms(handle, new Geometry(get(x), get(w), get(place), get(y)), most, count, results);
  }

  public int cudnnGetConvolutionBackwardDataAlgorithm_v7(
      MemorySegment handle, MemorySegment w, MemorySegment dy, MemorySegment place, MemorySegment dx, int most, MemorySegment count,
      MemorySegment results) {
    return algorithms(handle, new Geometry(get(dx), get(w), get(place), get(dy)), most, count, results);
  }

  public int cudnnGetConvolutionBackwardFilterAlgorithm_v7(
      MemorySegment handle, MemorySegment x, MemorySegment dy, MemorySegment place, MemorySegment dw, int most, MemorySegment count,
      MemorySegment results) {
    return algorithms(handle, new Geometry(get(x), get(dw), get(place), get(dy)), most, count, results);
  }

  public int cudnnGetConvolutionForwardWorkspaceSize(
      MemorySegment handle, MemorySegment x, MemorySegment w, MemorySegment place, MemorySegment y, int algorithm, MemorySegment bytes) {
    return workspace(handle, new Geometry(get(x), get(w), get(place), get(y)), algorithm, bytes);
  }

  public int cudnnGetConvolutionBackwardDataWorkspaceSize(
      MemorySegment handle, MemorySegment w, MemorySegment dy, MemorySegment place, MemorySegment dx, int algorithm, MemorySegment bytes) {
    return workspace(handle, new Geometry(get(dx), get(w), get(place), get(dy)), algorithm, bytes);
  }

  public int cudnnGetConvolutionBackwardFilterWorkspaceSize(
      MemorySegment handle, MemorySegment x, MemorySegment dy, MemorySegment place, MemorySegment dw, int algorithm, MemorySegment bytes) {
    return workspace(handle, new Geometry(get(x), get(dw), get(place), get(dy)), algorithm, bytes);
  }

  /** Indices of an output value, and of an input value and a weight whose product it sums. */
  private interface Term {
    void at(int y, int x, int w);
  }

  private static void forEachTerm(Geometry g, Term term) {
    int[] x = g.x;
    int[] w = g.w;
    int[] y = g.y;
    for (int n = 0; n < y[0]; n++) {
      for (int k = 0; k < y[1]; k++) {
        for (int p = 0; p < y[2]; p++) {
          for (int q = 0; q < y[3]; q++) {
            int out = ((n * y[1] + k) * y[2] + p) * y[3] + q;
            for (int c = 0; c < w[1]; c++) {
              for (int r = 0; r < w[2]; r++) {
                for (int s = 0; s < w[3]; s++) {
                  int h = p * g.place[2] + r - g.place[0];
                  int v = q * g.place[3] + s - g.place[1];
                  if (h >= 0 && h < x[2] && v >= 0 && v < x[3]) {
                    term.at(out, ((n * x[1] + c) * x[2] + h) * x[3] + v, ((k * w[1] + c) * w[2] + r) * w[3] + s);
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  private int check(
      MemorySegment handle, Geometry g, int algorithm, MemorySegment work, long bytes, MemorySegment... operands) {
    if (answer != 0) {
      return answer;
    }
    if (check(handle) != 0 || !driver.current || !streaming) {
      return NOT_INITIALIZED;
    }
    if (Arrays.stream(operands).anyMatch(operand -> operand.address() % 16 != 0)) {
      return MISALIGNED;
    }
    boolean room = bytes == WORKSPACE && driver.allocated.containsKey(work.address());
    return g.fits() && algorithm == ALGORITHM && room ? 0 : BAD_PARAM;
  }

  private static float[] floats(MemorySegment pointer, int[] sizes, int mathType) {
    float[] values = Upcalls.at(pointer).asSlice(0, 4L * count(sizes)).toArray(ValueLayout.JAVA_FLOAT);
    for (int i = 0; i < values.length && mathType != FMA_MATH; i++) {
      values[i] = Rounding.tf32(values[i]);
    }
    return values;
  }

  private static int count(int[] sizes) {
    return sizes[0] * sizes[1] * sizes[2] * sizes[3];
  }

  private static int store(double[] sums, MemorySegment alpha, MemorySegment beta, MemorySegment to) {
    MemorySegment place = Upcalls.at(to);
    for (int i = 0; i < sums.length; i++) {
      float scale = Upcalls.floatAt(beta);
      float before = scale == 0 ? 0 : scale * place.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      place.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) (Upcalls.floatAt(alpha) * sums[i]) + before);
    }
    return 0;
  }

  public synchronized int cudnnConvolutionForward(
      MemorySegment handle, MemorySegment alpha, MemorySegment xDesc, MemorySegment x, MemorySegment wDesc, MemorySegment w,
      MemorySegment place, int algorithm, MemorySegment work, long bytes, MemorySegment beta, MemorySegment yDesc, MemorySegment y) {
    Geometry g = new Geometry(get(xDesc), get(wDesc), get(place), get(yDesc));
    int status = check(handle, g, algorithm, work, bytes, x, w, y);
    if (status != 0) {
      return status;
    }
    float[] in = floats(x, g.x, g.place[4]);
    float[] weights = floats(w, g.w, g.place[4]);
    double[] sums = new double[count(g.y)];
    forEachTerm(g, (out, from, weight) -> sums[out] += (double) in[from] * weights[weight]);
    return store(sums, alpha, beta, y);
  }

  public synchronized int cudnnConvolutionBackwardData(
      MemorySegment handle, MemorySegment alpha, MemorySegment wDesc, MemorySegment w, MemorySegment dyDesc, MemorySegment dy,
      MemorySegment place, int algorithm, MemorySegment work, long bytes, MemorySegment beta, MemorySegment dxDesc, MemorySegment dx) {
    Geometry g = new Geometry(get(dxDesc), get(wDesc), get(place), get(dyDesc));
    int status = check(handle, g, algorithm, work, bytes, dy, w, dx);
    if (status != 0) {
      return status;
    }
    float[] upstream = floats(dy, g.y, g.place[4]);
    float[] weights = floats(w, g.w, g.place[4]);
    double[] sums = new double[count(g.x)];
    forEachTerm(g, (out, to, weight) -> sums[to] += (double) upstream[out] * weights[weight]);
    return store(sums, alpha, beta, dx);
  }

  public synchronized int cudnnConvolutionBackwardFilter(
      MemorySegment handle, MemorySegment alpha, MemorySegment xDesc, MemorySegment x, MemorySegment dyDesc, MemorySegment dy,
      MemorySegment place, int algorithm, MemorySegment work, long bytes, MemorySegment beta, MemorySegment dwDesc, MemorySegment dw) {
    Geometry g = new Geometry(get(xDesc), get(dwDesc), get(place), get(dyDesc));
    int status = check(handle, g, algorithm, work, bytes, dy, x, dw);
    if (status != 0) {
      return status;
    }
    float[] in = floats(x, g.x, g.place[4]);
    float[] upstream = floats(dy, g.y, g.place[4]);
    double[] sums = new double[count(g.w)];
    forEachTerm(g, (out, from, weight) -> sums[weight] += (double) upstream[out] * in[from]);
    return store(sums, alpha, beta, dw);
  }

  public synchronized int cudnnConvolutionBackwardBias(
      MemorySegment handle, MemorySegment alpha, MemorySegment dyDesc, MemorySegment dy, MemorySegment beta, MemorySegment dbDesc,
      MemorySegment db) {
    int[] y = get(dyDesc);
    int[] b = get(dbDesc);
    if (check(handle) != 0 || !driver.current || !streaming) {
      return NOT_INITIALIZED;
    }
    if (y == null || b == null || y.length != 4 || b.length != 4 || y[1] != b[1] || count(b) != b[1]) {
      return BAD_PARAM;
    }
    float[] upstream = floats(dy, y, FMA_MATH);
    double[] sums = new double[b[1]];
    for (int i = 0; i < upstream.length; i++) {
      sums[i / (y[2] * y[3]) % y[1]] += upstream[i];
    }
    return store(sums, alpha, beta, db);
  }
}
