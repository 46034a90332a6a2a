// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.Role;
import io.github.arturo4j.service.api.State;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** The form of a job; nothing runs here. */
class SubmitPageTest extends PageFixture {
  @BeforeAll
  static void start() {
    server.queue().drain("jvm", true, "test");
  }

  @AfterEach
  void endJobs() {
    server.endJobs();
  }

  private static List<Job> queued() {
    return server.queue().list(Set.of(State.QUEUED), null, null, 10).jobs();
  }

  private void assertRefused(WebElement field, String detail) {
    page.await("'" + detail + "' at its field", () -> page.text(".field-problem:not(:empty)").contains(detail));
    assertThat(chromium.driver().switchTo().activeElement()).isEqualTo(field);
    assertThat(field.getDomAttribute("aria-invalid")).isEqualTo("true");
    String described = field.getDomAttribute("aria-describedby").split(" ")[0];
    assertThat(page.text("#" + described)).contains(detail);
    assertThat(queued()).isEmpty();
  }

  @Test
  void whatIsWrongStandsAtItsField() {
    page.open(Role.USER, "submit");
    page.field("Epochs").sendKeys("many");
    page.button("form", "Submit").click();
    assertRefused(page.field("Epochs"), "epochs");
    page.field("Epochs").clear();
    page.field("Epochs").sendKeys("3");
    assertThat(page.has(".field-problem:not(:empty)")).isFalse();
    page.field("Priority").sendKeys("101");
    page.button("form", "Submit").click();
    assertRefused(page.field("Priority"), "101");
  }

  @Test
  void whatIsWrongWithAFoldedOptionUnfoldsIt() {
    page.open(Role.USER, "submit");
    page.find("details summary").click();
    WebElement field = page.field("Clip norm");
    field.sendKeys("-1");
    page.find("details summary").click();
    page.button("form", "Submit").click();
    assertRefused(field, "-1");
    assertThat(field.isDisplayed()).isTrue();
  }

  @Test
  void howADeviceComputesIsAmongTheFoldedOptions() {
    page.open(Role.USER, "submit");
    page.find("details summary").click();
    assertThat(page.field("Linear algebra").getText()).startsWith("by default: auto");
    new Select(page.field("Linear algebra")).selectByValue("kernels");
    new Select(page.field("CUDA graphs")).selectByVisibleText("no");
    page.field("No autotune").click();
    page.button("form", "Submit").click();
    page.await("the job", () -> !queued().isEmpty());
    Job job = queued().getFirst();
    assertThat(job.options()).isEqualTo(Map.of("linalg", "kernels", "cuda-graphs", false, "no-autotune", true));

    page.button(".actions", "Submit again…").click();
    page.find("details summary").click();
    page.await("the same", () -> page.field("Linear algebra").getDomProperty("value").equals("kernels"));
    assertThat(page.field("CUDA graphs").getDomProperty("value")).isEqualTo("false");
    assertThat(page.field("No autotune").isSelected()).isTrue();
    assertThat(page.field("Precision").getDomProperty("value")).isEmpty();
  }

  @Test
  void whatIsWrongWithAnExperimentInYamlStandsThere() {
    page.open(Role.USER, "submit");
    page.find("input[name=source][value=yaml]").click();
    WebElement area = page.field("Experiment in YAML");
    page.paste(area, "name: [");
    page.button("form", "Submit").click();
    assertRefused(area, "line");
  }

  @Test
  void submitsWhatWasChosen() {
    page.open(Role.USER, "submit");
    page.field("Optimizer").sendKeys("adam");
    page.field("Epochs").sendKeys("7");
    page.field("Name").sendKeys("<i>first</i> & last");
    page.field("Labels").sendKeys("nightly, sweep 3");
    page.field("Priority").sendKeys("80");
    page.button("form", "Submit").click();
    page.await("the job", () -> page.text("h1").equals("<i>first</i> & last"));
    Job job = queued().getFirst();
    assertThat(job.experiment()).isEqualTo("fmnist_cnn");
    assertThat(job.options()).containsEntry("optimizer", "adam").containsEntry("epochs", 7).hasSize(2);
    assertThat(job.labels()).containsExactly("nightly", "sweep 3");
    assertThat(job.priority()).isEqualTo(80);
    assertThat(job.submittedBy()).isEqualTo("the user");
    page.await("what it waits for", () -> page.text("dl.facts").contains(job.waitingFor()));

    page.button(".actions", "Submit again…").click();
    page.await("the same", () -> page.field("Epochs").getDomProperty("value").equals("7"));
    assertThat(page.field("Optimizer").getDomProperty("value")).isEqualTo("adam");
    assertThat(page.field("Labels").getDomProperty("value")).isEqualTo("nightly, sweep 3");
  }

  @Test
  void whatIsWrongWithAChangeStandsAtItsFieldInTheDialog() {
    long job = server.submit("changed", 3);
    page.open(Role.USER, "job/" + job);
    page.button(".actions", "Change…").click();
    page.type("dialog [name=priority]", "101");
    page.press(Keys.ENTER);
    assertRefusedInDialog("priority", "priority is 101");
    page.type("dialog [name=priority]", "high");
    page.press(Keys.ENTER);
    assertRefusedInDialog("priority", "priority is 'high'");
    page.type("dialog [name=priority]", "90");
    page.find("dialog [name=name]").sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.BACK_SPACE);
    page.button("dialog", "Change").click();
    assertRefusedInDialog("name", "name is empty");
    page.find("dialog [name=name]").sendKeys("other");
    page.type("dialog [name=labels]", "good, " + "long".repeat(16));
    page.press(Keys.ENTER);
    assertRefusedInDialog("labels", "which has 64 characters");
    assertThat(server.queue().get(job).priority()).isEqualTo(50);
    page.type("dialog [name=labels]", "good");
    page.press(Keys.ENTER);
    page.await("the dialog's end", () -> page.all("dialog").isEmpty());
    assertThat(page.text("h1")).isEqualTo("other");
    assertThat(server.queue().get(job).priority()).isEqualTo(90);
    assertThat(server.queue().get(job).labels()).containsExactly("good");
  }

  private void assertRefusedInDialog(String name, String detail) {
    page.await("'" + detail + "' at its field", () -> page.text("dialog .field-problem:not(:empty)").contains(detail));
    WebElement field = page.find("dialog [name=" + name + "]");
    assertThat(chromium.driver().switchTo().activeElement()).isEqualTo(field);
    assertThat(field.getDomAttribute("aria-invalid")).isEqualTo("true");
    assertThat(page.text("#" + field.getDomAttribute("aria-describedby").split(" ")[0])).contains(detail);
    assertThat(page.all("dialog .field-problem:not(:empty)")).hasSize(1);
    assertThat(page.text("#notice")).isEmpty();
  }

  /** What is wrong with no field stands in the dialog, too; nothing is lost. */
  @Test
  void aDialogStaysWhileTheServerIsAway() {
    long job = server.submit("waits", 3);
    page.open(Role.USER, "job/" + job);
    page.button(".actions", "Change…").click();
    page.type("dialog [name=name]", "renamed");
    server.without(() -> {
      page.press(Keys.ENTER);
      page.await("what is wrong", () -> page.text("dialog [role=alert]").contains("does not answer"));
    });
    page.button("dialog", "Change").click();
    page.await("the new name", () -> page.text("h1").equals("renamed"));
    chromium.errors(); // the browser itself tells of connections that were refused
  }

  @Test
  void worksByKeyboardAlone() {
    page.openSignedOut("jobs");
    page.press(server.secret(Role.USER));
    page.press(Keys.ENTER);
    page.find("#nav");
    page.await("the list", () -> page.has(".devices li"));
    page.tabTo("#nav a[href='#/submit']");
    page.press(Keys.ENTER);
    page.field("Epochs");
    page.tabTo("select[name=experiment]");
    page.press("fmnist_resnet");
    page.tabTo("[name='options.epochs']");
    page.press("5");
    page.tabTo("form.submit button.primary");
    page.press(Keys.ENTER);
    page.await("the job", () -> page.text("h1").equals("fmnist_resnet18"));
    page.tabTo(".actions button");
    page.press(Keys.ENTER);
    page.find("dialog[open]");
    page.press(Keys.ESCAPE);
    page.await("the dialog's end", () -> page.all("dialog").isEmpty());
    assertThat(chromium.driver().switchTo().activeElement().getText()).isEqualTo("Cancel…");
    assertThat(queued()).hasSize(1);
    page.press(Keys.ENTER);
    page.find("dialog[open]");
    page.tabTo("dialog button.danger");
    page.press(Keys.ENTER);
    page.await("its end", () -> page.text(".job .head").contains("cancelled"));
    assertThat(queued()).isEmpty();
    page.tabTo(".actions button.danger");
    page.press(Keys.ENTER);
    page.find("dialog[open]");
    page.tabTo("dialog button.danger");
    page.press(Keys.ENTER);
    page.await("the list without it", () -> page.has(".devices li") && !page.text("main").contains("fmnist_resnet18"));
  }
}
