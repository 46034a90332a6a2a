// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What the files of {@code docker/} take from the sources is there: commands, files, and the same build in all. */
class ContainerFilesTest {
  private static final Path ROOT = Path.of("..");
  private static final Path DOCKER = ROOT.resolve("docker");

  /** Every list of words under a key of that name, wherever it stands. */
  private static List<List<String>> commands(JsonNode node, String key) {
    List<List<String>> found = new ArrayList<>();
    node.properties()
        .forEach(
            entry -> {
              if (entry.getKey().equals(key) && entry.getValue().path(0).asText().equals("train")) {
                List<String> words = new ArrayList<>();
                entry.getValue().forEach(word -> words.add(word.asText()));
                found.add(words);
              }
            });
    node.forEach(child -> found.addAll(commands(child, key)));
    return found;
  }

  @Test
  void composeAndJobTrainWithCommandsThatThereAre() throws IOException {
    List<List<String>> commands = new ArrayList<>();
    commands.addAll(commands(new YAMLMapper().readTree(DOCKER.resolve("compose.yaml").toFile()), "command"));
    commands.addAll(commands(new YAMLMapper().readTree(DOCKER.resolve("job.yaml").toFile()), "args"));
    assertThat(commands).hasSize(3); // those that serve are tested in the service
    for (List<String> words : commands) {
      assertThat(Main.commandLine().parseArgs(words.toArray(String[]::new)).errors()).as("%s", words).isEmpty();
    }
  }

  private static Map<?, ?> map(Map<?, ?> in, String... path) {
    Map<?, ?> found = in;
    for (String key : path) {
      found = (Map<?, ?>) found.get(key);
    }
    return found;
  }

  private static Map<?, ?> container(Map<?, ?> replicas, String role) {
    return (Map<?, ?>) ((List<?>) map(replicas, role, "template", "spec").get("containers")).getFirst();
  }

  /** The launcher of an MPIJob trains with a command that there is, as many ranks as workers, which listen where it looks for them. */
  @Test
  void theRanksOfAnMpiJobAreItsWorkers() throws IOException {
    Map<String, ?> job = new Yaml().load(Files.readString(DOCKER.resolve("mpijob.yaml"))); // it knows anchors
    Map<?, ?> replicas = map(job, "spec", "mpiReplicaSpecs");
    List<?> words = (List<?>) container(replicas, "Launcher").get("args");
    assertThat(words.get(words.indexOf("-n") + 1)).isEqualTo(map(replicas, "Worker").get("replicas").toString());
    String[] command = words.subList(words.indexOf("arturo") + 1, words.size()).toArray(String[]::new);
    assertThat(Main.commandLine().parseArgs(command).errors()).isEmpty();
    Map<?, ?> worker = container(replicas, "Worker");
    String port = map(worker, "readinessProbe", "tcpSocket").get("port").toString();
    for (String file : List.of("ssh_config", "sshd_config")) {
      assertThat(Files.readString(DOCKER.resolve(file)))
          .containsPattern("(?m)^ *Port " + port + "$")
          .contains(map(job, "spec").get("sshAuthMountPath") + "/id_rsa");
    }
    assertThat(lines("Dockerfile.mpi")).anyMatch(line -> line.endsWith(" " + ((List<?>) worker.get("command")).getLast()));
  }

  private static List<String> lines(String dockerfile) throws IOException {
    String text = Files.readString(DOCKER.resolve(dockerfile)).replace("\\\n", " ");
    return text.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#")).toList();
  }

  /** The first lines of the build stage, which copy the sources. */
  private static List<String> sources(String dockerfile) throws IOException {
    return lines(dockerfile).stream()
        .dropWhile(line -> !line.endsWith(" AS build"))
        .takeWhile(line -> !line.startsWith("COPY --from"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile.cpu", "Dockerfile.nvidia", "Dockerfile.amd"})
  void whatAnImageCopiesIsThere(String dockerfile) throws IOException {
    assertThat(sources(dockerfile)).isEqualTo(sources("Dockerfile.cpu"));
    int copies = 0;
    for (String line : lines(dockerfile)) {
      if (line.startsWith("COPY ") && !line.startsWith("COPY --from")) {
        String[] words = line.split(" +");
        for (String source : List.of(words).subList(1, words.length - 1)) {
          assertThat(ROOT.resolve(source)).exists();
          copies++;
        }
      }
    }
    assertThat(copies).isGreaterThan(10);
    for (String module : Files.readString(ROOT.resolve("pom.xml")).split("<module>")) {
      if (module.contains("</module>")) {
        String name = module.substring(0, module.indexOf('<'));
        assertThat(sources(dockerfile)).contains("COPY " + name + "/src/main " + name + "/src/main");
      }
    }
  }

  /** What can be chosen for the build of an image can be chosen through compose, too, and nothing else. */
  @Test
  void composePassesOnWhatAnImagesBuildTakes() throws IOException {
    String text = Files.readString(DOCKER.resolve("compose.yaml"));
    Map<String, Map<String, Map<String, ?>>> compose = new Yaml().load(text); // it knows anchors and merges
    for (Map<String, ?> service : compose.get("services").values()) {
      Map<?, ?> build = (Map<?, ?>) service.get("build");
      List<String> taken = lines(Path.of(build.get("dockerfile").toString()).getFileName().toString()).stream()
          .filter(line -> line.startsWith("ARG "))
          .map(line -> line.substring("ARG ".length()).split("=")[0])
          .filter(name -> !List.of("ROCM", "CUDA_PACKAGES").contains(name)) // versions that belong to the file
          .toList();
      assertThat(((Map<?, ?>) build.get("args")).keySet()).map(Object::toString).containsExactlyInAnyOrderElementsOf(taken);
      assertThat(build.get("additional_contexts")).isEqualTo(Map.of("tornadovm", "${TORNADOVM_HOME:-.}"));
    }
  }

  @Test
  void theImagesTakeAnSdkFromARelease() throws IOException {
    for (String dockerfile : List.of("Dockerfile.cpu", "Dockerfile.nvidia", "Dockerfile.amd")) {
      assertThat(lines(dockerfile))
          .contains("FROM scratch AS tornadovm", "ARG TORNADOVM", "ARG TORNADOVM_SHA256", "COPY --from=sdk /sdk /sdk")
          .anyMatch(line -> line.matches("RUN --mount=type=bind,from=tornadovm,target=/context fetch-sdk "
              + "(--required )?/context (opencl|\\$BACKEND) /sdk"));
    }
  }

  @Test
  void theImagesStartAsTheirScriptsAre() throws IOException {
    for (String dockerfile : List.of("Dockerfile.cpu", "Dockerfile.nvidia", "Dockerfile.amd")) {
      assertThat(lines(dockerfile))
          .contains(
              "USER 10001:10001", "STOPSIGNAL SIGTERM", "ENTRYPOINT [\"/opt/arturo/docker/entrypoint\"]",
              "COPY --from=build /opt/arturo /opt/arturo")
          .anyMatch(line -> line.startsWith("HEALTHCHECK ") && line.contains("/opt/arturo/docker/healthcheck"));
    }
    assertThat(DOCKER.resolve("fetch-sdk")).isExecutable();
    assertThat(DOCKER.resolve("assemble")).isExecutable();
    assertThat(DOCKER.resolve("entrypoint")).isExecutable();
    assertThat(DOCKER.resolve("healthcheck")).isExecutable();
  }
}
