// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.service.api.JobChange;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.JobRequest;
import io.github.arturo4j.service.api.Role;
import io.github.arturo4j.service.api.State;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.WebElement;

/** Several trainings beside each other, and the page on a phone: over two trainings and a comparison that have ended. */
class RunsPageTest extends PageFixture {
  private static long first;
  private static long second;
  private static long compared;

  @BeforeAll
  static void start() {
    first =
        server.submit(
            "one with a name that is long and without_any_place_to_break_it_before_its_end", 3, "pair", "another-label-of-some-length");
    second = server.submit("other", 5, "pair");
    compared =
        server.queue().submit(
            new JobRequest(
                JobKind.COMPARE, null, PageServer.experiment("both", 2), Map.of("optimizers", "arturo,adam", "seeds", "1"), null, null,
                null, null, null, null),
            null, "test").job().id();
    page.await("three jobs", () -> server.queue().get(compared).ended() != null);
    server.queue().drain("jvm", true, "test");
    server.submit("waiting", 3, "pair");
  }

  @Test
  void trainingsAreOverlaidAndEachCanBeHidden() {
    page.open(Role.READER, "jobs");
    page.find("table.ended input[aria-label^='Select job " + first + ",']").click();
    page.find("table.ended input[aria-label^='Select job " + second + ",']").click();
    page.await("what is selected", () -> page.text(".selection").contains("2 selected"));
    page.button(".selection", "Overlay curves").click();
    page.await("a curve of each", () -> page.all(".legend .entry").size() == 2);
    assertThat(page.text(".legend")).contains("without_any_place").contains("other");
    WebElement other = page.all(".legend .entry").get(1);
    page.await("its curve", () -> pixels() > 0);
    other.click();
    assertThat(other.getDomAttribute("aria-pressed")).isEqualTo("false");
    page.await("the curve's end", () -> pixels() == 0);
    other.click();
    page.await("its curve again", () -> pixels() > 0);
  }

  /** Pixels of the chart that have the colour of the second curve. */
  private long pixels() {
    return (Long) page.script("""
        const canvas = document.querySelector("figure canvas");
        const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        let drawn = 0;
        for (let i = 3; i < data.length; i += 4) {
          drawn += data[i - 3] > 190 && data[i - 2] < 120 && data[i - 1] < 40 && data[i] > 200 ? 1 : 0;
        }
        return drawn;
        """);
  }

  @Test
  void comparisonHasItsReportAndACurveOfEachRun() {
    assertThat(server.queue().get(compared).state()).as(server.queue().get(compared).failure()).isEqualTo(State.SUCCEEDED);
    page.open(Role.READER, "job/" + compared);
    WebElement frame = page.find(".report iframe");
    chromium.driver().switchTo().frame(frame);
    page.await("the report", () -> page.text("body").contains("adam"));
    chromium.driver().switchTo().defaultContent();
    page.await("two curves", () -> page.all(".legend .entry").size() == 2);
    assertThat(page.text(".legend")).contains("arturo").contains("adam");
  }

  @Test
  void listFollowsTheQueueAndKeepsWhatIsSelected() {
    page.open(Role.USER, "jobs");
    WebElement box = page.find("table.queued tbody input");
    box.click();
    long before = server.submit("newer", 3);
    page.await("the new job", () -> page.text("table.queued").contains("newer"));
    assertThat(box.isSelected()).isTrue();
    assertThat(page.texts("table.queued tbody td.name a")).containsExactly("waiting", "newer");
    server.queue().change(before, new JobChange(null, null, 90), "test");
    page.await(
        "the order of the queue",
        () -> page.texts("table.queued tbody td.name a").equals(List.of("newer", "waiting")));
    assertThat(box.isSelected()).isTrue();
    page.button(".selection", "Clear selection").click();
    assertThat(box.isSelected()).isFalse();
    page.find("table.queued input[aria-label='Select job " + before + ", newer']").click();
    page.button(".selection", "Cancel…").click();
    page.button("dialog", "Cancel job").click();
    page.await("its end", () -> page.text("table.ended").contains("newer") && !page.text("table.queued").contains("newer"));
    assertThat(server.queue().get(before).cancelledBy()).isEqualTo("the user");
  }

  @Test
  void jobsAreFilteredAndCancelledByLabel() {
    server.submit("third", 3, "sweep");
    server.submit("fourth", 3, "sweep");
    page.open(Role.USER, "jobs");
    page.find("#filter-label").sendKeys("sweep");
    page.await("the filter", () -> page.all("table.queued tbody tr").size() == 2);
    page.button(".filter", "Cancel all labelled sweep…").click();
    page.button("dialog", "Cancel jobs").click();
    page.await("their end", () -> page.all("table.ended tbody tr").size() == 2);
    assertThat(page.text("table.ended")).contains("third").contains("fourth");
    assertThat(server.queue().list(Set.of(State.QUEUED), "pair", null, 10).jobs()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jobs", "submit", "datasets", "job", "comparison", "overlay", "tokens", "audit"})
  void phoneShowsAllOfIt(String view) {
    chromium.size(360, 740);
    page.open(Role.ADMIN, switch (view) {
      case "job" -> "job/" + first;
      case "comparison" -> "job/" + compared;
      case "overlay" -> "overlay/" + first + "," + second;
      default -> view;
    });
    page.find("h1");
    page.await("all of it", () -> !page.text("main").contains("Loading"));
    assertThat(page.overflow()).isZero();
  }
}
