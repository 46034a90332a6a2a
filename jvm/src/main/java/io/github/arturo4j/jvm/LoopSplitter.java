// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.lang.classfile.Attribute;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeAnnotation;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.LocalVariableType;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
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
  private static final String PARALLEL = "Luk/ac/manchester/tornado/api/annotations/Parallel;";
  private static final ClassDesc RANGES = ClassDesc.of("io.github.arturo4j.jvm.Ranges");
  private static final MethodTypeDesc CUT =
      MethodTypeDesc.of(
          ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);

  /**
   * A parallel loop in the list of code elements: {@code store} initialises the variable, {@code load} is that of the
   * variable in the comparison, {@code branch} the comparison; the bound is computed between the two.
   */
  private record Loop(int slot, int store, int load, int branch, int end) {}

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

  /** The copy, or null if the method has no parallel loop or one of a shape that cannot be cut. */
  MethodHandle split() throws ReflectiveOperationException {
    CodeAttribute code = code();
    List<CodeElement> elements = code.elementList();
    List<Loop> loops = loops(code, elements);
    if (loops == null) {
      LOG.info(
          "{}.{} runs on one thread: a parallel loop of it is not of the form for (int i = a; i < b; i++)",
          kernel.owner().getSimpleName(),
          name);
      return null;
    }
    if (loops.isEmpty()) {
      return null;
    }
    MethodType splitType = type.appendParameterTypes(int.class, int.class);
    MethodTypeDesc descriptor = MethodTypeDesc.ofDescriptor(splitType.descriptorString());
    byte[] bytes =
        ClassFile.of(ClassFile.DebugElementsOption.DROP_DEBUG)
            .build(
                ClassDesc.of(kernel.owner().getName() + "$Split"),
                builder ->
                    builder.withMethodBody(
                        name,
                        descriptor,
                        ClassFile.ACC_STATIC | ClassFile.ACC_PUBLIC,
                        body -> write(body, code, elements, loops)));
    MethodHandles.Lookup hidden =
        lookup.defineHiddenClass(bytes, true, MethodHandles.Lookup.ClassOption.NESTMATE);
    return hidden.findStatic(hidden.lookupClass(), name, splitType);
  }

  private CodeAttribute code() {
    for (MethodModel method : kernel.model().methods()) {
      if (method.methodName().equalsString(name) && method.methodType().equalsString(type.descriptorString())) {
        return method.findAttribute(Attributes.code()).orElseThrow();
      }
    }
    throw new IllegalStateException(kernel.owner().getName() + " has no method " + name + type);
  }

  private void write(CodeBuilder body, CodeAttribute code, List<CodeElement> elements, List<Loop> loops) {
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

  private static void copy(CodeBuilder builder, List<CodeElement> elements, List<Loop> loops, int at, int worker) {
    CodeElement element = elements.get(at);
    if (element instanceof LocalVariable
        || element instanceof LocalVariableType
        || element instanceof Attribute<?>) {
      return;
    }
    for (int k = 0; k < loops.size(); k++) {
      Loop loop = loops.get(k);
      int end = worker + 2 + k;
      if (at == loop.store) {
        builder.with(element);
        cut(builder, elements, loop, "to", worker);
        builder.istore(end);
        cut(builder, elements, loop, "from", worker);
        builder.istore(loop.slot);
        return;
      }
      if (at == loop.load) {
        builder.with(element).iload(end);
        return;
      }
      if (at > loop.load && at < loop.branch) {
        return;
      }
    }
    builder.with(element);
  }

  private static void cut(CodeBuilder builder, List<CodeElement> elements, Loop loop, String which, int worker) {
    builder.iload(loop.slot);
    for (int i = loop.load + 1; i < loop.branch; i++) {
      if (elements.get(i) instanceof Instruction) {
        builder.with(elements.get(i));
      }
    }
    builder.iload(worker).iload(worker + 1).invokestatic(RANGES, which, CUT);
  }

  /** The loops to cut, or null if one of them has another shape. */
  private static List<Loop> loops(CodeAttribute code, List<CodeElement> elements) {
    List<Loop> loops = new ArrayList<>();
    var attribute = code.findAttribute(Attributes.runtimeVisibleTypeAnnotations());
    if (attribute.isEmpty()) {
      return loops;
    }
    List<TypeAnnotation.LocalVarTargetInfo> variables = new ArrayList<>();
    for (TypeAnnotation annotation : attribute.get().annotations()) {
      if (annotation.annotation().className().equalsString(PARALLEL)
          && annotation.targetInfo() instanceof TypeAnnotation.LocalVarTarget target) {
        variables.addAll(target.table());
      }
    }
    for (TypeAnnotation.LocalVarTargetInfo variable : variables) {
      Loop loop = loop(elements, variable);
      if (loop == null) {
        return null;
      }
      loops.add(loop);
    }
    loops.removeIf(
        inner -> loops.stream().anyMatch(outer -> outer.store < inner.store && inner.store < outer.end));
    return loops;
  }

  private static Loop loop(List<CodeElement> elements, TypeAnnotation.LocalVarTargetInfo variable) {
    int start = indexOf(elements, variable.startLabel());
    int end = indexOf(elements, variable.endLabel());
    int store = start - 1;
    while (store >= 0 && !(elements.get(store) instanceof Instruction)) {
      store--;
    }
    if (start < 0
        || end < 0
        || store < 0
        || !(elements.get(store) instanceof StoreInstruction init)
        || init.slot() != variable.index()) {
      return null;
    }
    int load = next(elements, start);
    if (!(elements.get(load) instanceof LoadInstruction first) || first.slot() != variable.index()) {
      return null;
    }
    int at = next(elements, load + 1);
    while (!(elements.get(at) instanceof BranchInstruction)) {
      if (elements.get(at) instanceof StoreInstruction) {
        return null;
      }
      at = next(elements, at + 1);
    }
    return ((Instruction) elements.get(at)).opcode() == Opcode.IF_ICMPGE
        ? new Loop(variable.index(), store, load, at, end)
        : null;
  }

  private static int next(List<CodeElement> elements, int from) {
    int at = from;
    while (!(elements.get(at) instanceof Instruction)) {
      at++;
    }
    return at;
  }

  private static int indexOf(List<CodeElement> elements, Label label) {
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i) instanceof LabelTarget target && target.label().equals(label)) {
        return i;
      }
    }
    return -1;
  }
}
