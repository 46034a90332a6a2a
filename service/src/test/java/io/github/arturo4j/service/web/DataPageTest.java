// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.service.api.Role;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.http.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The view of data sets: what is uploaded, and what is refused. */
class DataPageTest extends PageFixture {
  private static final int LARGE = 8 << 20;
  private static final Limits SMALL = limits(LARGE, 0);

  private static int sets;
  private final String set = "set" + ++sets;

  @BeforeAll
  static void start() {
    server.limit(SMALL);
    server.queue().drain("jvm", true, "test");
  }

  @AfterEach
  void networkIsThere() {
    network(-1);
  }

  /** Of these limits, a test has to do with how long a file may be, and how much of the disk stays free. */
  private static Limits limits(long upload, long reserved) {
    return new Limits(1 << 18, upload, reserved, 1000, 1000, 10, 100);
  }

  /** Has the browser send at most so many bytes a second; -1 for as many as it can. */
  private static void network(int bytes) {
    chromium.driver().executeCdpCommand("Network.enable", Map.of());
    chromium.driver().executeCdpCommand(
        "Network.emulateNetworkConditions", Map.of("offline", false, "latency", 0, "downloadThroughput", -1, "uploadThroughput", bytes));
  }

  private static Path file(String name, int bytes) throws IOException {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return Files.write(Files.createDirectories(folder.resolve("chosen")).resolve(name), content);
  }

  private static void choose(Path... files) {
    WebElement chooser = page.all("form.upload input[type=file]").getFirst();
    chooser.sendKeys(Arrays.stream(files).map(Path::toString).collect(Collectors.joining("\n")));
  }

  /** The files of the data set that this test fills. */
  private List<String> stored() throws IOException {
    Path there = server.data().resolve(set);
    if (!Files.exists(there)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(there)) {
      return files.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  private void upload() {
    page.button("form.upload", "Upload").click();
  }

  private WebElement nameOf(int upload) {
    return page.all(".uploads input").get(upload);
  }

  private void awaitProblem(String detail) {
    page.await("'" + detail + "' at a field", () -> page.text("form.upload .field-problem:not(:empty)").contains(detail));
    WebElement field = chromium.driver().switchTo().activeElement();
    assertThat(field.getDomAttribute("aria-invalid")).isEqualTo("true");
    assertThat(page.text("#" + field.getDomAttribute("aria-describedby").split(" ")[0])).contains(detail);
  }

  private static long sent() {
    return (Long) page.script(
        "return performance.getEntriesByType('resource').filter(entry => /\\/datasets\\/./.test(entry.name)).length");
  }

  @Test
  void filesAreStoredAndAJobIsSubmittedWithThem() throws IOException {
    Path first = file("first.csv", 3_000_000);
    Path second = file("second.csv", 1);
    page.open(Role.USER, "datasets");
    choose(first, second);
    page.field("Data set").sendKeys(set);
    upload();
    page.await("the end", () -> page.text("form.upload [role=status]").contains("2 files stored in " + set));
    assertThat(server.data().resolve(set + "/first.csv")).hasSameBinaryContentAs(first);
    assertThat(server.data().resolve(set + "/second.csv")).hasSameBinaryContentAs(second);
    assertThat(page.text(".uploads")).contains("Stored as " + set + "/first.csv, SHA-256 ").doesNotContain("%");
    page.await("it in the list", () -> page.texts("table.datasets td.name").contains(set));
    page.button("form.upload", "Submit a job with it…").click();
    page.await("it in the form", () -> set.equals(page.field("Data set").getDomProperty("value")));
    page.button("form", "Submit").click();
    page.await("the job", () -> page.has(".job"));
    assertThat(server.queue().list(Set.of(State.QUEUED), null, null, 10).jobs().getFirst().dataset()).isEqualTo(set);
    server.endJobs();
  }

  @Test
  void whatIsRefusedStandsAtItsFieldAndWhatIsStoredIsNotSentAgain() throws IOException {
    page.open(Role.USER, "datasets");
    upload();
    awaitProblem("it is empty; give a name");
    page.field("Data set").sendKeys("../" + set);
    choose(file("right.csv", 10), file("my table.csv", 20));
    upload();
    awaitProblem("which is a path");
    page.type("input[name=name]", "my " + set);
    upload();
    awaitProblem("name is 'my " + set + "'");
    page.type("input[name=name]", set);
    upload();
    awaitProblem("file is 'my table.csv', which is not allowed; give a name of");
    assertThat(stored()).containsExactly("right.csv");
    assertThat(page.text("form.upload [role=status]")).contains("1 file stored in " + set + ", 1 not");
    long before = sent();
    nameOf(1).clear();
    nameOf(1).sendKeys("table.csv");
    upload();
    page.await("the end", () -> page.text("form.upload [role=status]").contains("2 files stored"));
    assertThat(stored()).containsExactly("right.csv", "table.csv");
    assertThat(sent() - before).isEqualTo(1);
  }

  @Test
  void aFileThatCannotBeTakenIsNamedBeforeAnythingIsSent() throws IOException {
    page.open(Role.USER, "datasets");
    page.field("Data set").sendKeys(set);
    choose(file("right.csv", 10), file("large.csv", LARGE + 1));
    upload();
    awaitProblem("it has 8.0 MiB, and the server takes files of up to 8.0 MiB; send a smaller one");
    page.find("button[aria-label='Do not upload large.csv']").click();
    choose(file("none.csv", 0));
    upload();
    awaitProblem("it is empty");
    page.find("button[aria-label='Do not upload none.csv']").click();
    choose(file("other.csv", 30));
    nameOf(1).clear();
    nameOf(1).sendKeys("right.csv");
    upload();
    awaitProblem("another file here is called 'right.csv'");
    assertThat(sent()).isZero();
    assertThat(stored()).isEmpty();
  }

  /** It refuses at once, while the browser still sends. */
  @Test
  void whatOnlyTheServerKnowsStandsAtTheFile() throws IOException {
    page.open(Role.USER, "datasets");
    page.field("Data set").sendKeys(set);
    choose(file("large.csv", LARGE));
    server.limit(limits(LARGE, Long.MAX_VALUE / 2));
    try {
      upload();
      awaitProblem("make room below the data root");
    } finally {
      server.limit(SMALL);
    }
    assertThat(stored()).isEmpty();
    chromium.errors(); // 507, and the stream that was cut
  }

  @Test
  void anUploadIsStoppedCutAndSentAgain() throws IOException {
    page.open(Role.USER, "datasets");
    page.field("Data set").sendKeys(set);
    choose(file("slow.csv", 2_000_000));
    network(200_000);
    upload();
    page.await("that it is sent", () -> page.text(".uploads").contains("% of 1.9 MiB"));
    page.button("form.upload", "Stop").click();
    page.await("its end", () -> page.text(".uploads").contains("Stopped; nothing of it is stored."));
    assertThat(page.has("form.upload .field-problem:not(:empty)")).isFalse();
    upload();
    page.await("that it is sent", () -> page.text(".uploads").contains("% of 1.9 MiB"));
    server.without(() -> awaitProblem("the connection was cut"));
    chromium.errors(); // the browser tells of it, too
    assertThat(stored()).isEmpty();
    network(-1);
    upload();
    page.await("the end", () -> page.text("form.upload [role=status]").contains("1 file stored"));
    assertThat(stored()).containsExactly("slow.csv");
    chromium.errors();
  }

  @Test
  void anUploadGoesOnWhileAnotherViewIsLookedAtAndEndsWithTheSession() throws IOException {
    page.open(Role.USER, "datasets");
    page.field("Data set").sendKeys(set);
    choose(file("slow.csv", 2_000_000), file("slower.csv", 4_000_000));
    network(1_000_000);
    upload();
    page.await("that it is sent", () -> page.text(".uploads").contains("% of"));
    page.go("jobs");
    page.await("the other view", () -> page.has(".devices li"));
    page.await("the first file", () -> {
      try {
        return stored().contains("slow.csv");
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    });
    page.go("datasets");
    page.await("the second", () -> page.text(".uploads").contains("% of 3.8 MiB"));
    page.button("#session", "Sign out").click();
    page.find("#token");
    network(-1);
    page.open(Role.READER, "datasets");
    page.await("the list", () -> page.text("table.datasets").contains(set));
    assertThat(stored()).containsExactly("slow.csv");
    assertThat(page.has("form")).isFalse();
  }

  @Test
  void filesAreDropped() throws IOException {
    page.open(Role.USER, "datasets");
    page.field("Data set").sendKeys(set);
    page.script("""
        const files = new DataTransfer();
        files.items.add(new File(["a,b\\n"], "dropped.csv"));
        const form = document.querySelector("form.upload");
        form.dispatchEvent(new DragEvent("dragover", {dataTransfer: files, bubbles: true, cancelable: true}));
        form.dispatchEvent(new DragEvent("drop", {dataTransfer: files, bubbles: true, cancelable: true}));
        """);
    upload();
    page.await("the end", () -> page.text("form.upload [role=status]").contains("1 file stored"));
    assertThat(server.data().resolve(set + "/dropped.csv")).hasContent("a,b\n");
  }

  @Test
  void worksByKeyboardAlone() throws IOException {
    page.open(Role.USER, "jobs");
    page.tabTo("#nav a[href='#/datasets']");
    page.press(Keys.ENTER);
    page.find("form.upload");
    page.tabTo("input[name=name]");
    page.press(set);
    WebElement button = page.tabTo("form.upload button");
    assertThat(button.getText()).isEqualTo("Choose files…");
    choose(file("kept.csv", 10), file("left.csv", 20)); // the chooser itself is not the page's
    page.tabTo("button[aria-label='Do not upload left.csv']");
    page.press(Keys.ENTER);
    assertThat(chromium.driver().switchTo().activeElement()).isEqualTo(button);
    page.tabTo(".uploads input");
    page.tabTo("form.upload button.primary");
    page.press(Keys.ENTER);
    page.await("the end", () -> page.text("form.upload [role=status]").contains("1 file stored"));
    assertThat(stored()).containsExactly("kept.csv");
    assertThat(chromium.driver().switchTo().activeElement()).isEqualTo(page.find("form.upload button.primary"));
  }
}
