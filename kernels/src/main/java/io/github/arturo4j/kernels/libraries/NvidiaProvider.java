// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.libraries;

import java.util.Arrays;
import java.util.function.Supplier;
import uk.ac.manchester.tornado.api.common.Access;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.runtime.common.TornadoXPUDevice;
import uk.ac.manchester.tornado.runtime.library.spi.LibraryContext;
import uk.ac.manchester.tornado.runtime.library.spi.LibraryInvocation;
import uk.ac.manchester.tornado.runtime.library.spi.TornadoLibraryProvider;
import uk.ac.manchester.tornado.runtime.library.spi.TornadoNativeStreamSupport;

/**
 * Calls cuBLAS and cuDNN for the library tasks whose descriptors are made here. Unlike TornadoVM's own providers it takes matrices at an
 * offset of their array, and computes the gradients of convolutions.
 */
public class NvidiaProvider implements TornadoLibraryProvider {
  /** The name by which tasks find it. */
  public static final String NAME = "arturo4j/nvidia";

  /** Products of matrices. */
  private static final String PRODUCT = "product";
  private static final String CONVOLUTION = "convolution";
  private static final String BIAS_GRADIENT = "biasGradient";

  private final Supplier<NvidiaLibraries> libraries;

  /** For TornadoVM, which looks for one: it loads the libraries when a plan first needs them. */
  public NvidiaProvider() {
    this(NvidiaLibraries::loaded);
  }

  /** With libraries of a test. */
  NvidiaProvider(Supplier<NvidiaLibraries> libraries) {
    this.libraries = libraries;
  }

  /**
   * The call of a task that computes products.
   *
   * @param library that of the provider, {@link #NAME}
   */
  public static LibraryTaskDescriptor product(String library, FloatArray a, FloatArray b, FloatArray c, MatrixProduct product) {
    return call(library, PRODUCT, product, product.results(), a, b, c);
  }

  /** The call of a task that computes a convolution or a gradient of it, whose arrays {@link Convolution.Direction} tells. */
  public static LibraryTaskDescriptor convolution(
      String library, FloatArray first, FloatArray second, FloatArray result, Convolution convolution) {
    return call(library, CONVOLUTION, convolution, convolution.results(), first, second, result);
  }

  /** The call of a task that computes the gradients of biases. */
  public static LibraryTaskDescriptor biasGradient(String library, FloatArray dy, FloatArray gradients, BiasGradient bias) {
    return call(library, BIAS_GRADIENT, bias, bias.channels(), dy, gradients);
  }

  /**
   * A call that reads all arrays but the last.
   *
   * @param results values that it writes into the last. Where those are a part, the array is declared to be read, too, so that
   *     TornadoVM sends it, as for a kernel that does the same; of one that is only written, the CUDA backend makes zeros
   */
  private static LibraryTaskDescriptor call(
      String library, String function, Object call, long results, FloatArray... arrays) {
    Access[] access = new Access[arrays.length];
    Arrays.fill(access, Access.READ_ONLY);
    access[arrays.length - 1] = arrays[arrays.length - 1].getSize() == results ? Access.WRITE_ONLY : Access.READ_WRITE;
    Object[] parameters = new Object[arrays.length];
    System.arraycopy(arrays, 0, parameters, 0, arrays.length);
    return new LibraryTaskDescriptor()
        .withLibrary(library).withFunction(function).withParameters(parameters).withAccess(access).withTuning(call);
  }

  @Override
  public String libraryName() {
    return NAME;
  }

  @Override
  public boolean canHandle(TornadoXPUDevice device) {
    return device instanceof TornadoNativeStreamSupport;
  }

  @Override
  public LibraryContext createContext(TornadoXPUDevice device, long executionPlanId) {
    TornadoNativeStreamSupport cuda = (TornadoNativeStreamSupport) device;
    return context(cuda.getNativeContext(executionPlanId), cuda.getNativeStream(executionPlanId));
  }

  /** A context of a CUcontext and a CUstream. */
  final LibraryContext context(long context, long stream) {
    return new NvidiaContext(libraries.get(), context, stream);
  }

  @Override
  public void prepare(LibraryTaskDescriptor descriptor, LibraryContext context) {
    ((NvidiaContext) context).prepare(descriptor.getTuning());
  }

  @Override
  public void dispatch(String functionName, LibraryInvocation invocation) {
    NvidiaContext context = (NvidiaContext) invocation.getContext();
    switch (functionName) {
      case PRODUCT -> context.compute(
          (MatrixProduct) invocation.getTuning(), invocation.getDevicePointer(0), invocation.getDevicePointer(1),
          invocation.getDevicePointer(2));
      case CONVOLUTION -> context.compute(
          (Convolution) invocation.getTuning(), invocation.getDevicePointer(0), invocation.getDevicePointer(1),
          invocation.getDevicePointer(2));
      case BIAS_GRADIENT -> context.compute(
          (BiasGradient) invocation.getTuning(), invocation.getDevicePointer(0), invocation.getDevicePointer(1));
      default -> throw new IllegalArgumentException("no function " + functionName);
    }
  }

  @Override
  public void destroyContext(LibraryContext context) {
    ((NvidiaContext) context).destroy();
  }
}
