// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.graph;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeAnnotation;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.annotations.Parallel;

/**
 * How a task of a graph is launched, as TornadoVM would see it.
 *
 * @param task its name
 * @param kernel class and method
 * @param loops its parallel loops
 * @param context whether it takes a {@link KernelContext}
 * @param grid its grid; null if it has none
 */
public record RecordedLaunch(String task, String kernel, int loops, boolean context, WorkerGrid grid) {
  /** The launches of a graph's tasks, in their order. */
  public static List<RecordedLaunch> of(KernelGraph graph) {
    List<RecordedLaunch> launches = new ArrayList<>();
    TaskGraphInterface recorder =
        (TaskGraphInterface)
            Proxy.newProxyInstance(
                RecordedLaunch.class.getClassLoader(),
                new Class<?>[] {TaskGraphInterface.class},
                (proxy, method, arguments) -> {
                  launches.add(of(graph, arguments));
                  return proxy;
                });
    for (Consumer<TaskGraphInterface> addition : graph.additions()) {
      addition.accept(recorder);
    }
    return launches;
  }

  private static RecordedLaunch of(KernelGraph graph, Object[] arguments) throws ReflectiveOperationException, IOException {
    String task = (String) arguments[0];
    Method form = arguments[1].getClass().getDeclaredMethod("writeReplace");
    form.setAccessible(true);
    SerializedLambda lambda = (SerializedLambda) form.invoke(arguments[1]);
    boolean context = false;
    for (Object argument : arguments) {
      context |= argument instanceof KernelContext;
    }
    String kernel = lambda.getImplClass() + "." + lambda.getImplMethodName();
    return new RecordedLaunch(task, kernel, loops(lambda), context, graph.grids().get(task));
  }

  private static int loops(SerializedLambda lambda) throws IOException {
    try (InputStream in = RecordedLaunch.class.getResourceAsStream("/" + lambda.getImplClass() + ".class")) {
      for (MethodModel method : ClassFile.of().parse(in.readAllBytes()).methods()) {
        if (method.methodName().equalsString(lambda.getImplMethodName())
            && method.methodType().equalsString(lambda.getImplMethodSignature())) {
          return loops(method.findAttribute(Attributes.code()).orElseThrow());
        }
      }
    }
    throw new IllegalStateException("no code of " + lambda);
  }

  private static int loops(CodeAttribute code) {
    return (int)
        code.findAttribute(Attributes.runtimeVisibleTypeAnnotations()).stream()
            .flatMap(a -> a.annotations().stream())
            .map(TypeAnnotation::annotation)
            .filter(a -> a.classSymbol().equals(Parallel.class.describeConstable().orElseThrow()))
            .count();
  }
}
