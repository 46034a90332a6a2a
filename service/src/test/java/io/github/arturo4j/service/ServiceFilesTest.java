// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.arturo4j.host.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The files in {@code docker/} that serve give commands and ports that there are. */
class ServiceFilesTest {
  private static final Path DOCKER = Path.of("../docker");

  private static void assertParses(List<String> words) {
    assertThat(words.getFirst()).isEqualTo("serve");
    assertThat(Main.commandLine("serve").parseArgs(words.toArray(String[]::new)).errors()).isEmpty();
  }

  private static List<String> words(JsonNode list) {
    List<String> words = new ArrayList<>();
    list.forEach(word -> words.add(word.asText()));
    return words;
  }

  @Test
  void kubernetesServesWhereItsProbesAsk() throws IOException {
    try (MappingIterator<JsonNode> documents =
        new YAMLMapper().readerFor(JsonNode.class).readValues(DOCKER.resolve("service.yaml").toFile())) {
      List<JsonNode> all = documents.readAll();
      JsonNode pod = all.getFirst().at("/spec/template/spec");
      JsonNode container = pod.at("/containers/0");
      List<String> words = words(container.at("/args"));
      assertParses(words);
      int stop = Integer.parseInt(words.get(words.indexOf("--stop-seconds") + 1));
      assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isGreaterThan(stop);
      assertThat(all.getFirst().at("/spec/strategy/type").asText()).isEqualTo("Recreate");
      assertThat(container.at("/ports/0/containerPort").asInt()).isEqualTo(7070);
      assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/readyz");
      assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/healthz");
      assertThat(all.get(1).at("/spec/ports/0/port").asInt()).isEqualTo(7070);
    }
  }

  @Test
  void composeServes() throws IOException {
    JsonNode serve = new YAMLMapper().readTree(DOCKER.resolve("compose.yaml").toFile()).at("/services/serve");
    assertParses(words(serve.path("command")));
    assertThat(serve.at("/environment/ARTURO_SERVICE_PORT").asText()).isEqualTo("7070");
    assertThat(serve.at("/ports/0").asText()).endsWith(":7070");
  }

  /** In another way systemd would end the trainings with the server, or for one another, or take their temporary files away. */
  @Test
  void systemdLeavesTheTrainingsAlone() throws IOException {
    List<String> lines = Files.readAllLines(DOCKER.resolve("arturo.service"));
    assertThat(lines).contains("KillMode=process", "OOMPolicy=continue").noneMatch(line -> line.startsWith("PrivateTmp"));
    String start = lines.stream().filter(line -> line.startsWith("ExecStart=")).findFirst().orElseThrow();
    List<String> words = List.of(start.substring("ExecStart=".length()).split(" "));
    assertThat(words.getFirst()).endsWith("/arturo");
    assertParses(words.subList(1, words.size()));
  }
}
