// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.arturo4j.kernels.device.Devices;
import org.junit.jupiter.api.Test;

/** Modules depend downwards only, and only one place knows the JVM device's BLAS. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.github.arturo4j");

  @Test
  void dependenciesGoDownwards() {
    noClasses().that().resideInAPackage("..arturo4j.kernels..")
        .should().dependOnClassesThat().resideInAnyPackage("..arturo4j.models..", "..arturo4j.host..").check(CLASSES);
    noClasses().that().resideInAPackage("..arturo4j.models..")
        .should().dependOnClassesThat().resideInAPackage("..arturo4j.host..").check(CLASSES);
    noClasses().that().resideInAPackage("..arturo4j.jvm..")
        .should().dependOnClassesThat()
        .resideInAnyPackage("..arturo4j.kernels..", "..arturo4j.models..", "..arturo4j.host..").check(CLASSES);
  }

  @Test
  void onlyTheBlasTasksAndTheListOfDevicesKnowTheJvmDevice() {
    noClasses().that().resideOutsideOfPackages("..arturo4j.jvm..", "..kernels.linalg..", "uk.ac.manchester..")
        .and().doNotHaveFullyQualifiedName(Devices.class.getName())
        .should().dependOnClassesThat().resideInAPackage("..arturo4j.jvm..").check(CLASSES);
  }
}
