// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.web;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A browser and a server of one slot for the tests of a class, none of which may leave an error in the page's console. */
abstract class PageFixture {
  @TempDir static Path folder;
  static Chromium chromium;
  static PageServer server;
  static Page page;

  @BeforeAll
  static void openBrowserAndServer() {
    chromium = Chromium.start(folder.resolve("browser"));
    server = new PageServer(folder.resolve("home"), 1);
    page = new Page(chromium, server);
  }

  @AfterAll
  static void closeBrowserAndServer() {
    if (server != null) {
      server.close();
      server = null;
    }
    if (chromium != null) {
      chromium.close();
      chromium = null;
    }
  }

  @AfterEach
  void noErrors() {
    page.assertNoErrors();
  }
}
