// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;

/** Whether requests and answers are as openapi.yaml has them, told by a library that knows nothing of the server. */
final class Contract {
  private static final OpenApiInteractionValidator VALIDATOR = OpenApiInteractionValidator.createForInlineApiSpecification(text()).build();
  private static final String ROOT = "/api/v1";

  private Contract() {}

  private static String text() {
    try (InputStream in = Contract.class.getResourceAsStream(ApiDocument.RESOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with a request; empty if nothing is. */
  static String ofRequest(HttpRequest sent, String body) {
    URI uri = sent.uri();
    SimpleRequest.Builder request = new SimpleRequest.Builder(sent.method(), uri.getRawPath());
    sent.headers().map().forEach(request::withHeader);
    if (uri.getRawQuery() != null) {
      for (String each : uri.getRawQuery().split("&")) {
        String[] pair = each.split("=", 2);
        request.withQueryParam(URLDecoder.decode(pair[0], StandardCharsets.UTF_8), URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
      }
    }
    if (body != null) {
      request.withBody(body);
    }
    return words(VALIDATOR.validateRequest(request.build()));
  }

  /** Fails where an answer is not one of those that its operation may give. */
  static void checkAnswer(HttpRequest sent, int status, HttpHeaders headers, String body) {
    String path = sent.uri().getRawPath();
    if (!path.startsWith(ROOT) || sent.method().equals("HEAD")) {
      return;
    }
    SimpleResponse.Builder response = SimpleResponse.Builder.status(status);
    headers.map().forEach(response::withHeader);
    String type = headers.firstValue("Content-Type").orElse(Problems.TYPE);
    // The library takes an empty text or file for a missing one.
    response.withBody(!body.isEmpty() ? body : status == 200 && !type.contains("json") ? " " : null);
    String wrong = words(VALIDATOR.validateResponse(path, Request.Method.valueOf(sent.method()), response.build()));
    assertThat(wrong).as("%s %s: %s %s", sent.method(), path, status, body).isEmpty();
  }

  private static String words(ValidationReport report) {
    StringBuilder words = new StringBuilder();
    for (ValidationReport.Message each : report.getMessages()) {
      if (each.getLevel() == ValidationReport.Level.ERROR && !each.getKey().startsWith("validation.request.path.missing")) {
        words.append(each.getKey()).append(": ").append(each.getMessage()).append('\n');
      }
    }
    return words.toString();
  }
}
