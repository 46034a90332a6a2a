// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.lang.classfile.Attributes;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeAnnotation;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A loop {@code for (@Parallel int i = low; i < high; i++)} in a method's list of code elements, as javac compiles it:
 *
 * <pre>
 *         low; istore i      store
 *   head: iload i            load
 *         high
 *         if_icmpge exit     branch
 *         ...
 *         iinc i 1; goto head
 *   exit:                    end
 * </pre>
 */
record ParallelLoop(int slot, int store, int load, int branch, int end) {
  private static final String PARALLEL = "Luk/ac/manchester/tornado/api/annotations/Parallel;";

  /** Where the variable of a parallel loop lives; the loop need not have the shape above. */
  private record Extent(int slot, int start, int end) {
    boolean holds(Extent other) {
      return start < other.start && other.start < end;
    }
  }

  /** The method's parallel loops that are in no other parallel loop, or null if one of them has another shape. */
  static List<ParallelLoop> outermost(CodeAttribute code, List<CodeElement> elements) {
    List<Extent> extents = extents(code, elements);
    List<ParallelLoop> loops = new ArrayList<>();
    for (Extent extent : extents) {
      if (extents.stream().noneMatch(outer -> outer.holds(extent))) {
        ParallelLoop loop = recognise(elements, extent);
        if (loop == null) {
          return null;
        }
        loops.add(loop);
      }
    }
    return loops;
  }

  private static List<Extent> extents(CodeAttribute code, List<CodeElement> elements) {
    List<Extent> extents = new ArrayList<>();
    var attribute = code.findAttribute(Attributes.runtimeVisibleTypeAnnotations());
    if (attribute.isEmpty()) {
      return extents;
    }
    for (TypeAnnotation annotation : attribute.get().annotations()) {
      if (annotation.annotation().className().equalsString(PARALLEL)
          && annotation.targetInfo() instanceof TypeAnnotation.LocalVarTarget target) {
        for (TypeAnnotation.LocalVarTargetInfo variable : target.table()) {
          extents.add(
              new Extent(
                  variable.index(),
                  indexOf(elements, variable.startLabel()),
                  indexOf(elements, variable.endLabel())));
        }
      }
    }
    return extents;
  }

  private static ParallelLoop recognise(List<CodeElement> elements, Extent extent) {
    int store = previous(elements, extent.start);
    int load = next(elements, extent.start);
    if (store < 0
        || load < 0
        || !(elements.get(store) instanceof StoreInstruction init && init.slot() == extent.slot)
        || !(elements.get(load) instanceof LoadInstruction first && first.slot() == extent.slot)) {
      return null;
    }
    LoopBound bound = new LoopBound(extent.slot);
    int branch = next(elements, load + 1);
    while (branch >= 0 && bound.accepts((Instruction) elements.get(branch))) {
      branch = next(elements, branch + 1);
    }
    if (branch < 0
        || !bound.complete()
        || !(elements.get(branch) instanceof BranchInstruction exit && exit.opcode() == Opcode.IF_ICMPGE)) {
      return null;
    }
    int jump = previous(elements, extent.end);
    int increment = previous(elements, jump);
    if (increment <= branch
        || !(elements.get(increment) instanceof IncrementInstruction step
            && step.slot() == extent.slot
            && step.constant() == 1)
        || !(elements.get(jump) instanceof BranchInstruction back && back.opcode() == Opcode.GOTO)) {
      return null;
    }
    int head = indexOf(elements, back.target());
    int after = next(elements, indexOf(elements, exit.target()));
    if (head <= store || head > load || after > store && after <= jump) {
      return null;
    }
    Set<Integer> fixed = new HashSet<>(bound.slots());
    fixed.add(extent.slot);
    return stays(elements, branch + 1, increment, jump, fixed)
        ? new ParallelLoop(extent.slot, store, load, branch, extent.end)
        : null;
  }

  /** Whether the loop's body leaves the variables of the loop's head alone, and never leaves the loop. */
  private static boolean stays(List<CodeElement> elements, int from, int to, int jump, Set<Integer> fixed) {
    for (int i = from; i < to; i++) {
      boolean fine =
          switch (elements.get(i)) {
            case StoreInstruction store -> !fixed.contains(store.slot());
            case IncrementInstruction step -> !fixed.contains(step.slot());
            case BranchInstruction branch -> {
              int target = indexOf(elements, branch.target());
              yield target >= from && target < jump;
            }
            case ReturnInstruction _, TableSwitchInstruction _, LookupSwitchInstruction _ -> false;
            default -> true;
          };
      if (!fine) {
        return false;
      }
    }
    return true;
  }

  private static int next(List<CodeElement> elements, int from) {
    for (int at = Math.max(0, from); at < elements.size(); at++) {
      if (elements.get(at) instanceof Instruction) {
        return at;
      }
    }
    return -1;
  }

  private static int previous(List<CodeElement> elements, int before) {
    int at = before - 1;
    while (at >= 0 && !(elements.get(at) instanceof Instruction)) {
      at--;
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
