// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.arturo4j.host.cli.Cli.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The containers' entry point and health check as processes, beside an arturo that prints its words. */
@DisabledOnOs(OS.WINDOWS)
class ContainerEntrypointTest {
  @TempDir Path folder;
  private Path image;
  private Path run;

  @BeforeEach
  void layOutTheImage() throws IOException {
    folder = folder.toRealPath();
    image = folder.resolve("image");
    run = folder.resolve("my runs/first");
    Files.createDirectories(image.resolve("docker"));
    for (String script : List.of("entrypoint", "healthcheck")) {
      Files.copy(Path.of("../docker", script), image.resolve("docker").resolve(script));
      assertThat(image.resolve("docker").resolve(script)).isExecutable();
    }
    Path arturo = Files.writeString(
        image.resolve("arturo"),
        "#!/bin/sh\necho \"sdk=$TORNADOVM_HOME pid=$$\"\nfor word; do echo \"<$word>\"; done\nexit 7\n");
    assertThat(arturo.toFile().setExecutable(true)).isTrue();
  }

  private Outcome start(Map<String, String> settings, Path script, String... arguments) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(Stream.of(script.toString()), Stream.of(arguments)).toList());
    builder.environment().keySet().removeIf(name -> name.matches("ARTURO_.*|TORNADOVM_HOME"));
    builder.environment().putAll(settings);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    String first = "pid=" + process.pid() + "\n";
    int code = process.waitFor();
    return new Outcome(code, Files.readString(out).replace(first, "same process\n"), Files.readString(err));
  }

  private Outcome arturo(Map<String, String> settings, String... arguments) throws Exception {
    return start(settings, image.resolve("docker/entrypoint"), arguments);
  }

  private Map<String, String> inRun() {
    return Map.of("ARTURO_RUN", run.toString());
  }

  private static String words(String... words) {
    List<String> lines = Stream.of(words).map(word -> "<" + word + ">\n").toList();
    return "sdk= same process\n" + String.join("", lines);
  }

  private void write(String file) throws IOException {
    Files.createDirectories(run);
    Files.writeString(run.resolve(file), "");
  }

  @Test
  void otherCommandsPassThroughAsTheyAre() throws Exception {
    write("checkpoint.safetensors");
    Map<String, String> settings = Map.of("ARTURO_RUN", run.toString(), "ARTURO_METRICS_PORT", "9400");
    String[][] commands = {{}, {"doctor"}, {"evaluate", "a b", "*"}, {"train", "--help"}, {"--version"}};
    for (String[] given : commands) {
      Outcome outcome = arturo(settings, given);
      assertThat(outcome).isEqualTo(new Outcome(7, words(given), ""));
    }
    assertThat(arturo(Map.of(), "train", "fmnist_cnn").out()).isEqualTo(words("train", "fmnist_cnn"));
    assertThat(arturo(inRun(), "train", "--resume", "other").out())
        .isEqualTo(words("train", "--resume", "other"));
    assertThat(arturo(inRun(), "train", "x", "--run=other").out()).isEqualTo(words("train", "x", "--run=other"));
  }

  @Test
  void variablesOfATrainingBecomeOptions() throws Exception {
    Map<String, String> settings = Map.of("ARTURO_RUN", run.toString(), "ARTURO_METRICS_PORT", "9400");
    assertThat(arturo(settings, "train", "my experiment.yaml", "--seed", "43"))
        .isEqualTo(
            new Outcome(
                7,
                words(
                    "train", "my experiment.yaml", "--seed", "43", "--metrics-port", "9400", "--metrics-address",
                    "0.0.0.0", "--run", run.toString()),
                ""));
    assertThat(arturo(settings, "train", "x", "--metrics-port=0").out())
        .isEqualTo(words("train", "x", "--metrics-port=0", "--metrics-address", "0.0.0.0", "--run", run.toString()));
    assertThat(arturo(settings, "train", "x", "--metrics-address=::1").out())
        .isEqualTo(words("train", "x", "--metrics-address=::1", "--metrics-port", "9400", "--run", run.toString()));
  }

  @Test
  void aStopCodeIsPassedOnInTheSameProcess() throws Exception {
    Map<String, String> settings = Map.of("ARTURO_RUN", run.toString(), "ARTURO_STOP_CODE", "143");
    assertThat(arturo(settings, "train", "x"))
        .isEqualTo(new Outcome(7, words("train", "x", "--run", run.toString(), "--stop-code", "143"), ""));
    assertThat(arturo(settings, "train", "x", "--stop-code", "9").out())
        .isEqualTo(words("train", "x", "--stop-code", "9", "--run", run.toString()));
  }

  @Test
  void aServerListensForAllAndKeepsItsJobsInTheVolume() throws Exception {
    assertThat(arturo(Map.of("ARTURO_RUN", "/runs/x", "ARTURO_SERVICE_PORT", "8080"), "serve", "--jvm-slots", "2"))
        .isEqualTo(
            new Outcome(
                7,
                words(
                    "serve", "--jvm-slots", "2", "--address", "0.0.0.0", "--home", "/runs/service", "--data-root", "/data/sets", "--port",
                    "8080", "--stop-jobs"),
                ""));
    assertThat(arturo(Map.of("ARTURO_SERVICE_PORT", "8080"), "serve", "--address=::1", "--home", "/h", "--data-root=/d", "--port=1").out())
        .isEqualTo(words("serve", "--address=::1", "--home", "/h", "--data-root=/d", "--port=1", "--stop-jobs"));
    assertThat(arturo(Map.of(), "serve", "--stop-jobs", "--address", "::1", "--home", "/h", "--data-root", "/d").out())
        .isEqualTo(words("serve", "--stop-jobs", "--address", "::1", "--home", "/h", "--data-root", "/d"));
    assertThat(arturo(Map.of(), "serve", "--help").out()).isEqualTo(words("serve", "--help"));
  }

  @Test
  void theSdkOfTheImageIsUsedUnlessAnotherIsNamed() throws Exception {
    Path sdk = Files.createDirectory(image.resolve("tornadovm"));
    assertThat(arturo(Map.of(), "devices").out()).startsWith("sdk= ");
    Files.writeString(sdk.resolve("tornado-argfile"), "");
    assertThat(arturo(Map.of(), "devices").out()).startsWith("sdk=" + sdk + " ");
    assertThat(arturo(Map.of("TORNADOVM_HOME", "/own"), "devices").out()).startsWith("sdk=/own ");
  }

  @ParameterizedTest
  @CsvSource({"ARTURO_METRICS_PORT,/metrics", "ARTURO_SERVICE_PORT,/readyz"})
  void theHealthCheckAsksThePort(String name, String path) throws Exception {
    Path check = image.resolve("docker/healthcheck");
    assertThat(start(Map.of(), check).code()).isZero();
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Map<String, String> settings = Map.of(name, Integer.toString(port));
    assertThat(start(settings, check))
        .isEqualTo(new Outcome(1, "nothing listens on port " + port + " (" + name + ")\n", ""));
    int[] status = {200};
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(path, exchange -> {
      exchange.sendResponseHeaders(status[0], -1);
      exchange.close();
    });
    server.start();
    try {
      assertThat(start(settings, check)).isEqualTo(new Outcome(0, "", ""));
      status[0] = 500;
      assertThat(start(settings, check).out()).contains("answered: 'HTTP/1.1 500 ");
    } finally {
      server.stop(0);
    }
  }
}
