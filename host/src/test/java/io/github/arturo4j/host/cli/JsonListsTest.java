// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.Cli.refused;
import static io.github.arturo4j.host.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.schedule.Schedule;
import io.github.arturo4j.host.schedule.Schedules;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.kernels.optimizer.Optimizers;
import io.github.arturo4j.models.spec.LayerTypes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What commands list, for programs. */
class JsonListsTest {
  private static JsonNode list(Object... words) throws Exception {
    Cli.Outcome outcome = run(words);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    JsonNode list = new ObjectMapper().readTree(outcome.out());
    assertThat(list.isArray()).isTrue();
    return list;
  }

  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.forEach(each -> names.add(each.get("name").asText()));
    return names;
  }

  private static JsonNode find(JsonNode list, String name) {
    return list.get(names(list).indexOf(name));
  }

  @Test
  void devices() throws Exception {
    JsonNode all = list("devices", "--json");
    List<Devices.Description> described = Devices.describe();
    assertThat(all).hasSize(described.size());
    for (int i = 0; i < described.size(); i++) {
      Devices.Description device = described.get(i);
      JsonNode json = all.get(i);
      assertThat(json.get("id").asText()).isEqualTo(device.id());
      assertThat(json.get("name").asText()).isEqualTo(device.name());
      assertThat(json.get("backend").asText()).isEqualTo(device.backend());
      assertThat(json.get("platform").asText()).isEqualTo(device.platform());
      assertThat(json.get("type").asText()).isEqualTo(device.type().name());
      assertThat(json.get("jvm").asBoolean()).isEqualTo(device.id().equals("jvm"));
      assertThat(json.get("memory").asLong()).isEqualTo(device.memory()).isPositive();
      assertThat(json.get("computeUnits").asInt()).isEqualTo(device.computeUnits()).isPositive();
    }
    assertThat(list("devices", "--json", "--device", "jvm")).hasSize(1);
    refused(2, "--device: no device '7:7'", "devices", "--json", "--device", "7:7");
  }

  @Test
  void experiments() throws Exception {
    JsonNode all = list("experiments", "--json");
    assertThat(names(all)).isEqualTo(Experiments.ALL);
    assertThat(find(all, "fmnist_cnn-adam").toString())
        .isEqualTo(
            "{\"name\":\"fmnist_cnn-adam\",\"model\":\"fmnist_cnn\",\"dataset\":\"fashion-mnist\",\"optimizer\":\"adam\",\"epochs\":120}");
  }

  @Test
  void optimizersAndSchedules() throws Exception {
    JsonNode optimizers = list("optimizers", "--json");
    assertThat(names(optimizers)).isEqualTo(Optimizers.all().stream().map(OptimizerConfig::name).toList());
    JsonNode arturo = find(optimizers, "arturo").get("values");
    assertThat(find(arturo, "mode").get("default").asText()).isEqualTo("robust");
    assertThat(find(arturo, "klBound").get("default").isNumber()).isTrue();
    assertThat(find(arturo, "klBound").get("description").asText()).isNotEmpty();
    assertThat(find(arturo, "klBound").get("range").asText()).isNotEmpty();
    JsonNode schedules = list("schedules", "--json");
    assertThat(names(schedules)).isEqualTo(Schedules.all().stream().map(Schedule::name).toList());
    assertThat(find(find(schedules, "cosine").get("values"), "length").get("default").isNull()).isTrue();
  }

  @Test
  void layers() throws Exception {
    JsonNode all = list("layers", "--json");
    List<String> expected = new ArrayList<>(LayerTypes.names());
    expected.add("repeat");
    assertThat(names(all)).isEqualTo(expected);
    JsonNode linear = find(all, "linear").get("keys");
    assertThat(names(linear)).contains("name", "init");
    assertThat(find(find(all, "repeat").get("keys"), "times").get("required").asBoolean()).isTrue();
    assertThat(find(find(all, "repeat").get("keys"), "from").get("default").asText()).isEqualTo("0");
  }
}
