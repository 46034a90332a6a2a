// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.service.api.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page as a test sees it: what it waits for, and what it does. */
final class Page {
  private static final Duration PATIENCE = Duration.ofSeconds(180); // a training starts a Java machine, perhaps on a busy one
  private static final int MOST_TABS = 120;
  private static final int MOST_LOOKS = 20;

  private final Chromium chromium;
  private final ChromeDriver driver;
  private final PageServer server;

  Page(Chromium chromium, PageServer server) {
    this.chromium = chromium;
    this.driver = chromium.driver();
    this.server = server;
  }

  /** Signs in anew, and goes to a view. */
  void open(Role role, String view) {
    openSignedOut(view);
    type("#token", server.secret(role));
    driver.switchTo().activeElement().sendKeys(Keys.ENTER);
    await("the view", () -> !has("#token"));
  }

  /** Goes to a view as nobody that the server knows, which leads to sign in. */
  void openSignedOut(String view) {
    driver.get("about:blank"); // else another # is not loaded anew
    driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    driver.get(server.view(view));
    find("#token");
  }

  /** Goes to a view without loading the page anew. */
  void go(String view) {
    script("location.hash = arguments[0]", "#/" + view);
  }

  /** Waits for something. */
  void await(String what, BooleanSupplier there) {
    new WebDriverWait(driver, PATIENCE)
        .withMessage(() -> what + "; the page says: " + text("body"))
        .ignoring(StaleElementReferenceException.class)
        .until(_ -> there.getAsBoolean());
  }

  /** Waits for an element that is shown. */
  WebElement find(String css) {
    await(css, () -> has(css));
    return steady(() -> all(css).stream().filter(WebElement::isDisplayed).findFirst().orElseThrow());
  }

  /** What is seen in one look: the page may put another element in the place of one that is being looked at. */
  <T> T steady(Supplier<T> look) {
    StaleElementReferenceException stale = null;
    for (int i = 0; i < MOST_LOOKS; i++) {
      try {
        return look.get();
      } catch (StaleElementReferenceException e) {
        stale = e;
      }
    }
    throw stale;
  }

  /** Elements that are there, shown or not. */
  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** Whether an element is shown. */
  boolean has(String css) {
    return steady(() -> all(css).stream().anyMatch(WebElement::isDisplayed));
  }

  /** The texts of all such elements. */
  List<String> texts(String css) {
    return steady(() -> all(css).stream().map(WebElement::getText).toList());
  }

  /** The text of the first such element as it is shown; empty if there is none. */
  String text(String css) {
    return steady(() -> all(css).stream().findFirst().map(WebElement::getText).orElse(""));
  }

  /** A button or link, shown, with this text, within the first such element. */
  WebElement button(String within, String text) {
    By by = By.xpath(".//*[self::button or self::a][normalize-space()='" + text + "']");
    await("'" + text + "' in " + within, () -> shown(within, by).findFirst().isPresent());
    return steady(() -> shown(within, by).findFirst().orElseThrow());
  }

  private Stream<WebElement> shown(String within, By by) {
    return all(within).stream().flatMap(each -> each.findElements(by).stream()).filter(WebElement::isDisplayed);
  }

  /** A field by its label. */
  WebElement field(String label) {
    By by = By.xpath("//label[normalize-space()='" + label + "']");
    await("label '" + label + "'", () -> driver.findElements(by).stream().anyMatch(WebElement::isDisplayed));
    WebElement found = driver.findElements(by).stream().filter(WebElement::isDisplayed).findFirst().orElseThrow();
    return driver.findElement(By.id(found.getDomAttribute("for")));
  }

  /** Writes into a field in place of what is there. */
  void type(String css, String text) {
    WebElement field = find(css);
    field.clear();
    field.sendKeys(text);
  }

  /** Gives a text area a text, as if it were pasted. */
  void paste(WebElement area, String text) {
    script("arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input'))", area, text);
  }

  Object script(String script, Object... arguments) {
    return ((JavascriptExecutor) driver).executeScript(script, arguments);
  }

  /** Presses Tab until the focus is on such an element, and sees that the focus is shown. */
  WebElement tabTo(String css) {
    for (int i = 0; i < MOST_TABS; i++) {
      press(Keys.TAB);
      WebElement focused = driver.switchTo().activeElement();
      if (Boolean.TRUE.equals(script("return arguments[0].matches(arguments[1])", focused, css))) {
        assertThat(focused.getCssValue("outline-style")).as("outline of the focused " + css).isNotEqualTo("none");
        return focused;
      }
    }
    String last = driver.switchTo().activeElement().getDomProperty("outerHTML");
    throw new AssertionError("Tab does not reach " + css + "; the focus is on " + last);
  }

  /** Presses a key, wherever the focus is. */
  void press(CharSequence keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** How many CSS pixels the page is wider than its window. */
  long overflow() {
    return (Long) script("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }

  /** Asserts that nothing went wrong in the page's scripts, and that no policy was violated. */
  void assertNoErrors() {
    assertThat(chromium.errors()).isEmpty();
  }
}
