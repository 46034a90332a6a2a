// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.constant.ClassDesc;
import java.util.HashSet;
import java.util.Set;

/**
 * Follows the instructions that compute a loop's bound, and accepts those of a plain expression: one int on the stack in
 * the end, nothing below it touched, and the loop's own variable not in it.
 */
final class LoopBound {
  private final int variable;
  private final Set<Integer> slots = new HashSet<>();
  private int depth;

  LoopBound(int variable) {
    this.variable = variable;
  }

  /** Whether exactly one value has been computed. */
  boolean complete() {
    return depth == 1;
  }

  /** The local variables in the expression. */
  Set<Integer> slots() {
    return slots;
  }

  boolean accepts(Instruction instruction) {
    return switch (instruction) {
      case LoadInstruction load -> {
        slots.add(load.slot());
        yield load.slot() != variable && replace(0, load.typeKind().slotSize());
      }
      case ConstantInstruction constant -> replace(0, constant.typeKind().slotSize());
      case ConvertInstruction convert -> replace(convert.fromType().slotSize(), convert.toType().slotSize());
      case ArrayLoadInstruction load -> replace(2, load.typeKind().slotSize());
      case FieldInstruction field when field.opcode() == Opcode.GETSTATIC ->
          replace(0, size(field.typeSymbol()));
      case FieldInstruction field when field.opcode() == Opcode.GETFIELD ->
          replace(1, size(field.typeSymbol()));
      case InvokeInstruction call -> {
        int arguments = call.opcode() == Opcode.INVOKESTATIC ? 0 : 1;
        for (ClassDesc parameter : call.typeSymbol().parameterList()) {
          arguments += size(parameter);
        }
        yield replace(arguments, size(call.typeSymbol().returnType()));
      }
      case OperatorInstruction operator -> operate(operator);
      default -> false;
    };
  }

  private boolean operate(OperatorInstruction operator) {
    int size = operator.typeKind().slotSize();
    return switch (operator.opcode()) {
      case ARRAYLENGTH -> replace(1, 1);
      case INEG, LNEG, FNEG, DNEG -> replace(size, size);
      case LSHL, LSHR, LUSHR -> replace(3, 2);
      case LCMP, FCMPL, FCMPG, DCMPL, DCMPG -> false;
      default -> replace(2 * size, size);
    };
  }

  private boolean replace(int popped, int pushed) {
    if (depth < popped) {
      return false;
    }
    depth += pushed - popped;
    return true;
  }

  private static int size(ClassDesc type) {
    return TypeKind.from(type).slotSize();
  }
}
