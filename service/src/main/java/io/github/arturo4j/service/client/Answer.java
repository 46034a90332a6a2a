// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.service.api.ArtifactList;
import io.github.arturo4j.service.api.AuditPage;
import io.github.arturo4j.service.api.Catalog;
import io.github.arturo4j.service.api.DatasetFile;
import io.github.arturo4j.service.api.DatasetList;
import io.github.arturo4j.service.api.Device;
import io.github.arturo4j.service.api.DeviceList;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.JobPage;
import io.github.arturo4j.service.api.Metrics;
import io.github.arturo4j.service.api.NewToken;
import io.github.arturo4j.service.api.Problem;
import io.github.arturo4j.service.api.Token;
import io.github.arturo4j.service.api.TokenList;
import io.github.arturo4j.service.client.ConnectionException.Kind;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the text of an answer says. */
final class Answer {
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";
  private static final int REDIRECT = 300;
  private static final int ERROR = 400;

  private final URI server;
  private final HttpResponse<?> response;
  private final String text;

  /**
   * An answer.
   *
   * @param server whose, for messages
   * @param response its status and headers
   * @param text its body
   */
  Answer(URI server, HttpResponse<?> response, String text) {
    this.server = server;
    this.response = response;
    this.text = text;
  }

  /** Whether an answer is of this type, whatever its character set. */
  static boolean isOf(HttpResponse<?> response, String type) {
    String found = response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    return found.equals(type) || found.startsWith(type + ";") || found.startsWith(type + " ");
  }

  /** The value in it. */
  <T> T value(Class<T> type) {
    if (!isOf(response, JSON)) {
      throw noArturo();
    }
    return value(server, text, type);
  }

  /** The value in a text of a server's. */
  static <T> T value(URI server, String text, Class<T> type) {
    try {
      T value = Json.read(text, type);
      if (value != null && isWhole(value)) {
        return value;
      }
    } catch (JsonParseException e) {
      throw new ConnectionException(Kind.NO_ARTURO, "what answers at " + server + " says it sends JSON, but does not", e);
    } catch (JsonProcessingException e) {
      throw otherVersion(server, type, e);
    }
    throw otherVersion(server, type, null);
  }

  /** The values of an object in a text of a server's, by name. */
  static Map<String, Object> object(URI server, String text) {
    try {
      return Json.object(text);
    } catch (JsonProcessingException e) {
      throw otherVersion(server, Map.class, e);
    }
  }

  private static ConnectionException otherVersion(URI server, Class<?> type, Exception cause) {
    return new ConnectionException(
        Kind.OTHER_VERSION,
        "the server at " + server + " answers otherwise than this version of arturo expects (no " + type.getSimpleName() + ")",
        cause);
  }

  /** Why the server has refused. */
  RuntimeException refusal() {
    Optional<Problem> problem = problem();
    int status = response.statusCode();
    if (problem.isPresent()) {
      Problem found = problem.get();
      String detail =
          Stream.of(found.detail(), found.title()).filter(t -> t != null && !t.isBlank()).findFirst().orElse("status " + status);
      return new ServiceException(status, found.field(), detail);
    }
    if (status >= REDIRECT && status < ERROR) {
      String to = response.headers().firstValue("Location").map(Printable::value).orElse("nowhere");
      return new ConnectionException(Kind.NO_ARTURO, "what answers at " + server + " only sends on, to " + to, null);
    }
    if (Exchange.isGateway(status)) {
      return new ConnectionException(
          Kind.UNREACHABLE, "what answers at " + server + " finds no server behind it (status " + status + ")", null);
    }
    return noArturo();
  }

  private Optional<Problem> problem() {
    try {
      return isOf(response, PROBLEM) ? Optional.ofNullable(Json.read(text, Problem.class)) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private ConnectionException noArturo() {
    return noArturo(server, response);
  }

  static ConnectionException noArturo(URI server, HttpResponse<?> response) {
    String type = Printable.value(response.headers().firstValue("Content-Type").orElse("no type"));
    return new ConnectionException(
        Kind.NO_ARTURO,
        "what answers at " + server + " is no arturo server (status " + response.statusCode() + ", " + type + ")",
        null);
  }

  /** Whether what every version tells is there. */
  private static boolean isWhole(Object value) {
    return switch (value) {
      case Job job -> isWhole(job);
      case JobPage page -> page.jobs() != null && page.jobs().stream().allMatch(Answer::isWhole);
      case Device device -> isWhole(device);
      case DeviceList list -> list.devices() != null && list.devices().stream().allMatch(Answer::isWhole);
      case ArtifactList list -> list.artifacts() != null && list.artifacts().stream().allMatch(a -> a.name() != null);
      case Metrics metrics -> metrics.epochs() != null && metrics.steps() != null;
      case Catalog catalog -> catalog.options() != null && catalog.experiments() != null;
      case DatasetList list -> list.datasets() != null;
      case DatasetFile file -> file.sha256() != null;
      case Token token -> isWhole(token);
      case TokenList list -> list.tokens() != null && list.tokens().stream().allMatch(Answer::isWhole);
      case NewToken made -> made.secret() != null && made.token() != null && isWhole(made.token());
      case AuditPage page -> page.entries() != null;
      default -> throw new IllegalArgumentException("no answer of the service's: " + value.getClass());
    };
  }

  private static boolean isWhole(Job job) {
    return job.id() > 0 && job.kind() != null && job.state() != null && job.name() != null && job.experiment() != null
        && job.labels() != null && job.attempts() != null && job.submitted() != null;
  }

  private static boolean isWhole(Device device) {
    return device.id() != null && device.state() != null && device.jobs() != null;
  }

  private static boolean isWhole(Token token) {
    return token.name() != null && token.role() != null;
  }
}
