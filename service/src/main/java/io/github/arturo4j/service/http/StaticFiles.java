// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.github.arturo4j.host.io.Hash;
import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.EtagUtils;

/**
 * Files of the class path: the page, its library, the interface's description. They need no token, as they say nothing of anybody, and
 * are held in memory, compressed too, once asked for.
 */
final class StaticFiles {
  /** Of all that is not made to be shown otherwise: only this server's own files, in no other site's frame. */
  static final String POLICY =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private static final String WEBJARS = "/META-INF/resources/webjars/";
  private static final String UPLOT = WEBJARS + "uplot/1.6.30/dist/";
  private static final String SWAGGER = WEBJARS + "swagger-ui/5.34.1/";
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_][A-Za-z0-9._-]*)+");
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"), Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"), Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"), Map.entry("svg", "image/svg+xml"), Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"), Map.entry("woff2", "font/woff2"), Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("webmanifest", "application/manifest+json"), Map.entry("yaml", "application/yaml"));

  /** Paths that are not those of the class path below /web. */
  private static final Map<String, String> PLACES =
      Map.of(
          "/", "/web/index.html",
          "/openapi.yaml", ApiDocument.RESOURCE,
          "/docs", "/api/docs.html",
          "/docs/docs.js", "/api/docs.js",
          "/docs/swagger-ui.css", SWAGGER + "swagger-ui.css",
          "/docs/swagger-ui-bundle.js", SWAGGER + "swagger-ui-bundle.js",
          "/lib/uPlot.iife.min.js", UPLOT + "uPlot.iife.min.js",
          "/lib/uPlot.min.css", UPLOT + "uPlot.min.css");

  private final Map<String, Content> contents = new ConcurrentHashMap<>();

  /** A file and what is told of it; the tag is a weak one, as the bytes are others when compressed. */
  private record Content(byte[] plain, byte[] gzip, String type, String tag) {}

  /** Whether there is one at a path. */
  boolean has(String path) {
    return content(path) != null;
  }

  /** Answers with the file at a path that has one. */
  void answer(Context context) {
    String path = context.path();
    Content content = content(path);
    context.req().setAttribute(Api.ROUTE, PLACES.containsKey(path) ? path : "/{file}");
    context.header("ETag", content.tag()).header("Cache-Control", "no-cache").header("Vary", "Accept-Encoding");
    String has = context.header("If-None-Match");
    if (has != null && EtagUtils.matches(has, content.tag())) {
      context.status(304);
      return;
    }
    String accepted = context.header("Accept-Encoding");
    boolean gzip = accepted != null && accepted.contains("gzip") && content.gzip().length < content.plain().length;
    if (gzip) {
      context.header("Content-Encoding", "gzip");
    }
    context.disableCompression().contentType(content.type()).result(gzip ? content.gzip() : content.plain());
  }

  /** Null if there is none. */
  private Content content(String path) {
    String place = PLACES.getOrDefault(path, "/web" + path);
    String type = TYPES.get(place.substring(place.lastIndexOf('.') + 1));
    if (type == null || !PLACES.containsKey(path) && !PATH.matcher(path).matches()) {
      return null;
    }
    return contents.computeIfAbsent(
        place,
        each -> {
          try (InputStream in = StaticFiles.class.getResourceAsStream(each)) {
            return in == null ? null : content(in.readAllBytes(), type);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static Content content(byte[] plain, String type) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(plain);
    }
    String tag = "W/\"" + Hash.of("SHA-256", new ByteArrayInputStream(plain)).substring(0, 32) + "\"";
    return new Content(plain, compressed.toByteArray(), type, tag);
  }
}
