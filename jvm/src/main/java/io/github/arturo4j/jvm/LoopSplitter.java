// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.lang.classfile.Attribute;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.LocalVariableType;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a copy of a kernel method that runs a part of its parallel loops, chosen by two more parameters: the worker and
 * the number of workers. The loops are found by the {@code @Parallel} on their variable; where loops are nested, the
 * outermost is cut. All that is outside of them every worker runs, as every thread of a GPU does.
 */
final class LoopSplitter {
  private static final Logger LOG = LoggerFactory.getLogger(LoopSplitter.class);
  private static final ClassDesc RANGES = ClassDesc.of(Ranges.class.getName());
  private static final MethodTypeDesc CUT =
      MethodTypeDesc.of(
          ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);

  private final MethodHandles.Lookup lookup;
  private final KernelClass kernel;
  private final String name;
  private final MethodType type;

  LoopSplitter(MethodHandles.Lookup lookup, KernelClass kernel, String name, MethodType type) {
    this.lookup = lookup;
    this.kernel = kernel;
    this.name = name;
    this.type = type;
  }

  /**
   * The copy, as an {@link ArrayCall} of the method's arguments and the two, or null if the method has no parallel loop or one
   * of a shape that cannot be cut.
   */
  MethodHandle split() {
    CodeAttribute code = code();
    List<CodeElement> elements = code.elementList();
    List<ParallelLoop> loops = ParallelLoop.outermost(code, elements);
    if (loops == null) {
      whole("a parallel loop in it is not of the form for (int i = a; i < b; i++) without break or return");
      return null;
    }
    if (loops.isEmpty()) {
      return null;
    }
    try {
      MethodType splitType = type.appendParameterTypes(int.class, int.class);
      byte[] copy = copy(splitType, code, elements, loops);
      MethodHandles.Lookup hidden =
          lookup.defineHiddenClass(copy, true, MethodHandles.Lookup.ClassOption.NESTMATE);
      return ArrayCall.in(hidden);
    } catch (ReflectiveOperationException | IllegalArgumentException | LinkageError e) {
      whole("its copy for several threads is not valid: " + e);
      return null;
    }
  }

  private void whole(String why) {
    LOG.warn("Kernel {}.{} runs on one thread: {}.", kernel.owner().getSimpleName(), name, why);
  }

  private CodeAttribute code() {
    for (MethodModel method : kernel.model().methods()) {
      if (method.methodName().equalsString(name) && method.methodType().equalsString(type.descriptorString())) {
        return method.findAttribute(Attributes.code()).orElseThrow();
      }
    }
    throw new IllegalStateException(kernel.owner().getName() + " has no method " + name + type);
  }

  private byte[] copy(
      MethodType splitType, CodeAttribute code, List<CodeElement> elements, List<ParallelLoop> loops) {
    ClassDesc split = ClassDesc.of(kernel.owner().getName() + "$Split");
    var resolver = ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofClassLoading(lookup));
    return ClassFile.of(resolver, ClassFile.DebugElementsOption.DROP_DEBUG)
        .build(
            split,
            builder -> {
              builder.withMethodBody(
                  name,
                  MethodTypeDesc.ofDescriptor(splitType.descriptorString()),
                  ClassFile.ACC_STATIC | ClassFile.ACC_PUBLIC,
                  body -> write(body, code, elements, loops));
              ArrayCall.addTo(builder, split, false, name, splitType);
            });
  }

  private void write(CodeBuilder body, CodeAttribute code, List<CodeElement> elements, List<ParallelLoop> loops) {
    int worker = code.maxLocals() + 2;
    int parameters = 0;
    for (Class<?> parameter : type.parameterArray()) {
      parameters += TypeKind.from(parameter).slotSize();
    }
    // The method's own variables live where the two parameters arrive, so these move behind all others.
    body.iload(parameters).istore(worker).iload(parameters + 1).istore(worker + 1);
    for (int at = 0; at < elements.size(); at++) {
      copy(body, elements, loops, at, worker);
    }
  }

  private static void copy(
      CodeBuilder builder, List<CodeElement> elements, List<ParallelLoop> loops, int at, int worker) {
    CodeElement element = elements.get(at);
    if (element instanceof LocalVariable
        || element instanceof LocalVariableType
        || element instanceof Attribute<?>) {
      return;
    }
    for (int k = 0; k < loops.size(); k++) {
      ParallelLoop loop = loops.get(k);
      int end = worker + 2 + k;
      if (at == loop.store()) {
        builder.with(element);
        cut(builder, elements, loop, "to", worker);
        builder.istore(end);
        cut(builder, elements, loop, "from", worker);
        builder.istore(loop.slot());
        return;
      }
      if (at == loop.load()) {
        builder.with(element).iload(end);
        return;
      }
      if (at > loop.load() && at < loop.branch() && element instanceof Instruction) {
        return;
      }
    }
    builder.with(element);
  }

  private static void cut(
      CodeBuilder builder, List<CodeElement> elements, ParallelLoop loop, String which, int worker) {
    builder.iload(loop.slot());
    for (int i = loop.load() + 1; i < loop.branch(); i++) {
      if (elements.get(i) instanceof Instruction) {
        builder.with(elements.get(i));
      }
    }
    builder.iload(worker).iload(worker + 1).invokestatic(RANGES, which, CUT);
  }
}
