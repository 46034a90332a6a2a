// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api.enums;

/** Kinds of backends, of which every release has these. Ask for others by name. The JVM device is {@link #JAVA}. */
public enum TornadoVMBackendType {
  OPENCL,
  CUDA,
  JAVA
}
