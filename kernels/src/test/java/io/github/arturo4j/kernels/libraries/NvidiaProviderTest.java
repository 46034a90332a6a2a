// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.arturo4j.kernels.device.Precision;
import io.github.arturo4j.kernels.inspect.DeviceException;
import io.github.arturo4j.kernels.libraries.Convolution.Direction;
import io.github.arturo4j.kernels.libraries.MatrixProduct.Operand;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.common.Access;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.runtime.library.spi.LibraryContext;
import uk.ac.manchester.tornado.runtime.library.spi.LibraryInvocation;

/** The provider between TornadoVM and the libraries: what is made when, what is freed, and what a failure says. */
class NvidiaProviderTest {
  private final Arena arena = Arena.ofConfined();
  private final StandIn standIn = new StandIn();
  private final NvidiaLibraries libraries = standIn.libraries();
  private final NvidiaProvider provider = new NvidiaProvider(() -> libraries);
  private final Random random = new Random(1);

  @AfterEach
  void free() {
    arena.close();
  }

  private LibraryContext context() {
    return provider.context(StandInDriver.CONTEXT, StandInDriver.STREAM);
  }

  private MemorySegment values(int n) {
    MemorySegment values = arena.allocate(4L * n, 64);
    for (int i = 0; i < n; i++) {
      values.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
    }
    return values;
  }

  private static float at(MemorySegment values, int index) {
    return values.getAtIndex(ValueLayout.JAVA_FLOAT, index);
  }

  private void dispatch(LibraryTaskDescriptor descriptor, LibraryContext context, MemorySegment... arrays) {
    long[] pointers = new long[arrays.length];
    boolean[] isReference = new boolean[arrays.length];
    for (int i = 0; i < arrays.length; i++) {
      pointers[i] = arrays[i].address();
      isReference[i] = true;
    }
    provider.dispatch(
        descriptor.getFunctionName(),
        new LibraryInvocation(descriptor.getParameters(), pointers, isReference, null, 1, context, descriptor.getTuning()));
  }

  private static LibraryTaskDescriptor product(Precision precision) {
    FloatArray any = new FloatArray(1);
    return NvidiaProvider.product(
        NvidiaProvider.NAME, any, any, any,
        new MatrixProduct(1, 1, 2, 3, 4, Operand.single(0, 4), false, Operand.single(0, 3), false, Operand.single(0, 3), precision));
  }

  private static LibraryTaskDescriptor convolution(Direction direction, long weight, Precision precision) {
    FloatArray any = new FloatArray(1);
    return NvidiaProvider.convolution(
        NvidiaProvider.NAME, any, any, any, new Convolution(direction, 2, 3, 5, 6, 4, 3, 4, 3, 1, 0, weight, precision));
  }

  private static LibraryTaskDescriptor biasGradient() {
    FloatArray any = new FloatArray(1);
    return NvidiaProvider.biasGradient(NvidiaProvider.NAME, any, any, new BiasGradient(2, 4, 12, 5));
  }

  @ParameterizedTest
  @EnumSource
  void aProductRoundsItsOperandsAsThePrecisionSays(Precision precision) {
    LibraryContext context = context();
    MemorySegment a = values(8);
    MemorySegment b = values(12);
    MemorySegment c = values(6);
    dispatch(product(precision), context, a, b, c);
    for (int i = 0; i < 6; i++) {
      double expected = 0;
      for (int k = 0; k < 4; k++) {
        expected += round(at(a, i / 3 * 4 + k), precision) * round(at(b, k * 3 + i % 3), precision);
      }
      assertThat((double) at(c, i)).isCloseTo(expected, Offset.offset(1e-6));
    }
    provider.destroyContext(context);
  }

  private static double round(float value, Precision precision) {
    return switch (precision) {
      case FP32 -> value;
      case TF32 -> Rounding.tf32(value);
      case BF16 -> Rounding.bf16(value);
    };
  }

  /** With kernels of 1×1 and images of one pixel, an output is a single product. */
  @ParameterizedTest
  @EnumSource
  void aConvolutionRoundsToTf32AtMost(Precision precision) {
    FloatArray any = new FloatArray(1);
    Convolution one = new Convolution(Direction.FORWARD, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, precision);
    LibraryTaskDescriptor task = NvidiaProvider.convolution(NvidiaProvider.NAME, any, any, any, one);
    LibraryContext context = context();
    MemorySegment x = values(1);
    MemorySegment w = values(1);
    MemorySegment y = values(1);
    provider.prepare(task, context);
    dispatch(task, context, x, w, y);
    float expected = precision == Precision.FP32 ? at(x, 0) * at(w, 0) : Rounding.tf32(at(x, 0)) * Rounding.tf32(at(w, 0));
    assertThat(at(y, 0)).isEqualTo(expected).isNotZero();
    provider.destroyContext(context);
  }

  @ParameterizedTest
  @EnumSource
  void everythingIsMadeBeforeTheFirstCallAndFreedWithThePlan(Direction direction) {
    LibraryContext context = context();
    LibraryTaskDescriptor aligned = convolution(direction, 4, Precision.FP32);
    LibraryTaskDescriptor unaligned = convolution(direction, 3, Precision.FP32);
    for (LibraryTaskDescriptor task : new LibraryTaskDescriptor[] {product(Precision.TF32), aligned, unaligned, biasGradient()}) {
      provider.prepare(task, context);
      provider.prepare(task, context);
    }
    int allocations = standIn.driver.allocations;
    int made = standIn.cudnn.made;
    assertThat(allocations).as("workspaces of cuBLAS and cuDNN, and of unaligned weights").isEqualTo(3);
    assertThat(made).as("of two convolutions and a bias").isEqualTo(10);
    MemorySegment[] arrays = {values(200), values(200), values(200)};
    for (int i = 0; i < 3; i++) {
      dispatch(product(Precision.TF32), context, arrays);
      dispatch(aligned, context, arrays);
      dispatch(unaligned, context, arrays);
      dispatch(biasGradient(), context, arrays[0], arrays[1]);
    }
    assertThat(standIn.driver.copies).isEqualTo(3);
    assertThat(standIn.driver.allocations).isEqualTo(allocations);
    assertThat(standIn.cudnn.made).isEqualTo(made);
    assertThat(standIn.cublas.handles).isEqualTo(1);
    provider.destroyContext(context);
    assertThat(standIn.driver.allocated).isEmpty();
    assertThat(standIn.cudnn.descriptors()).isZero();
    assertThat(standIn.cublas.handles).isZero();
    assertThat(standIn.cudnn.handles).isZero();
  }

  /** A CUDA graph that was recorded with it goes on using it. */
  @Test
  void aWorkspaceThatGrowsKeepsWhatItWas() {
    standIn.driver.cuCtxSetCurrent(MemorySegment.ofAddress(StandInDriver.CONTEXT));
    Workspace workspace = new Workspace(libraries.driver());
    workspace.require(0);
    assertThat(workspace.address()).isZero();
    workspace.require(100);
    long first = workspace.address();
    workspace.require(50);
    assertThat(workspace.address()).isEqualTo(first);
    workspace.require(200);
    assertThat(workspace.address()).isNotEqualTo(first);
    assertThat(workspace.bytes()).isEqualTo(200);
    assertThat(standIn.driver.allocated).containsKeys(first, workspace.address());
    workspace.free();
    assertThat(standIn.driver.allocated).isEmpty();
  }

  @Test
  void aCallNeedsItsPreparation() {
    LibraryContext context = context();
    MemorySegment any = values(200);
    assertThatThrownBy(() -> dispatch(convolution(Direction.FORWARD, 4, Precision.FP32), context, any, any, any))
        .hasMessageStartingWith("not prepared: a convolution forward of 2×3×5×6 to 4 channels, kernel 3, stride 1, padding 0 (fp32)");
    assertThatThrownBy(() -> dispatch(biasGradient(), context, any, any)).hasMessage("not prepared: the bias gradient of 2×4×12");
  }

  @Test
  void aFailureTellsFunctionStatusAndShape() {
    LibraryContext context = context();
    MemorySegment any = values(200);
    standIn.cublas.answer = StandInCublas.EXECUTION_FAILED;
    assertThatThrownBy(() -> dispatch(product(Precision.BF16), context, any, any, any))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "cuBLAS: cublasGemmEx fails with status 13 (CUBLAS_STATUS_EXECUTION_FAILED) for a product of 2×4 by 4×3 (bf16);"
                + " compute without it with --linalg kernels");
    LibraryTaskDescriptor task = convolution(Direction.BACKWARD_INPUT, 4, Precision.TF32);
    provider.prepare(task, context);
    standIn.cudnn.answer = StandInCudnn.NOT_SUPPORTED;
    assertThatThrownBy(() -> dispatch(task, context, any, any, any))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "cuDNN: cudnnConvolutionBackwardData fails with status 3000 (CUDNN_STATUS_NOT_SUPPORTED) for a convolution backward input of"
                + " 2×3×5×6 to 4 channels, kernel 3, stride 1, padding 0 (tf32); compute without it with --linalg kernels");
  }

  @Test
  void noMemoryForTheWorkspaceIsTold() {
    standIn.driver.limit = 1 << 20;
    assertThatThrownBy(this::context)
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "the CUDA driver: cuMemAlloc fails with status 2 (CUDA_ERROR_OUT_OF_MEMORY) for 33554432 bytes of workspace; compute"
                + " without it with --linalg kernels");
  }

  @Test
  void anAlgorithmThatIsNotDeterministicIsNotTaken() {
    LibraryContext context = context();
    standIn.cudnn.deterministic = false;
    assertThatThrownBy(() -> provider.prepare(convolution(Direction.BACKWARD_WEIGHTS, 4, Precision.FP32), context))
        .isInstanceOf(DeviceException.class)
        .hasMessageStartingWith("cuDNN: none of 6 algorithms is deterministic, exact enough and content with 512 MiB of workspace for")
        .hasMessageEndingWith("; compute without it with --linalg kernels");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cuMemAlloc_v2", "cublasGemmEx", "cublasGemmStridedBatchedEx", "cudnnConvolutionBackwardFilter", "cudnnGetErrorString"
      })
  void aFunctionThatIsMissingIsNamed(String function) {
    assertThatThrownBy(() -> standIn.libraries(function))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining(" has no function " + function + ": it is older or newer than those that are known; install");
  }

  @Test
  void versionsAreTold() {
    assertThat(libraries.versions()).isEqualTo("cuBLAS 13.1.2 and cuDNN 9.13.0");
  }

  @Test
  void fewCallsComputeManyProducts() {
    assertThat(calls(7, 1, new Operand(0, 3, 30, 0))).isEqualTo(new MatrixProduct.Calls(7, 1, true));
    assertThat(calls(1, 7, new Operand(0, 3, 0, 30))).isEqualTo(new MatrixProduct.Calls(7, 1, false));
    assertThat(calls(5, 7, new Operand(0, 3, 210, 30))).as("one behind the other").isEqualTo(new MatrixProduct.Calls(35, 1, false));
    assertThat(calls(5, 7, new Operand(0, 21, 63, 3))).as("side by side").isEqualTo(new MatrixProduct.Calls(7, 5, false));
    assertThat(calls(9, 7, new Operand(0, 21, 63, 3))).isEqualTo(new MatrixProduct.Calls(9, 7, true));
  }

  private static MatrixProduct.Calls calls(int outer, int inner, Operand c) {
    Operand regular = new Operand(0, 3, 9L * inner, 9);
    return new MatrixProduct(outer, inner, 3, 3, 3, regular, false, regular, false, c, Precision.FP32).calls();
  }

  /** What is around a part is not to be lost: only an array that is written as a whole is not sent first. */
  @Test
  void anArrayThatIsWrittenInPartIsSentFirst() {
    MatrixProduct product = (MatrixProduct) product(Precision.FP32).getTuning();
    assertThat(written(c -> NvidiaProvider.product("", c, c, c, product), 6)).isEqualTo(Access.WRITE_ONLY);
    assertThat(written(c -> NvidiaProvider.product("", c, c, c, product), 7)).isEqualTo(Access.READ_WRITE);
    Map<Direction, Integer> sizes = Map.of(Direction.FORWARD, 96, Direction.BACKWARD_INPUT, 180, Direction.BACKWARD_WEIGHTS, 108);
    sizes.forEach(
        (direction, size) -> {
          Convolution convolution = (Convolution) convolution(direction, 4, Precision.FP32).getTuning();
          assertThat(written(c -> NvidiaProvider.convolution("", c, c, c, convolution), size)).isEqualTo(Access.WRITE_ONLY);
          assertThat(written(c -> NvidiaProvider.convolution("", c, c, c, convolution), size + 1)).isEqualTo(Access.READ_WRITE);
        });
    BiasGradient bias = (BiasGradient) biasGradient().getTuning();
    assertThat(written(c -> NvidiaProvider.biasGradient("", c, c, bias), 4)).isEqualTo(Access.WRITE_ONLY);
    assertThat(written(c -> NvidiaProvider.biasGradient("", c, c, bias), 9)).isEqualTo(Access.READ_WRITE);
  }

  /** What a call does with its last array, of so many values. */
  private static Access written(Function<FloatArray, LibraryTaskDescriptor> call, int size) {
    Access[] all = call.apply(new FloatArray(size)).getAccess();
    assertThat(Arrays.copyOf(all, all.length - 1)).containsOnly(Access.READ_ONLY);
    return all[all.length - 1];
  }

  @Test
  void rowsThatOverlapAreRefused() {
    Operand wide = Operand.single(0, 4);
    assertThatThrownBy(() -> new MatrixProduct(1, 1, 4, 4, 4, wide, false, Operand.single(0, 3), true, wide, Precision.FP32))
        .hasMessage("rows of B are 4 values long but 3 apart");
  }
}
