// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import static io.github.arturo4j.service.client.FakeService.job;
import static io.github.arturo4j.service.client.FakeService.json;
import static io.github.arturo4j.service.client.FakeService.stream;
import static io.github.arturo4j.service.client.FakeService.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.arturo4j.service.api.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the client's documentation shows is code that works. */
class ServiceExampleTest {
  @Test
  void works(@TempDir Path folder) throws IOException {
    try (FakeService server = new FakeService()) {
      server
          .on("POST /jobs", json(201, job(7, State.QUEUED)))
          .on(
              "GET /jobs/7/events",
              stream("text/event-stream", "id: 5\nevent: training\ndata: {\"type\":\"epoch\"}\n\nevent: end\ndata:\n\n"))
          .on("GET /jobs/7", json(200, job(7, State.SUCCEEDED)))
          .on(
              "GET /jobs/7/artifacts/model.safetensors",
              text(
                  200, "application/octet-stream", "abc",
                  "ETag", "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\""));
      assertThat(ServiceExample.train(server.address(), FakeService.SECRET, folder)).hasContent("abc");
      server.on("GET /jobs/7", json(200, job(7, State.FAILED)));
      assertThatThrownBy(() -> ServiceExample.train(server.address(), FakeService.SECRET, folder))
          .hasMessage("FAILED: it was made to fail");
    }
  }

  @Test
  void isTheCodeOfTheDocumentation() throws IOException {
    Path sources = Path.of("src");
    String example = Files.readString(sources.resolve("test/java/io/github/arturo4j/service/client/ServiceExample.java"));
    String code = example.substring(example.indexOf("  // begin\n") + 11, example.indexOf("  // end\n")).indent(-2);
    String shown = code.lines().map(line -> (" * " + line).stripTrailing() + "\n").collect(Collectors.joining());
    assertThat(Files.readString(sources.resolve("main/java/io/github/arturo4j/service/client/ServiceClient.java"))).contains(shown);
    assertThat(Files.readString(Path.of("../docs/service-commands.md"))).contains("```java\n" + code + "```\n");
  }
}
