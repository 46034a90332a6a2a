// SPDX-License-Identifier: Apache-2.0

/**
 * NVIDIA's libraries for products, cuBLAS and cuDNN, as library tasks of TornadoVM's CUDA backend: on its stream and in its memory,
 * called through java.lang.foreign. Functions of the libraries, contexts of a plan with handles and workspaces, and the provider that
 * TornadoVM finds.
 *
 * <p>Functions and constants are those of NVIDIA's headers, by the documentation of cuBLAS (docs.nvidia.com/cuda/cublas), of cuDNN's
 * graph-less API (docs.nvidia.com/deeplearning/cudnn, "Legacy API") and of the CUDA driver (docs.nvidia.com/cuda/cuda-driver-api).
 */
package io.github.arturo4j.kernels.libraries;
