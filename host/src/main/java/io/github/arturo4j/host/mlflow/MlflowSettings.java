// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.mlflow;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where runs are pushed to, by the variables that MLflow's own clients read.
 *
 * @param server its address, with no slash at the end and nobody's password in it
 * @param experiment name of the experiment there; null for that of each training's own
 * @param authorization value of the header of that name; null for none
 * @param user who trains
 */
public record MlflowSettings(String server, String experiment, String authorization, String user) {
  private static final String TRACKING_URI = "MLFLOW_TRACKING_URI";

  /**
   * Those of an environment; nothing if it names no server.
   *
   * @param warn takes a line if it names something else
   */
  public static Optional<MlflowSettings> of(Map<String, String> environment, Consumer<String> warn) {
    String address = value(environment, TRACKING_URI);
    if (address == null) {
      return Optional.empty();
    }
    URI uri = parse(address);
    if (uri == null) {
      warn.accept(
          "Warning: " + TRACKING_URI + " is '" + address.replaceFirst("//[^/]*@", "//") + "', which is no address of an MLflow server; the"
              + " training goes on without: give one that begins with http:// or https://, or unset it");
      return Optional.empty();
    }
    String server = uri.getScheme() + "://" + uri.getRawAuthority().replaceFirst("^.*@", "") + uri.getRawPath().replaceFirst("/+$", "");
    String user = value(environment, "MLFLOW_TRACKING_USERNAME");
    return Optional.of(
        new MlflowSettings(
            server, value(environment, "MLFLOW_EXPERIMENT_NAME"), authorization(environment, uri),
            user == null ? System.getProperty("user.name") : user));
  }

  /** A server's address; null if it is none. */
  private static URI parse(String address) {
    try {
      URI uri = new URI(address);
      boolean http = uri.getScheme() != null && uri.getScheme().toLowerCase(Locale.ROOT).matches("https?");
      return http && uri.getHost() != null && uri.getRawQuery() == null && uri.getRawFragment() == null ? uri : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** A name with its password goes before a token, as in MLflow's clients. */
  private static String authorization(Map<String, String> environment, URI uri) {
    String name = value(environment, "MLFLOW_TRACKING_USERNAME");
    String password = value(environment, "MLFLOW_TRACKING_PASSWORD");
    String token = value(environment, "MLFLOW_TRACKING_TOKEN");
    String both = name != null && password != null ? name + ":" + password : token == null ? uri.getUserInfo() : null;
    return both != null
        ? "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8))
        : token == null ? null : "Bearer " + token;
  }

  private static String value(Map<String, String> environment, String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** Without what lets others in. */
  @Override
  public String toString() {
    return server;
  }
}
