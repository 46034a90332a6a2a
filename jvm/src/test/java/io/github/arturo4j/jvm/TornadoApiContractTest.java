// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.reflect.AccessFlag;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever our implementation of TornadoVM's API offers, a real one offers too. */
class TornadoApiContractTest {
  /** Whether a real TornadoVM runs here instead of ours. */
  static boolean onTornadoVm() {
    return uk.ac.manchester.tornado.api.TaskGraph.class.getModule().isNamed();
  }

  @Test
  void everyClassMethodAndFieldExistsInARealApi() throws IOException {
    String home = System.getenv("TORNADOVM_HOME");
    assumeTrue(home != null && !home.isBlank(), "TORNADOVM_HOME is not set");
    Path ours = Path.of("target/classes/uk/ac/manchester/tornado");
    List<String> missing = new ArrayList<>();
    try (FileSystem api = FileSystems.newFileSystem(jar(Path.of(home), "tornado-api-"));
        FileSystem runtime = FileSystems.newFileSystem(jar(Path.of(home), "tornado-runtime-"));
        Stream<Path> classes = Files.walk(ours)) {
      for (Path file : classes.filter(TornadoApiContractTest::isClass).toList()) {
        ClassModel model = ClassFile.of().parse(file);
        String name = model.thisClass().asInternalName();
        Path real = (name.contains("/api/") ? api : runtime).getPath("/" + name + ".class");
        if (!Files.exists(real)) {
          missing.add(name);
        } else {
          Set<String> there = members(ClassFile.of().parse(Files.readAllBytes(real)));
          members(model).stream().filter(member -> !there.contains(member)).forEach(m -> missing.add(name + "." + m));
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static boolean isClass(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".class") && !name.equals("package-info.class");
  }

  private static Path jar(Path home, String prefix) throws IOException {
    try (Stream<Path> jars = Files.list(home.resolve("share/java/tornado"))) {
      return jars.filter(f -> f.getFileName().toString().startsWith(prefix)).findFirst().orElseThrow();
    }
  }

  /** Its value, which the compiler copies into whatever uses it. */
  private static String constant(FieldModel field) {
    return field.findAttribute(Attributes.constantValue())
        .map(value -> " = " + value.constant().constantValue())
        .orElse("");
  }

  private static Set<String> members(ClassModel model) {
    return Stream.concat(
            model.methods().stream()
                .filter(m -> m.flags().has(AccessFlag.PUBLIC) || m.flags().has(AccessFlag.PROTECTED))
                .map(m -> m.methodName().stringValue() + m.methodType().stringValue()),
            model.fields().stream()
                .filter(f -> f.flags().has(AccessFlag.PUBLIC) || f.flags().has(AccessFlag.PROTECTED))
                .map(f -> f.fieldName().stringValue() + " " + f.fieldType().stringValue() + constant(f)))
        .collect(Collectors.toSet());
  }
}
