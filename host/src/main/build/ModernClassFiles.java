// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Gives the class files of a jar, which are of Java 5 as picocli's are, a later format. As they are, no AOT cache takes them, and the
 * virtual machine infers the types that newer ones tell: every start takes a quarter of a second longer. What they do stays the
 * same. The launcher's build does it to the copy on its class path.
 */
final class ModernClassFiles {
  /** The first format whose methods tell the types on their stack, as verification and the cache want it. */
  private static final int WITH_STACK_MAPS = 50;

  private ModernClassFiles() {}

  /** Of the jar {@code arguments[0]}. */
  public static void main(String... arguments) throws IOException {
    renew(Path.of(arguments[0]));
  }

  private static void renew(Path jar) throws IOException {
    try (FileSystem files = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of());
        URLClassLoader classes = new URLClassLoader(new URL[] {jar.toUri().toURL()});
        Stream<Path> all = Files.walk(files.getPath("/"))) {
      ClassFile format =
          ClassFile.of(
              ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
              ClassFile.ClassHierarchyResolverOption.of(
                  ClassHierarchyResolver.ofResourceParsing(classes).orElse(ClassHierarchyResolver.defaultResolver())));
      List<Path> found = all.filter(file -> file.toString().endsWith(".class")).toList();
      for (Path file : found) {
        ClassModel model = format.parse(Files.readAllBytes(file));
        if (model.majorVersion() < WITH_STACK_MAPS) {
          Files.write(file, format.transformClass(model, later()));
        }
      }
    }
  }

  /** Everything as it is, but for the version; methods are built anew, instruction by instruction, with what it wants of them. */
  private static ClassTransform later() {
    ClassTransform version =
        (builder, element) ->
            builder.with(element instanceof ClassFileVersion ? ClassFileVersion.of(ClassFile.JAVA_17_VERSION, 0) : element);
    CodeTransform anew = (builder, element) -> builder.with(element);
    return version.andThen(ClassTransform.transformingMethodBodies(anew));
  }
}
