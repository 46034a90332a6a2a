// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who in the service may use whom. */
@AnalyzeClasses(packages = "io.github.arturo4j.service", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOM = "io.github.arturo4j.service.";

  @ArchTest
  static final ArchRule DOWNWARDS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("api").definedBy(ROOM + "api..")
          .layer("store").definedBy(ROOM + "store..")
          .layer("process").definedBy(ROOM + "process..")
          .layer("queue").definedBy(ROOM + "queue..")
          .layer("http").definedBy(ROOM + "http..")
          .layer("client").definedBy(ROOM + "client..")
          .layer("server").definedBy(ROOM + "server..")
          .layer("cli").definedBy(ROOM + "cli..")
          .whereLayer("store").mayOnlyBeAccessedByLayers("queue", "http", "server")
          .whereLayer("process").mayOnlyBeAccessedByLayers("queue", "http", "server", "cli")
          .whereLayer("queue").mayOnlyBeAccessedByLayers("http", "server", "cli")
          .whereLayer("http").mayOnlyBeAccessedByLayers("server", "cli")
          .whereLayer("server").mayOnlyBeAccessedByLayers("cli")
          .whereLayer("client").mayOnlyBeAccessedByLayers("cli")
          .whereLayer("cli").mayNotBeAccessedByAnyLayer();
}
