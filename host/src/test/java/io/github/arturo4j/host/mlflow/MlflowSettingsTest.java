// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowSettingsTest {
  private final List<String> warnings = new ArrayList<>();

  private Optional<MlflowSettings> of(Map<String, String> environment) {
    return MlflowSettings.of(environment, warnings::add);
  }

  @Test
  void withoutAnAddressNothingIsPushed() {
    assertThat(of(Map.of("MLFLOW_EXPERIMENT_NAME", "x", "MLFLOW_TRACKING_TOKEN", "y"))).isEmpty();
    assertThat(of(Map.of("MLFLOW_TRACKING_URI", " "))).isEmpty();
    assertThat(warnings).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:5000, http://localhost:5000",
    "http://localhost:5000/, http://localhost:5000",
    "https://host/mlflow//, https://host/mlflow",
    "HTTPS://[::1]:5000, HTTPS://[::1]:5000",
    "https://me:secret@host:5000/a, https://host:5000/a"
  })
  void anAddressIsOneOfHttp(String address, String server) {
    assertThat(of(Map.of("MLFLOW_TRACKING_URI", address)).orElseThrow().server()).isEqualTo(server);
    assertThat(warnings).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlruns", "file:///tmp/mlruns", "sqlite:///mlflow.db", "databricks", "http://", "http:/x", "http://a b", "http://h?x=1"
      })
  void otherAddressesAreWarnedOfOnce(String address) {
    assertThat(of(Map.of("MLFLOW_TRACKING_URI", address))).isEmpty();
    assertThat(warnings)
        .containsExactly(
            "Warning: MLFLOW_TRACKING_URI is '" + address + "', which is no address of an MLflow server; the training goes on without: give"
                + " one that begins with http:// or https://, or unset it");
  }

  @Test
  void noWarningTellsAPassword() {
    of(Map.of("MLFLOW_TRACKING_URI", "postgresql://me:secret@host/db"));
    assertThat(warnings).singleElement().asString().contains("'postgresql://host/db'").doesNotContain("secret");
  }

  private static String basic(String both) {
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whoPushesIsToldAsMlflowsClientsDo() {
    String server = "http://host";
    assertThat(of(Map.of("MLFLOW_TRACKING_URI", server)).orElseThrow().authorization()).isNull();
    assertThat(of(Map.of("MLFLOW_TRACKING_URI", server, "MLFLOW_TRACKING_TOKEN", " t\n")).orElseThrow().authorization())
        .isEqualTo("Bearer t");
    Map<String, String> all =
        Map.of(
            "MLFLOW_TRACKING_URI", server, "MLFLOW_TRACKING_TOKEN", "t", "MLFLOW_TRACKING_USERNAME", "größe",
            "MLFLOW_TRACKING_PASSWORD", "p:q");
    MlflowSettings settings = of(all).orElseThrow();
    assertThat(settings.authorization()).isEqualTo(basic("größe:p:q"));
    assertThat(settings.user()).isEqualTo("größe");
    assertThat(settings).hasToString(server);
    assertThat(of(Map.of("MLFLOW_TRACKING_URI", "http://me:s%20t@host")).orElseThrow().authorization()).isEqualTo(basic("me:s t"));
  }
}
