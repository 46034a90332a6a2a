// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.service.api.Role;
import io.github.arturo4j.service.api.State;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Who may see and do what on the page. */
class AccessPageTest extends PageFixture {
  private static long cancelled;

  @BeforeAll
  static void start() throws IOException {
    Files.createDirectories(server.data().resolve("looked-at"));
    server.queue().drain("jvm", true, "test");
    cancelled = server.submit("over", 1);
    server.endJobs();
    server.submit("waits", 1, "nightly");
  }

  @Test
  void wrongTokenIsToldAtItsFieldAndTheRightOneLeadsWhereOneWanted() {
    page.openSignedOut("job/" + cancelled);
    page.type("#token", "guessed");
    page.press(Keys.ENTER);
    page.await("a problem", () -> page.has("#token-problem"));
    assertThat(page.find("#token").getDomAttribute("aria-invalid")).isEqualTo("true");
    assertThat(chromium.driver().switchTo().activeElement()).isEqualTo(page.find("#token"));
    page.type("#token", server.secret(Role.USER));
    page.press(Keys.ENTER);
    page.await("the job", () -> page.text("h1").equals("over"));
    page.button("#session", "Sign out").click();
    page.find("#token");
    page.go("jobs");
    page.find("#token");
    assertThat(page.text("main")).doesNotContain("over");
  }

  @Test
  void readerLooksAndNothingMore() {
    page.open(Role.READER, "jobs");
    page.await("the queue", () -> page.text("table.queued").contains("waits"));
    assertThat(page.text("#nav").split("\\s+")).containsExactly("Jobs", "Data", "API");
    assertThat(buttons()).isSubsetOf("Sign out", "Show older jobs");
    page.find("table.queued tbody input").click();
    page.find(".selection");
    assertThat(buttons()).doesNotContain("Cancel…").contains("Clear selection");
    page.find("#filter-label").sendKeys("nightly");
    page.await("the filter", () -> page.text("table.ended").isEmpty());
    assertThat(page.text(".filter")).doesNotContain("Cancel");
    page.go("job/" + cancelled);
    page.await("the job", () -> page.text("h1").equals("over"));
    assertThat(page.all(".actions *")).isEmpty();
    page.go("datasets");
    page.await("the data sets", () -> page.text("table.datasets").contains("looked-at"));
    assertThat(page.all("form, input, table.datasets a")).isEmpty();
    page.go("jobs");
    page.find("table.queued tbody input");
    assertThat(page.text(".devices")).contains("drained").doesNotContain("Undrain");
  }

  /** What the buttons say that are shown. */
  private List<String> buttons() {
    return page.steady(() -> page.all("button").stream().filter(WebElement::isDisplayed).map(WebElement::getText).toList());
  }

  @Test
  void adminMakesAndRevokesATokenAndFindsBothInTheAuditTrail() {
    page.open(Role.ADMIN, "tokens");
    page.button("main", "Make a token").click();
    page.await("what is wrong with no name", () -> page.has(".field-problem"));
    assertThat(chromium.driver().switchTo().activeElement()).isEqualTo(page.field("Name"));
    page.field("Name").sendKeys("<b>wall</b>");
    page.button("main", "Make a token").click();
    String secret = page.find("output.secret").getText();
    assertThat(page.text("table")).contains("<b>wall</b>").doesNotContain(secret);
    page.find("button[aria-label^='Revoke'][aria-label$='<b>wall</b>']").click();
    page.button("dialog", "Revoke").click();
    page.await("the token's end", () -> page.all("button[aria-label$='<b>wall</b>']").stream().noneMatch(WebElement::isDisplayed));
    page.go("audit");
    page.await("the audit trail", () -> page.text("table").contains("revoke"));
    assertThat(page.text("table")).contains("the admin");
  }

  @Test
  void adminGivesADeviceJobsAgain() {
    page.open(Role.ADMIN, "jobs");
    page.find("button[aria-label='Undrain JVM, 2 threads']").click();
    page.await("an available device", () -> page.text(".devices").contains("available"));
    page.await("a running job", () -> page.text("table.running").contains("waits"));
    assertThat(server.queue().list(Set.of(State.QUEUED), null, null, 10).jobs()).isEmpty();
    page.find("button[aria-label='Drain JVM, 2 threads']").click();
    page.await("a drained device", () -> page.text(".devices").contains("drained"));
    server.endJobs();
    server.submit("waits", 1, "nightly");
  }
}
