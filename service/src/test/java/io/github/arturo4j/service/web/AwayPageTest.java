// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.service.api.CancelMode;
import io.github.arturo4j.service.api.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the page shows of a server that was away, and of jobs that are; nothing runs here. */
class AwayPageTest extends PageFixture {
  @BeforeAll
  static void start() {
    server.queue().drain("jvm", true, "test");
  }

  private static long ended(String name) {
    long job = server.submit(name, 1);
    server.queue().cancel(job, CancelMode.NOW, "test");
    return job;
  }

  @Test
  void whatIsDeletedWhileThePageDoesNotHearOfItIsGone() {
    ended("stays");
    long job = ended("goes");
    page.open(Role.READER, "jobs");
    page.await("both", () -> page.text("table.ended").contains("stays") && page.text("table.ended").contains("goes"));
    server.without(() -> {
      page.await("the line that says so", () -> page.text("#connection").contains("reconnecting"));
      server.queue().delete(job, "test");
    });
    page.await("the one alone", () -> !page.text("table.ended").contains("goes"));
    assertThat(page.text("table.ended")).contains("stays");
    chromium.errors(); // the browser itself tells of connections that were refused
  }

  @Test
  void aJobThatSomebodyElseDeletesIsToldToBeGone() {
    long job = ended("looked at");
    page.open(Role.READER, "job/" + job);
    page.await("the job", () -> page.text("h1").equals("looked at"));
    server.queue().delete(job, "test");
    page.await("that it is gone", () -> page.text("main").contains("perhaps it was deleted"));
    assertThat(page.text("main")).doesNotContain("looked at");
  }

  @Test
  void aViewThatCouldNotBeReadIsReadAgain() {
    page.open(Role.USER, "jobs");
    page.await("the list", () -> page.has(".devices li"));
    for (String view : List.of("submit", "datasets")) {
      server.without(() -> {
        page.go(view);
        page.await("that there is no answer", () -> page.text("#notice").contains("does not answer"));
      });
      page.button("#notice", "Try again").click();
      page.await("its end", () -> page.text("#notice").isEmpty());
      page.await("the view", () -> !page.text("main").contains("Loading"));
      page.find("form button.primary");
    }
    chromium.errors(); // the browser itself tells of connections that were refused
  }

  @Test
  void thePageBeginsAsSoonAsTheServerAnswers() {
    page.open(Role.READER, "jobs");
    chromium.driver().executeCdpCommand("Network.enable", Map.of());
    chromium.driver().executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of("*/api/v1/session")));
    chromium.driver().navigate().refresh();
    page.await("that there is no answer", () -> page.text("#notice").contains("does not answer"));
    chromium.driver().executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of()));
    page.await("the list", () -> page.has(".devices li"));
    assertThat(page.text("#notice")).isEmpty();
    chromium.errors(); // of what was blocked
  }
}
