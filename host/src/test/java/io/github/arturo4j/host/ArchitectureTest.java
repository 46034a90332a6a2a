// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

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
  void noRoomNeedsOneThatNeedsIt() {
    slices().matching("io.github.arturo4j.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void aLayerKnowsNoNetworkAndAPlanNoFile() {
    noClasses().that().resideInAPackage("..models.layer..").should().dependOnClassesThat()
        .resideInAnyPackage("..models", "..models.plan..", "..models.zoo..", "..models.data..").check(CLASSES);
    noClasses().that().resideInAPackage("..models..").should().dependOnClassesThat()
        .resideInAPackage("java.nio.file..").check(CLASSES);
    noClasses().that().resideInAPackage("..kernels.optimizer").should().dependOnClassesThat()
        .resideInAPackage("..kernels.optimizer.arturo..").check(CLASSES);
  }

  @Test
  void onlyTheCommandLineKnowsPicocli() {
    noClasses().that().resideOutsideOfPackage("..host.cli..").should().dependOnClassesThat()
        .resideInAPackage("picocli..").check(CLASSES);
  }

  @Test
  void dependenciesGoDownwards() {
    noClasses().that().resideInAPackage("..arturo4j.kernels..")
        .should().dependOnClassesThat()
        .resideInAnyPackage("..arturo4j.collective..", "..arturo4j.models..", "..arturo4j.host..").check(CLASSES);
    noClasses().that().resideInAPackage("..arturo4j.collective..")
        .should().dependOnClassesThat()
        .resideInAnyPackage(
            "..arturo4j.jvm..", "..arturo4j.kernels..", "..arturo4j.models..", "..arturo4j.host..", "uk.ac.manchester..")
        .check(CLASSES);
    noClasses().that().resideInAPackage("..arturo4j.models..")
        .should().dependOnClassesThat().resideInAPackage("..arturo4j.host..").check(CLASSES);
    noClasses().that().resideInAPackage("..arturo4j.jvm..")
        .should().dependOnClassesThat()
        .resideInAnyPackage("..arturo4j.kernels..", "..arturo4j.models..", "..arturo4j.host..").check(CLASSES);
  }

  @Test
  void onlyTheBlasTasksAndTheListOfDevicesKnowTheJvmDevice() {
    noClasses().that().resideOutsideOfPackages("..arturo4j.jvm..", "..arturo4j.blas..", "..kernels.linalg..", "uk.ac.manchester..")
        .and().doNotHaveFullyQualifiedName(Devices.class.getName())
        .should().dependOnClassesThat().resideInAPackage("..arturo4j.jvm..").check(CLASSES);
  }
}
