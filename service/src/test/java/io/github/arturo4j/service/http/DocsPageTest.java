// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The description of the interface in a browser, where its policy forbids whatever comes from elsewhere. */
class DocsPageTest {
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  @TempDir
  Path folder;

  @Test
  void isShownWithoutABreachOfThePolicy() {
    assumeTrue(Files.isExecutable(DRIVER), "Debian has it in chromium-driver");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1200,1400");
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
    try (TestServer server = new TestServer(folder)) {
      ChromeDriver browser = new ChromeDriver(service, options);
      try {
        browser.get(server.uri("/docs").toString());
        List<WebElement> operations =
            new WebDriverWait(browser, Duration.ofSeconds(60))
                .until(ExpectedConditions.numberOfElementsToBeMoreThan(By.cssSelector(".opblock"), 20));
        assertThat(operations).hasSize(ApiDocument.load().operations().size());
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).extracting(LogEntry::getMessage).isEmpty();
      } finally {
        browser.quit();
      }
    }
  }
}
