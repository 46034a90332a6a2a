// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

class DeviceTraitsTest {
  @Test
  void aCpuOfOpenclChoosesItsOwnGridsAndHasTheLimitsOfTornadoVm() {
    assertThat(traits("pthread-AMD EPYC 7B13", TornadoDeviceType.CPU, "OPENCL"))
        .isEqualTo(new DeviceTraits(false, KernelShape.CHUNKS, false, 64, 8, false, ProductCuts.NONE, Optional.empty()));
  }

  @Test
  void aGpuOfOpenclHasGroupsAndGrids() {
    assertThat(traits("gfx90a:sramecc+:xnack-", TornadoDeviceType.GPU, "OPENCL"))
        .isEqualTo(new DeviceTraits(false, KernelShape.GROUPS, true, 64, 8, false, ProductCuts.NONE, Optional.empty()));
  }

  @Test
  void theBackendOfCudaHasItsGraphsWhereTornadoVmHasThem() {
    DeviceTraits traits = traits("Tesla V100-SXM2-16GB", TornadoDeviceType.GPU, "CUDA");
    assertThat(traits.shape()).isEqualTo(KernelShape.GROUPS);
    assertThat(traits.cudaGraphs()).isTrue();
  }

  @Test
  void theJvmHasNoLimits() {
    assertThat(traits("JVM, 2 threads", TornadoDeviceType.CPU, "JAVA"))
        .isEqualTo(new DeviceTraits(true, KernelShape.CHUNKS, false, Integer.MAX_VALUE, 8, false, ProductCuts.NONE, Optional.empty()));
  }

  private static DeviceTraits traits(String name, TornadoDeviceType type, String backend) {
    TornadoTargetDevice target = answering(TornadoTargetDevice.class, Map.of("getDeviceName", name, "getDeviceMaxComputeUnits", 8));
    return DeviceTraits.of(
        answering(
            TornadoDevice.class,
            Map.of(
                "getPhysicalDevice", target, "getDeviceType", type,
                "getTornadoVMBackend", TornadoVMBackendType.valueOf(backend))));
  }

  private static <T> T answering(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> answers.get(method.getName())));
  }
}
