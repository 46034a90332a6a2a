#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Registers, spills and instructions of kernels on an NVIDIA GPU, without one: what TornadoVM has generated in OpenCL, translated to CUDA
# by a few macros, through NVIDIA's compiler and assembler. CUDA's nvcc is all that it needs.
#   docs/registers.sh FOLDER [sm_90]       the folder that --print-kernels has filled; the architecture
set -euo pipefail
folder=$1 architecture=${2:-sm_90}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/opencl.h" <<'EOF'
typedef unsigned char uchar;
typedef unsigned int uint;
typedef unsigned long ulong;
#include <cmath>
#undef isless
#undef isgreater
#undef isequal
#undef isnotequal
#undef isgreaterequal
#undef islessequal
#undef isnan
#undef isinf
#undef isfinite
#define isless(a, b) ((int)((a) < (b)))
#define isgreater(a, b) ((int)((a) > (b)))
#define isnotequal(a, b) ((int)((a) < (b) || (a) > (b)))
#define isgreaterequal(a, b) ((int)((a) >= (b)))
#define islessequal(a, b) ((int)((a) <= (b)))
#define native_sqrt(x) sqrtf(x)
#define isequal(a, b) ((int)((a) == (b)))
#define OF(v, i) ((int)((i) == 0 ? v.x : (i) == 1 ? v.y : v.z))
#define get_local_id(i) OF(threadIdx, i)
#define get_group_id(i) OF(blockIdx, i)
#define get_local_size(i) OF(blockDim, i)
#define get_num_groups(i) OF(gridDim, i)
#define get_global_id(i) (get_group_id(i) * get_local_size(i) + get_local_id(i))
#define get_global_size(i) (get_num_groups(i) * get_local_size(i))
#define barrier(kind) __syncthreads()
EOF
count() { grep -c "$1" "$work/kernel.ptx" || true; }
printf '%-52s %9s %6s %6s %6s %9s %9s\n' kernel registers stack spills FMA '128 bit' 'narrower'
# Local arrays are told to lie at multiples of 16 bytes, so that PTX shows the loads that the assembler makes, which places them there.
for file in "$folder"/*.cl; do
  name=$(basename "$file" .cl)
  {
    echo '#include "opencl.h"'
    sed -E -e '/^#pragma/d' -e 's/__kernel void/extern "C" __global__ void __launch_bounds__(256)/' \
      -e 's/__local (float|int|double) ([a-z0-9_]+)\[/__shared__ __align__(16) \1 \2[/' -e 's/__(global|constant|local|private) //g' "$file"
  } >"$work/kernel.cu"
  if ! nvcc -arch="$architecture" -I"$work" -ptx -o "$work/kernel.ptx" "$work/kernel.cu" >"$work/said" 2>&1; then
    printf '%-52s not translated: %s\n' "$name" "$(grep -m 1 error "$work/said" | sed 's/.*error: //' || true)"
    continue
  fi
  ptxas -arch="$architecture" -v -o "$work/kernel.cubin" "$work/kernel.ptx" 2>"$work/said"
  printf '%-52s %9s %6s %6s %6s %9s %9s\n' "$name" "$(sed -n 's/.*Used \([0-9]*\) registers.*/\1/p' "$work/said")" \
    "$(sed -n 's/ *\([0-9]*\) bytes stack frame.*/\1/p' "$work/said")" \
    "$(sed -n 's/.* \([0-9]*\) bytes spill stores.*/\1/p' "$work/said")" \
    "$(count 'fma.rn.f32')" "$(count 'ld.shared.v4')" "$(count 'ld.shared.\(f32\|v2\)')"
done
