// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GeneratedKernelTest {
  private static final String FIRST = "#pragma OPENCL EXTENSION cl_khr_fp64 : enable\n"
      + "__kernel void gather(__global long *_kernel_context)\n{\n  for(;;)\n  {\n  }  // B1\n}  //  kernel\n";
  private static final String SECOND = FIRST.replace("gather", "forward");

  @Test
  void cutsOpenClWithThePragmasOfEachKernel() {
    assertThat(GeneratedKernel.split(FIRST + "\n" + SECOND))
        .containsExactly(new GeneratedKernel(".cl", FIRST), new GeneratedKernel(".cl", SECOND));
  }

  @Test
  void cutsPtxWithTheHeadOfEachModule() {
    String ptx = ".version 7.6 \n.target sm_86 \n.address_size 64 \n\n"
        + ".visible .entry s0_t0_add(.param .u64 .ptr .global .align 8 kernel_context) {\n\tret;\n}\n";
    assertThat(GeneratedKernel.split(ptx + ptx))
        .containsExactly(new GeneratedKernel(".ptx", ptx), new GeneratedKernel(".ptx", ptx));
  }

  @Test
  void cutsCudaWithHelpersBeforeTheKernel() {
    String cuda = "#include <cuda_fp16.h>\nextern \"C\" __global__ void add(long *x)\n{\n  x[0] = 1;\n}\n";
    assertThat(GeneratedKernel.split(cuda + "\n" + cuda))
        .containsExactly(new GeneratedKernel(".cu", cuda), new GeneratedKernel(".cu", cuda));
  }

  @Test
  void nothingGeneratedIsNoKernel() {
    assertThat(GeneratedKernel.split("")).isEmpty();
    assertThat(GeneratedKernel.split("some text\n}\n")).isEmpty();
  }
}
