// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium without a window, of this machine: nothing is downloaded. */
final class Chromium implements AutoCloseable {
  private static final String MISSING =
      "chromium or chromedriver is not on the PATH: the page is not tested in a browser; on Debian, 'apt-get install chromium"
          + " chromium-driver'";

  private final ChromeDriver driver;

  private Chromium(ChromeDriver driver) {
    this.driver = driver;
  }

  /**
   * Starts one. Where there is none, the tests that need it are skipped, or fail if the environment has CI.
   *
   * @param profile a new folder for what it keeps
   */
  static Chromium start(Path profile) {
    Optional<Path> browser = find("chromium");
    Optional<Path> service = find("chromedriver");
    if (browser.isEmpty() || service.isEmpty()) {
      assertThat(System.getenv("CI")).as(MISSING).isNull();
      System.out.println("Skipped: " + MISSING);
      abort(MISSING);
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.orElseThrow().toFile());
    options.addArguments(
        "--headless=new", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--disable-dev-shm-usage", "--window-size=1200,900", "--user-data-dir=" + profile);
    if (System.getProperty("user.name").equals("root")) {
      options.addArguments("--no-sandbox"); // it refuses to run as root otherwise
    }
    options.setExperimentalOption("prefs", Map.of("download.default_directory", profile.resolve("downloads").toString()));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService driver =
        new ChromeDriverService.Builder().usingDriverExecutable(service.orElseThrow().toFile()).usingAnyFreePort().build();
    return new Chromium(new ChromeDriver(driver, options));
  }

  private static Optional<Path> find(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** What a test does with it. */
  ChromeDriver driver() {
    return driver;
  }

  /** A window of this size, in CSS pixels, such as a phone's; a window itself cannot be that narrow. */
  void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Errors and warnings of the page's console since it was asked last, but for requests that the server has refused. */
  List<String> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .filter(line -> !line.contains("Failed to load resource: the server responded with a status of 4"))
        .filter(line -> !line.contains("willReadFrequently")) // of a test that looks at what is drawn
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
