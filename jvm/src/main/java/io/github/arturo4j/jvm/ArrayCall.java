// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * A static method that calls another one with the arguments in an array. {@link MethodHandle#asSpreader} does the same, but
 * the JDK makes some classes for each new signature of it: a second of a training's start.
 */
final class ArrayCall {
  private static final String NAME = "call";
  private static final MethodType TYPE = MethodType.methodType(void.class, Object[].class);
  private static final MethodTypeDesc DESCRIPTOR = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object.arrayType());

  private ArrayCall() {}

  /** A call of a method of the class that a lookup is for, which may be private: of type {@code (Object[])void}. */
  static MethodHandle of(MethodHandles.Lookup lookup, String method, MethodType type) throws ReflectiveOperationException {
    ClassDesc owner = ClassDesc.of(lookup.lookupClass().getName());
    boolean inInterface = lookup.lookupClass().isInterface();
    byte[] bytes =
        ClassFile.of()
            .build(
                ClassDesc.of(lookup.lookupClass().getName() + "$Call"),
                made -> addTo(made, owner, inInterface, method, type));
    return in(lookup.defineHiddenClass(bytes, false, MethodHandles.Lookup.ClassOption.NESTMATE));
  }

  /** Adds the method to a class. */
  static void addTo(ClassBuilder made, ClassDesc owner, boolean inInterface, String method, MethodType type) {
    made.withMethodBody(
        NAME, DESCRIPTOR, ClassFile.ACC_STATIC | ClassFile.ACC_PUBLIC,
        body -> write(body, owner, inInterface, method, type));
  }

  /** The method of a class that has it. */
  static MethodHandle in(MethodHandles.Lookup made) throws ReflectiveOperationException {
    return made.findStatic(made.lookupClass(), NAME, TYPE);
  }

  private static void write(CodeBuilder body, ClassDesc owner, boolean inInterface, String method, MethodType type) {
    for (int i = 0; i < type.parameterCount(); i++) {
      body.aload(0).loadConstant(i).aaload();
      Class<?> parameter = type.parameterType(i);
      ClassDesc wrapper = descriptor(MethodType.methodType(parameter).wrap().returnType());
      body.checkcast(wrapper);
      if (parameter.isPrimitive()) {
        body.invokevirtual(wrapper, parameter.getName() + "Value", MethodTypeDesc.of(descriptor(parameter)));
      }
    }
    body.invokestatic(owner, method, MethodTypeDesc.ofDescriptor(type.descriptorString()), inInterface);
    body.return_();
  }

  private static ClassDesc descriptor(Class<?> type) {
    return ClassDesc.ofDescriptor(type.descriptorString());
  }
}
