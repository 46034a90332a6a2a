// SPDX-License-Identifier: Apache-2.0
// Preloaded, has TornadoVM take an OpenCL device for a GPU, and oclgrind report faults that are faults: see devices.md.
#define _GNU_SOURCE
#define CL_TARGET_OPENCL_VERSION 120
#include <CL/cl.h>
#include <dlfcn.h>

#define NEXT(function) ((__typeof__(&(function)))dlsym(RTLD_NEXT, #function))

// oclgrind's device says that it is of all types at once, which TornadoVM does not know; Mesa's is a CPU, …
cl_int clGetDeviceInfo(cl_device_id device, cl_device_info what, size_t size, void *value, size_t *written) {
  cl_int error = NEXT(clGetDeviceInfo)(device, what, size, value, written);
  if (error == CL_SUCCESS && what == CL_DEVICE_TYPE && value != NULL) {
    *(cl_device_type *)value = CL_DEVICE_TYPE_GPU;
  }
  return error;
}

// … and TornadoVM asks Mesa for GPUs alone.
cl_int clGetDeviceIDs(
    cl_platform_id platform, cl_device_type type, cl_uint size, cl_device_id *devices, cl_uint *count) {
  (void)type;
  return NEXT(clGetDeviceIDs)(platform, CL_DEVICE_TYPE_ALL, size, devices, count);
}

// TornadoVM 5.2 makes a buffer for what the first task does with it: write-only, though a later task reads it.
cl_mem clCreateBuffer(cl_context context, cl_mem_flags flags, size_t size, void *host, cl_int *error) {
  return NEXT(clCreateBuffer)(context, flags & ~(cl_mem_flags)CL_MEM_WRITE_ONLY, size, host, error);
}

// oclgrind 21.10 knows what has been written of a buffer only as far as the released one went whose place it takes.
cl_int clReleaseMemObject(cl_mem buffer) {
  (void)buffer;
  return CL_SUCCESS;
}
