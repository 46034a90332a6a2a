// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** The class file of a kernel. */
record KernelClass(Class<?> owner, ClassModel model) {
  private static final String CONTEXT = "uk/ac/manchester/tornado/api/KernelContext";

  static KernelClass read(Class<?> owner) {
    String resource = "/" + owner.getName().replace('.', '/') + ".class";
    try (InputStream in = owner.getResourceAsStream(resource)) {
      if (in == null) {
        throw new TornadoRuntimeException("cannot find the class file of the kernel class " + owner.getName());
      }
      return new KernelClass(owner, ClassFile.of().parse(in.readAllBytes()));
    } catch (IOException e) {
      throw new TornadoRuntimeException("cannot read the class file of " + owner.getName() + ": " + e.getMessage());
    }
  }

  /** Whether any method of the class waits at a barrier. */
  boolean callsBarrier() {
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof MethodRefEntry method
          && method.owner().asInternalName().equals(CONTEXT)
          && method.name().stringValue().endsWith("Barrier")) {
        return true;
      }
    }
    return false;
  }
}
