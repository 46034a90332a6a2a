// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.service.api.Role;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page that was left and is come back to, which the browser keeps as it was. */
class BackForwardPageTest extends PageFixture {
  private static final int ENDLESS = 100_000;


  @AfterEach
  void endJobs() {
    server.endJobs();
  }

  private static void leave() {
    page.script("window.kept = true");
    chromium.driver().get("about:blank");
  }

  private static void comeBack() {
    chromium.driver().navigate().back();
    page.await("the page", () -> page.has("#nav"));
  }

  private static String lossOfSteps() {
    return page.text("figure:first-child .entry .value");
  }

  @Test
  void itsStreamsAreGivenUpAndGoOnEachOnce() {
    long job = server.submit("kept", ENDLESS);
    page.open(Role.USER, "job/" + job);
    page.await("its curves", () -> !lossOfSteps().isEmpty());
    page.await("the log", () -> page.text("pre.log").contains("Training own"));
    page.find(".epochs summary").click();
    for (int time = 0; time < 2; time++) {
      page.await("the streams of all jobs, of this one, of its log", () -> server.openStreams() == 3);
      leave();
      page.await("their end", () -> server.openStreams() == 0);
      comeBack();
      assertThat(page.script("return window.kept")).as("whether the browser has kept the page, and it has not loaded itself anew")
          .isEqualTo(true);
      String loss = lossOfSteps();
      page.await("a longer curve", () -> !lossOfSteps().equals(loss));
      assertThat(page.text("#connection")).isEmpty();
    }
    page.await("the three streams again", () -> server.openStreams() == 3);
    page.await("more epochs", () -> page.all(".epochs tbody tr").size() > 3);
    List<Integer> epochs =
        page.steady(() -> page.texts(".epochs tbody td:first-child")).stream().map(Integer::valueOf).toList();
    assertThat(epochs).as("epochs, none left out and none twice")
        .isEqualTo(IntStream.rangeClosed(1, epochs.size()).mapToObj(i -> epochs.size() + 1 - i).toList());
    assertThat(page.text("pre.log").split("Training own", -1)).as("what stands about its beginning in the log").hasSize(2);
    server.endJobs();
    page.await("its end", () -> page.text(".job .head").contains("cancelled"));
    page.await("the stream of all jobs alone", () -> server.openStreams() == 1);
  }

  @Test
  void aFormIsAsItWasLeftAndASessionThatIsOverIsOver() {
    page.open(Role.USER, "submit");
    page.field("Epochs").sendKeys("17");
    leave();
    comeBack();
    assertThat(page.field("Epochs").getDomProperty("value")).isEqualTo("17");
    leave();
    chromium.driver().executeCdpCommand("Network.clearBrowserCookies", Map.of());
    chromium.driver().navigate().back();
    page.find("#token");
    assertThat(page.text("main")).doesNotContain("Epochs");
  }
}
