// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import static io.github.arturo4j.service.client.FakeService.job;
import static io.github.arturo4j.service.client.FakeService.json;
import static io.github.arturo4j.service.client.FakeService.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.cli.Main;
import io.github.arturo4j.host.cli.RequestedTraining;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.OptionNames;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.client.FakeService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code arturo submit} sends, and what it refuses itself. */
class SubmitTest {
  @TempDir Path folder;
  private FakeService server;
  private ClientCli cli;

  @BeforeEach
  void start() throws IOException {
    server = new FakeService().on("POST /jobs", json(201, job(7, State.QUEUED)));
    cli = new ClientCli(server.address(), Files.writeString(folder.resolve("token"), FakeService.SECRET + "\n"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String sent(Object... words) {
    assertThat(cli.out(words)).isEqualTo("7\n");
    return server.requests().getLast().body();
  }

  @Test
  void anExperimentByItsName() {
    assertThat(sent("submit", "fmnist_cnn")).isEqualTo("{\"kind\":\"train\",\"experiment\":\"fmnist_cnn\"}");
    assertThat(server.requests().getLast().headers())
        .containsEntry("authorization", "Bearer " + FakeService.SECRET)
        .hasEntrySatisfying("idempotency-key", key -> assertThat(key).hasSizeGreaterThan(16));
  }

  @Test
  void anExperimentOfOnesOwnWithItsText() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.yaml"), "name: mine\n# größer\n");
    assertThat(sent("submit", file)).isEqualTo("{\"kind\":\"train\",\"experimentYaml\":\"name: mine\\n# größer\\n\"}");
  }

  @Test
  void allThatIsSaidOfAJob() {
    assertThat(
            sent(
                "submit", "fmnist_cnn", "--name", "mine", "--label", "a,b", "--label", "c", "--priority", 60, "--devices", 2, "--device-id",
                "0:1", "--dataset", "small", "--idempotency-key", "k1"))
        .isEqualTo(
            "{\"kind\":\"train\",\"experiment\":\"fmnist_cnn\",\"dataset\":\"small\",\"name\":\"mine\",\"labels\":[\"a\",\"b\",\"c\"],"
                + "\"priority\":60,\"devices\":2,\"device\":\"0:1\"}");
    assertThat(server.requests().getLast().headers()).containsEntry("idempotency-key", "k1");
  }

  @Test
  void optionsOfTheTrainingAsTheyAreThere() {
    assertThat(
            sent(
                "submit", "fmnist_cnn", "--epochs", 3, "--kl-bound", "0.5", "--mode", "paper", "--metrics", "accuracy,top5",
                "--evaluate-at", "20,40", "--seed", 9_000_000_000L, "--group", "biases,weightDecay=0", "--loss",
                "cross_entropy,labelSmoothing=0.1"))
        .isEqualTo(
            "{\"kind\":\"train\",\"experiment\":\"fmnist_cnn\",\"options\":{\"epochs\":3,\"kl-bound\":0.5,\"mode\":\"paper\","
                + "\"metrics\":\"accuracy,top5\",\"evaluate-at\":\"20,40\",\"seed\":9000000000,\"group\":\"biases,weightDecay=0\","
                + "\"loss\":\"cross_entropy,labelSmoothing=0.1\"}}");
  }

  @Test
  void howADeviceComputes() {
    assertThat(sent("submit", "a", "--linalg", "kernels", "--precision", "tf32", "--no-autotune", "--no-cuda-graphs"))
        .contains("\"options\":{\"linalg\":\"kernels\",\"precision\":\"tf32\",\"no-autotune\":true,\"cuda-graphs\":false}");
    assertThat(sent("submit", "a", "--compare", "--cuda-graphs")).contains("\"options\":{\"cuda-graphs\":true}");
    cli.refused(2, "Invalid value for option '--linalg': ", "submit", "a", "--linalg", "blas");
  }

  @Test
  void anOptionThatIsGivenSeveralTimesIsAList() {
    assertThat(sent("submit", "a", "--freeze", "x", "--freeze", "y,z", "--group", "biases,weightDecay=0"))
        .contains("\"freeze\":[\"x\",\"y,z\"],\"group\":\"biases,weightDecay=0\"");
  }

  @Test
  void aComparison() {
    assertThat(sent("submit", "fmnist_cnn", "--compare", "--optimizers", "arturo,adam", "--seeds", "1,2", "--epochs", 2))
        .isEqualTo(
            "{\"kind\":\"compare\",\"experiment\":\"fmnist_cnn\","
                + "\"options\":{\"optimizers\":\"arturo,adam\",\"seeds\":\"1,2\",\"epochs\":2}}");
  }

  @Test
  void aSearch() {
    assertThat(sent("submit", "fmnist_cnn", "--tune", "--trials", 9, "--method", "asha", "--optimizer", "adam", "--epochs", 9))
        .isEqualTo(
            "{\"kind\":\"tune\",\"experiment\":\"fmnist_cnn\","
                + "\"options\":{\"trials\":9,\"method\":\"asha\",\"optimizer\":\"adam\",\"epochs\":9}}");
    cli.refused(2, "--trials is for another kind of job; add --tune, or leave it out", "submit", "fmnist_cnn", "--trials", 3);
    cli.refused(2, "--seeds is not for --tune; leave it out, or --tune", "submit", "fmnist_cnn", "--tune", "--seeds", "1,2");
    cli.refused(2, "--compare contradicts --tune; leave out one of them", "submit", "fmnist_cnn", "--tune", "--compare");
  }

  /** Whatever a job may set can be given, under the same names and with the same words as in the command that it stands for. */
  @Test
  void hasEachOptionThatAJobMaySet() throws IOException {
    String page = Files.readString(Path.of("../docs/service-commands.md"));
    String help = Main.commandLine("submit").getSubcommands().get("submit").getUsageMessage();
    for (JobKind kind : JobKind.values()) {
      RequestedTraining.options(kind.word(), OptionNames.of(kind))
          .forEach(
              (name, option) -> {
                assertThat(help)
                    .contains(
                        option.arity().max() > 0
                            ? "--" + name + "=" + option.paramLabel().replaceAll("\\[.*", "")
                            : option.negatable() ? "--[no-]" + name : "--" + name);
                assertThat(page).contains("`--" + name + "`");
              });
    }
    assertThat(help).doesNotContain("${", "--data=", "--out=", "--run=", "--resume", "--token=").contains("robust", "cross_entropy");
  }

  @Test
  void isRefusedBeforeItIsSent() throws IOException {
    cli.refused(2, "Invalid value for option '--epochs': 'many' is no whole number from", "submit", "fmnist_cnn", "--epochs", "many");
    cli.refused(2, "--seeds is for another kind of job; add --compare, or leave it out", "submit", "fmnist_cnn", "--seeds", 1);
    cli.refused(2, "--seed is not for --compare; leave it out, or --compare", "submit", "fmnist_cnn", "--compare", "--seed", 1);
    cli.refused(2, "--follow contradicts --wait; ", "submit", "fmnist_cnn", "--follow", "--wait");
    cli.refused(2, "--follow prints a log, which is no JSON; give --wait with --json", "submit", "fmnist_cnn", "--follow", "--json");
    cli.refused(2, "cannot read '" + folder.resolve("none.yaml") + "': there is no such file; ", "submit", folder.resolve("none.yaml"));
    Path large = Files.writeString(folder.resolve("large.yaml"), "#".repeat(65_537));
    cli.refused(2, "'" + large + "' has more than 65536 characters; ", "submit", large);
    cli.refused(2, "Unknown options: '--token'", "submit", "fmnist_cnn", "--token", "x");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void theServersRefusalIsSaidInTheWordsOfTheCommandLine() {
    server.on("POST /jobs", problem(422, "options.epochs", "epochs is 0; it must be at least 1"));
    cli.refused(2, "--epochs is 0; it must be at least 1", "submit", "fmnist_cnn", "--epochs", 0);
    server.on("POST /jobs", problem(422, "options.metric", "there is none of that name; take another"));
    cli.refused(2, "--metric: there is none of that name; take another", "submit", "fmnist_cnn");
    server.on("POST /jobs", problem(422, "options.freeze", "options.freeze has 51 entries; give at most 50"));
    cli.refused(2, "--freeze has 51 entries; give at most 50", "submit", "fmnist_cnn");
    server.on("POST /jobs", problem(422, "experiment", "experiment is 'a'; there are b, and experimentYaml takes one of your own"));
    cli.refused(2, "EXPERIMENT is 'a'; there are b, and a file that ends in .yaml is one of your own\n", "submit", "a");
    for (String[] each : new String[][] {
      {"priority", "--priority"}, {"devices", "--devices"}, {"device", "--device-id"}, {"dataset", "--dataset"}, {"name", "--name"},
      {"labels", "--label"}, {"Idempotency-Key", "--idempotency-key"}
    }) {
      server.on("POST /jobs", problem(422, each[0], each[0] + " is 'x'; take another"));
      cli.refused(2, each[1] + " is 'x'; take another\n", "submit", "fmnist_cnn");
    }
    server.on("POST /jobs", problem(422, "labels[1]", "labels[1] is empty; give a text"));
    cli.refused(2, "--label is empty; give a text\n", "submit", "fmnist_cnn");
    server.on("POST /jobs", problem(422, "labels[1]", "a label has no comma; leave it out"));
    cli.refused(2, "--label: a label has no comma; leave it out\n", "submit", "fmnist_cnn");
    server.on("POST /jobs", problem(422, "nothing", "nothing is known of it; ask"));
    cli.refused(2, "nothing is known of it; ask\n", "submit", "fmnist_cnn");
    server.on("POST /jobs", problem(409, null, "the queue is full; wait"));
    cli.refused(1, "the queue is full; wait", "submit", "fmnist_cnn");
  }

  @Test
  void whatIsWrongInAFileIsSaidOfTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.yaml"), "name: mine\n");
    server.on("POST /jobs", problem(422, "experimentYaml", "experimentYaml, line 3: 'x' is no key; leave it out"));
    cli.refused(2, "'" + file + "', line 3: 'x' is no key; leave it out\n", "submit", file);
    server.on("POST /jobs", problem(422, "experimentYaml", "experimentYaml: there is no 'a/b'; upload it"));
    cli.refused(2, "'" + file + "': there is no 'a/b'; upload it\n", "submit", file);
    server.on("POST /jobs", problem(422, "options.group", "the network of experimentYaml has no layer 9; take another"));
    cli.refused(2, "--group: the network of '" + file + "' has no layer 9; take another\n", "submit", file);
  }

  @Test
  void asJson() {
    assertThat(cli.out("submit", "fmnist_cnn", "--json"))
        .contains("\"id\" : 7", "\"state\" : \"queued\"", "\"ended\" : null", "\"submitted\" : \"2026-01-02T03:04:05Z\"");
  }
}
