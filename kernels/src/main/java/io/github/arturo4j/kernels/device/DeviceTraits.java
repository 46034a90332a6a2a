// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.device;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;

/**
 * What of a device decides which kernels run on it, and how: all such choices are made here, from what TornadoVM says of it.
 *
 * @param plainJvm whether it is the JVM device: graphs have no limits of TornadoVM's, products and convolutions are the
 *     work of OpenBLAS and oneDNN
 * @param shape how its kernels sum and walk; on a CPU, through PoCL for instance, groups take twice as long as chunks
 * @param loopGrids whether a task of several parallel loops is given its grid of threads; on a CPU, TornadoVM counts the
 *     loops the other way round, and chooses better itself
 * @param tasksPerGraph the tasks that a graph may have. TornadoVM 5.2 lists a graph's tasks in 8 KiB and describes a graph
 *     in 1,024 nodes, which no option changes: one for each array of this and all earlier graphs, and 5 to 7 for a task.
 *     With 128 tasks, those of a ResNet-34 are too many; with 64, there may be some 600 arrays in all
 * @param processors compute units, as OpenCL calls them, for which work is cut
 * @param cudaGraphs whether executions can be recorded as CUDA graphs and replayed: the backend has them, and so has the
 *     TornadoVM that is there
 * @param cuts of its products, where they were measured
 * @param libraries how exactly NVIDIA's libraries are to compute products and convolutions, if they are to: not a trait of the device
 *     alone, but a choice, made where they have proved right on it
 */
public record DeviceTraits(
    boolean plainJvm, KernelShape shape, boolean loopGrids, int tasksPerGraph, int processors, boolean cudaGraphs,
    ProductCuts cuts, Optional<Precision> libraries) {
  /** By name: the constants of TornadoVM's backends come and go, as PTX did in 6.0. */
  private static final Set<String> BACKENDS_OF_CUDA = Set.of("PTX", "CUDA");

  private static final int TASKS_OF_TORNADOVM = 64;

  /** Those of a device. */
  public static DeviceTraits of(TornadoDevice device) {
    boolean jvm = device.getPhysicalDevice().getDeviceName().startsWith("JVM");
    boolean cpu = device.getDeviceType() == TornadoDeviceType.CPU;
    return new DeviceTraits(
        jvm, cpu ? KernelShape.CHUNKS : KernelShape.GROUPS, !cpu, jvm ? Integer.MAX_VALUE : TASKS_OF_TORNADOVM,
        Math.max(1, device.getPhysicalDevice().getDeviceMaxComputeUnits()),
        BACKENDS_OF_CUDA.contains(device.getTornadoVMBackend().name()) && recordsCudaGraphs(),
        ProductCuts.NONE, Optional.empty());
  }

  /** The rule by which products are cut that were not measured. */
  public CutRule cutRule() {
    return shape == KernelShape.CHUNKS ? CutRule.ofCpu(processors) : CutRule.ofGpu(processors);
  }

  /** Whether products are the work of tiled kernels: unless libraries do it, everywhere but on the JVM, and there in the shape for GPUs. */
  public boolean tiles() {
    return libraries.isEmpty() && (!plainJvm || shape == KernelShape.GROUPS);
  }

  /** The same device with kernels of another's shape, to see how those are, or to test them. */
  public DeviceTraits in(KernelShape other) {
    return new DeviceTraits(plainJvm, other, loopGrids, tasksPerGraph, processors, cudaGraphs, cuts, libraries);
  }

  /** The same device with work cut for another's number of processors, to predict it. */
  public DeviceTraits processors(int otherProcessors) {
    return new DeviceTraits(plainJvm, shape, loopGrids, tasksPerGraph, otherProcessors, cudaGraphs, cuts, libraries);
  }

  /** The same device with products cut in this way. */
  public DeviceTraits cut(ProductCuts measured) {
    return new DeviceTraits(plainJvm, shape, loopGrids, tasksPerGraph, processors, cudaGraphs, measured, libraries);
  }

  /** The same device with products and convolutions by NVIDIA's libraries. */
  public DeviceTraits libraries(Precision precision) {
    return new DeviceTraits(plainJvm, shape, loopGrids, tasksPerGraph, processors, cudaGraphs, cuts, Optional.of(precision));
  }

  private static boolean recordsCudaGraphs() {
    return Arrays.stream(TornadoExecutionPlan.class.getMethods()).anyMatch(m -> m.getName().equals("withCUDAGraph"));
  }
}
