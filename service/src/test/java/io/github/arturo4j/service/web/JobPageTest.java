// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.Role;
import io.github.arturo4j.service.api.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

/** A job's view while its process trains, and after. */
class JobPageTest extends PageFixture {
  private static final int ENDLESS = 100_000;


  @AfterEach
  void endJobs() {
    server.endJobs();
  }

  private String lossOfSteps() {
    return page.text("figure:first-child .entry .value");
  }

  private int epochs() {
    return page.all(".epochs tbody tr").size();
  }

  private long requests(String part) {
    return (Long) page.script(
        "return performance.getEntriesByType('resource').filter(entry => entry.name.includes(arguments[0])).length", part);
  }

  @Test
  void isSubmittedShowsItsCurveWhileItTrainsIsCancelledAndResumed() {
    page.open(Role.USER, "submit");
    page.find("input[name=source][value=yaml]").click();
    page.paste(page.field("Experiment in YAML"), PageServer.experiment("live", ENDLESS));
    page.button("form", "Submit").click();
    page.await("the job", () -> page.text("h1").equals("live"));
    page.await("that it runs", () -> page.text(".job .head").contains("running"));

    page.await("its curves", () -> !lossOfSteps().isEmpty());
    String loss = lossOfSteps();
    page.await("a longer curve", () -> !lossOfSteps().equals(loss));
    page.find(".epochs summary").click();
    page.await("an epoch", () -> epochs() > 0);
    int before = epochs();
    page.await("more epochs", () -> epochs() > before);
    assertThat(requests("/metrics")).as("requests for the past: all that came after was pushed").isEqualTo(1);
    assertThat(page.texts("figure figcaption"))
        .contains("Loss", "Accuracy", "η", "KL of the last step, nats", "Step time");
    page.await("the log", () -> page.text("pre.log").contains("Training live"));

    page.button(".actions", "Cancel…").click();
    page.button("dialog", "Cancel with checkpoint").click();
    page.await("its end", () -> page.text(".job .head").contains("cancelled"));
    assertThat(page.text(".problem.quiet")).isEqualTo("Cancelled by the user.");
    page.await(
        "the announcement of it",
        () -> page.script("return document.getElementById('announcer').textContent").toString().contains("cancelled"));
    Job stopped = server.queue().get(id());
    assertThat(stopped.state()).isEqualTo(State.CANCELLED);

    page.button(".actions", "Resume…").click();
    page.find("dialog [name=epochs]").sendKeys("many");
    page.button("dialog", "Resume").click();
    page.await("what is wrong, at its field", () -> page.text("dialog .field-problem").contains("epochs is 'many'"));
    page.type("dialog [name=epochs]", "1");
    page.button("dialog", "Resume").click();
    page.await("what is wrong, at its field", () -> page.text("dialog .field-problem").contains("epochs is 1, and job"));
    assertThat(server.queue().get(stopped.id()).state()).isEqualTo(State.CANCELLED);
    page.find("dialog [name=epochs]").clear();
    page.button("dialog", "Resume").click();
    page.await("that it runs again", () -> page.text(".job .head").contains("running"));
    page.await("its second attempt", () -> page.texts(".job table tbody tr td.id").contains("2"));
    int there = epochs();
    page.await("that the curves go on", () -> epochs() > there);
    assertThat(page.text(".epochs tbody tr:last-child td")).as("the first epoch, kept").isEqualTo("1");
    page.button(".actions", "Cancel…").click();
    page.button("dialog", "Cancel now").click();
    page.await("its end", () -> page.text(".job .head").contains("cancelled"));
  }

  private static long id() {
    return Long.parseLong(chromium.driver().getCurrentUrl().replaceAll(".*/job/", ""));
  }

  @Test
  void zoomSurvivesWhatComes() {
    long job = server.submit("zoomed", ENDLESS);
    page.open(Role.USER, "job/" + job);
    page.await("three epochs", () -> page.text(".progress").matches("(?s).*epoch ([3-9]|\\d\\d+)/.*"));
    page.await("curves", () -> page.has(".tools"));
    WebElement to = page.all(".tools input[size]").get(1);
    to.sendKeys("1.5");
    page.script("arguments[0].dispatchEvent(new Event('change'))", to);
    page.await("the zoom", () -> page.button(".tools", "All epochs").isEnabled());
    String loss = lossOfSteps();
    page.await("a longer curve", () -> !lossOfSteps().equals(loss));
    assertThat(to.getDomProperty("value")).isEqualTo("1.5");
    assertThat(page.button(".tools", "All epochs").isEnabled()).isTrue();
    page.button(".tools", "All epochs").click();
    assertThat(to.getDomProperty("value")).isEmpty();
  }

  @Test
  void streamsComeBackAfterTheServerWasAway() {
    long job = server.submit("away", ENDLESS);
    page.open(Role.USER, "job/" + job);
    page.await("its curves", () -> !lossOfSteps().isEmpty());
    AtomicReference<String> loss = new AtomicReference<>();
    server.without(() -> {
      page.await("the line that says so", () -> page.text("#connection").contains("reconnecting"));
      loss.set(lossOfSteps());
    });
    page.await("the line's end", () -> page.text("#connection").isEmpty());
    page.await("a longer curve", () -> !lossOfSteps().equals(loss.get()));
    chromium.errors(); // the browser itself tells of the connection that was refused
  }

  @Test
  void filesAreDownloadedAndAJobIsDeleted() throws IOException {
    long job = server.submit("short <b>one</b>", 1);
    page.open(Role.USER, "job/" + job);
    page.await("its end", () -> page.text(".job .head").contains("succeeded"));
    assertThat(page.text("h1")).isEqualTo("short <b>one</b>");
    page.await("its files", () -> page.text(".files").contains("model.safetensors"));
    page.find(".files a[download='model.safetensors']").click();
    Path saved = folder.resolve("browser/downloads/model.safetensors");
    page.await("the download", () -> Files.exists(saved));
    assertThat(saved).hasSameBinaryContentAs(server.queue().folder(job).run().resolve("model.safetensors"));

    page.button(".actions", "Delete…").click();
    page.button("dialog", "Back").click();
    assertThat(page.text("h1")).isEqualTo("short <b>one</b>");
    page.button(".actions", "Delete…").click();
    page.button("dialog", "Delete").click();
    page.await("the list", () -> page.has(".devices li"));
    assertThat(page.text("main")).doesNotContain("short <b>one</b>");
    page.go("job/" + job);
    page.await("that it is gone", () -> page.text("main").contains("not there"));
  }
}
