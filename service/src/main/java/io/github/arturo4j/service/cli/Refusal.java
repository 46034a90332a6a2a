// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.service.client.ClientSettings;
import io.github.arturo4j.service.client.ConnectionException;
import io.github.arturo4j.service.client.ServiceException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A server's refusal, or its absence, as commands say it: one line, with what to do about it on this command line. */
final class Refusal {
  private static final Set<Integer> WRONG_VALUES = Set.of(400, 413, 415, 422);
  private static final String ADDRESS = "with --server or ARTURO_SERVER";

  private static final String LIST = "'arturo jobs' lists what there is";

  /** How a server begins to say that it has no such path, as an older one has. */
  static final String NOTHING = "there is nothing at ";

  /** What a server tells programs to do, and what does it here. */
  private static final Map<String, String> HERE =
      Map.of(
          "GET /jobs lists", "'arturo jobs' lists",
          SubmitCommand.YAML + " takes one of your own", "a file that ends in .yaml is one of your own",
          "GET /datasets lists", "'arturo datasets' lists",
          "PUT /datasets/NAME/FILE", "'arturo upload NAME FILE'");

  private Refusal() {}

  /** Why there is no answer. */
  static OperationException of(ConnectionException e) {
    String remedy =
        switch (e.kind()) {
          case UNREACHABLE -> "start one with 'arturo serve', or give the address of one " + ADDRESS;
          case TLS ->
              "give an address that begins with http:// if it is a server without TLS, or have Java trust its certificate"
                  + " (ARTURO_OPTS=-Djavax.net.ssl.trustStore=FILE)";
          case NO_ARTURO -> "give the address that 'arturo serve' prints " + ADDRESS;
          default -> e.remedy();
        };
    return new OperationException(e.failure() + "; " + remedy, e);
  }

  /**
   * Why the server does not do what it is asked.
   *
   * @param given what a field of the request is called on the command line; null if it is not there
   */
  static RuntimeException of(ServiceException e, ClientSettings settings, ServerOptions options, UnaryOperator<String> given) {
    String detail = here(Printable.of(e.detail()));
    return switch (e.status()) {
      case 401 -> new OperationException(unknown(settings, options), e);
      case 403 -> new OperationException(withRemedy(detail, "use a token of another role, which an administrator makes"), e);
      case 405, 501 -> new OperationException(unknownHere(settings), e);
      case 404 -> new OperationException(detail.startsWith(NOTHING) ? unknownHere(settings) : withRemedy(detail, LIST), e);
      default -> {
        String line = named(e.field(), withRemedy(detail, LIST), given);
        yield WRONG_VALUES.contains(e.status()) ? new UsageException(line, e) : new OperationException(line, e);
      }
    };
  }

  private static String unknownHere(ClientSettings settings) {
    return "the server at " + settings.server() + " cannot do that; use the same version of arturo here and there";
  }

  private static String unknown(ClientSettings settings, ServerOptions options) {
    String remedy = "set ARTURO_TOKEN, or name a file with --token-file; an administrator makes tokens with 'arturo token create'";
    return settings.token() == null
        ? "the server at " + settings.server() + " wants a token; " + remedy
        : "the server at " + settings.server() + " does not know the token (" + options.secret().source() + "), or it was revoked; "
            + remedy;
  }

  static String here(String detail) {
    String line = detail;
    for (Map.Entry<String, String> each : HERE.entrySet()) {
      line = line.replace(each.getKey(), each.getValue());
    }
    return line;
  }

  /** A line that calls what is wrong as it is called here. */
  private static String named(String field, String line, UnaryOperator<String> given) {
    String yaml = given.apply(SubmitCommand.YAML);
    String here = yaml == null ? line : line.replace(SubmitCommand.YAML, yaml);
    String whole = field == null ? "" : field;
    String list = whole.replaceFirst("\\[.*", "");
    String name = given.apply(list);
    if (name == null) {
      return here;
    }
    for (String there : List.of(whole, list, list.substring(list.indexOf('.') + 1))) { // of options.epochs, the server may say epochs
      if (here.startsWith(there + " ") || here.startsWith(there + ":")) {
        return name + here.substring(there.length());
      }
    }
    return here.contains(name) ? here : name + ": " + here;
  }

  private static String withRemedy(String detail, String remedy) {
    return detail.contains("; ") ? detail : detail + "; " + remedy;
  }
}
