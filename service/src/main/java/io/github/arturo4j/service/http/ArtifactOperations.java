// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.github.arturo4j.host.run.FolderLock;
import io.github.arturo4j.service.api.Artifact;
import io.github.arturo4j.service.api.ArtifactList;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.queue.Jobs;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The files of run folders. None is shown in the browser but pictures and the report of a comparison or a search, and that one without
 * scripts, forms or anything from elsewhere, as if it were another site's: experiments have names that their authors choose.
 *
 * @param jobs all of them
 * @param files how one is answered with
 */
record ArtifactOperations(Jobs jobs, FileAnswer files) {
  private static final String REPORT = "report.html";
  private static final String REPORT_POLICY =
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
  private static final String FILE_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'";
  private static final Pattern TEMPORARY = Pattern.compile(".*\\.[0-9a-f]{16}\\.part");

  /** By operationId. */
  Map<String, Call.Handler> handlers() {
    return Map.of("listArtifacts", this::list, "getArtifact", this::get);
  }

  private void list(Call call) throws IOException {
    Path root = jobs.folder(call.number("id")).run();
    List<Artifact> found = new ArrayList<>();
    if (Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
      Files.walkFileTree(root, new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
          if (attributes.isRegularFile() && isShown(file)) {
            found.add(new Artifact(name(root.relativize(file)), attributes.size(), attributes.lastModifiedTime().toInstant()));
          }
          return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
          return FileVisitResult.CONTINUE; // it was there a moment ago
        }
      });
    }
    found.sort(Comparator.comparing(Artifact::name));
    call.answer(200, new ArtifactList(found));
  }

  private static boolean isShown(Path file) {
    String name = file.getFileName().toString();
    return !name.equals(FolderLock.FILE) && !TEMPORARY.matcher(name).matches();
  }

  private static String name(Path relative) {
    List<String> parts = new ArrayList<>();
    relative.forEach(part -> parts.add(part.toString()));
    return String.join("/", parts);
  }

  private void get(Call call) throws IOException {
    long id = call.number("id");
    String name = call.text("file");
    Path file = find(jobs.folder(id).run(), name).orElseThrow(
        () -> new RequestException(
            404, "file",
            "job " + id + " has no file '" + Schema.shown(name) + "'; /api/v1/jobs/" + id + "/artifacts lists those that it has"));
    Context context = call.context();
    boolean report = name.equals(REPORT) && jobs.get(id).kind() != JobKind.TRAIN;
    context.contentType(report ? "text/html; charset=utf-8" : type(name));
    context.header("Content-Security-Policy", report ? REPORT_POLICY : FILE_POLICY);
    context.header("Content-Disposition", (report ? "inline" : "attachment") + "; " + fileName(file.getFileName().toString()));
    if (report) {
      context.header("X-Frame-Options", "SAMEORIGIN");
    }
    files.send(call, file);
  }

  /** The file of a name, if it is a regular one below the root, on a path without links. */
  private static Optional<Path> find(Path root, String name) throws IOException {
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf('\\') >= 0) {
        return Optional.empty();
      }
    }
    try {
      Path real = root.toRealPath(LinkOption.NOFOLLOW_LINKS);
      Path file = real.resolve(name);
      boolean right = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && isShown(file) && isWithoutLinks(real.getParent(), file);
      return right ? Optional.of(file) : Optional.empty();
    } catch (InvalidPathException | NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    }
  }

  private static boolean isWithoutLinks(Path root, Path file) {
    for (Path each = file; !each.equals(root); each = each.getParent()) {
      if (Files.isSymbolicLink(each)) {
        return false;
      }
    }
    return true;
  }

  private static String type(String name) {
    return name.endsWith(".png") ? "image/png" : name.endsWith(".svg") ? "image/svg+xml" : "application/octet-stream";
  }

  /** As RFC 6266 has it: in ASCII for the old, in UTF-8 for the others. */
  private static String fileName(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._ -]", "_");
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
    return "filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
  }
}
