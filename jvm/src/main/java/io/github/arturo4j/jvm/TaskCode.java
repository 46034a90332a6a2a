// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/**
 * The method behind a task, found through the serialized form of its method reference. Parallel loops of it run on all
 * {@link Workers}.
 */
final class TaskCode {
  private static final ClassValue<Map<String, TaskCode>> KNOWN =
      new ClassValue<>() {
        @Override
        protected Map<String, TaskCode> computeValue(Class<?> owner) {
          return new ConcurrentHashMap<>();
        }
      };

  private final MethodHandle whole;
  private final MethodHandle split;
  private final boolean barriers;

  /**
   * The code of a method.
   *
   * @param whole all of it; null where it runs in parts only
   * @param split a part of its loops; null where they cannot be split
   */
  private TaskCode(MethodHandle whole, MethodHandle split, boolean barriers) {
    this.whole = whole;
    this.split = split;
    this.barriers = barriers;
  }

  /** The code of a method reference to a static method. */
  static TaskCode of(Object lambda) {
    DeviceCounts.task();
    SerializedLambda form = serialize(lambda);
    if (form.getCapturedArgCount() > 0 || form.getImplMethodKind() != MethodHandleInfo.REF_invokeStatic) {
      throw new TornadoRuntimeException(
          "the task " + form.getImplMethodName() + " is no reference to a static method");
    }
    try {
      ClassLoader loader = lambda.getClass().getClassLoader();
      Class<?> owner = Class.forName(form.getImplClass().replace('/', '.'), false, loader);
      MethodType type = MethodType.fromMethodDescriptorString(form.getImplMethodSignature(), loader);
      Map<String, TaskCode> known = KNOWN.get(owner);
      String key = form.getImplMethodName() + form.getImplMethodSignature();
      TaskCode code = known.get(key);
      if (code == null) {
        code = resolve(owner, form.getImplMethodName(), type);
        known.put(key, code);
      }
      return code;
    } catch (ReflectiveOperationException e) {
      TornadoRuntimeException failure =
          new TornadoRuntimeException("cannot find the method of the task " + form.getImplMethodName());
      failure.initCause(e);
      throw failure;
    }
  }

  private static SerializedLambda serialize(Object lambda) {
    try {
      Method writeReplace = lambda.getClass().getDeclaredMethod("writeReplace");
      writeReplace.setAccessible(true);
      return (SerializedLambda) writeReplace.invoke(lambda);
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new TornadoRuntimeException("a task must be a method reference, not a " + lambda.getClass().getName());
    }
  }

  private static TaskCode resolve(Class<?> owner, String name, MethodType type) throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(owner, MethodHandles.lookup());
    KernelClass kernel = KernelClass.read(owner);
    MethodHandle split = new LoopSplitter(lookup, kernel, name, type).split();
    boolean inParts = split != null && Workers.count() > 1 && !type.parameterList().contains(KernelContext.class);
    return new TaskCode(inParts ? null : ArrayCall.of(lookup, name, type), split, kernel.callsBarrier());
  }

  /** Whether threads of a group may wait for each other. */
  boolean barriers() {
    return barriers;
  }

  /** Whether the method has parallel loops that run on all workers. */
  boolean isSplit() {
    return split != null;
  }

  /** Runs the method: its parallel loops on all workers if they could be split, else as it is on this thread. */
  void run(Object[] arguments) {
    int count = Workers.count();
    if (split == null || count == 1) {
      invoke(whole, arguments);
    } else {
      Workers.parallel(count, worker -> runPart(arguments, worker, count));
    }
  }

  /** Runs one worker's part of the parallel loops. */
  void runPart(Object[] arguments, int worker, int count) {
    Object[] own = Arrays.copyOf(arguments, arguments.length + 2);
    own[arguments.length] = worker;
    own[arguments.length + 1] = count;
    invoke(split, own);
  }

  /** Runs the method once, on this thread. */
  void runOnce(Object[] arguments) {
    invoke(whole, arguments);
  }

  private static void invoke(MethodHandle handle, Object[] arguments) {
    try {
      handle.invokeExact(arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
