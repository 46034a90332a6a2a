#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Registers, spills and instructions of kernels on an AMD GPU, without one: what TornadoVM has generated in OpenCL, through the compiler that
# AMD's is made of, clang (17 or newer for gfx942; Debian 12 has clang-19). Nothing else is needed: functions are a few macros.
#   docs/registers-amd.sh FOLDER [gfx942]       the folder that --print-kernels has filled; the architecture. CLANG names the compiler
set -euo pipefail
folder=$1 architecture=${2:-gfx942} clang=${CLANG:-clang-19}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/opencl.h" <<'EOF'
typedef unsigned char uchar;
typedef unsigned int uint;
typedef unsigned long ulong;
#define OF(v, i) ((int)((i) == 0 ? v##_x() : (i) == 1 ? v##_y() : v##_z()))
#define get_local_id(i) OF(__builtin_amdgcn_workitem_id, i)
#define get_group_id(i) OF(__builtin_amdgcn_workgroup_id, i)
#define get_local_size(i) OF(__builtin_amdgcn_workgroup_size, i)
#define get_global_size(i) OF(__builtin_amdgcn_grid_size, i)
#define get_global_id(i) (get_group_id(i) * get_local_size(i) + get_local_id(i))
#define FENCE __builtin_amdgcn_fence(__ATOMIC_SEQ_CST, "workgroup")
#define barrier(kind) (FENCE, __builtin_amdgcn_s_barrier(), FENCE)
#define isless(a, b) ((int)((a) < (b)))
#define islessequal(a, b) ((int)((a) <= (b)))
#define isgreater(a, b) ((int)((a) > (b)))
#define isgreaterequal(a, b) ((int)((a) >= (b)))
#define isequal(a, b) ((int)((a) == (b)))
#define isnotequal(a, b) ((int)((a) < (b) || (a) > (b)))
#define fma(a, b, c) __builtin_fmaf(a, b, c)
#define exp(x) __builtin_expf(x)
#define log(x) __builtin_logf(x)
#define sqrt(x) __builtin_sqrtf(x)
#define native_sqrt(x) __builtin_sqrtf(x)
#define fabs(x) __builtin_fabsf(x)
#define floor(x) __builtin_floorf(x)
#define fmin(a, b) __builtin_fminf(a, b)
#define fmax(a, b) __builtin_fmaxf(a, b)
#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
EOF
count() { grep -cE "^[[:space:]]+$1" "$work/kernel.s" || true; }
told() { sed -n "s/^ *\.$1: *\([0-9]*\)/\1/p" "$work/kernel.s" | head -1; }
printf '%-52s %9s %6s %6s %6s %9s %9s %9s\n' kernel registers stack spills FMA '128 bit' 'two of 32' 'one of 32'
for file in "$folder"/*.cl; do
  name=$(basename "$file" .cl)
  # A group of 256 threads, which is what the kernels have; the arrays of local memory as they are: of no more than four bytes' alignment.
  sed -E -e '/^#pragma/d' -e 's/__kernel void/__attribute__((reqd_work_group_size(256, 1, 1))) __kernel void/' "$file" >"$work/kernel.cl"
  if ! "$clang" -x cl -cl-std=CL1.2 -cl-no-stdinc -target amdgcn-amd-amdhsa -mcpu="$architecture" -nogpulib -O3 -S -w \
      -include "$work/opencl.h" -o "$work/kernel.s" "$work/kernel.cl" >"$work/said" 2>&1; then
    printf '%-52s not translated: %s\n' "$name" "$(grep -m 1 error "$work/said" | sed 's/.*error: //' || true)"
    continue
  fi
  printf '%-52s %9s %6s %6s %6s %9s %9s %9s\n' "$name" "$(told vgpr_count)" "$(told private_segment_fixed_size)" "$(told vgpr_spill_count)" \
    "$(($(count 'v_(fma|fmac|fmamk|fmaak)_f32') + 2 * $(count 'v_pk_fma_f32')))" \
    "$(count 'ds_read_b128')" "$(count 'ds_read2')" "$(count 'ds_read_b32')"
done
