// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.github.arturo4j.service.api.DatasetFile;
import io.github.arturo4j.service.api.DatasetInfo;
import io.github.arturo4j.service.api.DatasetList;
import io.github.arturo4j.service.queue.DataRoot;
import io.github.arturo4j.service.store.AuditTrail;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The data sets: folders below the data root. No link is followed, there or on the way.
 *
 * @param root the data root
 * @param audit who has stored what
 * @param limits of uploads
 */
record DatasetOperations(Path root, AuditTrail audit, Limits limits) {
  /** By operationId. */
  Map<String, Call.Handler> handlers() {
    return Map.of("listDatasets", this::list, "putDatasetFile", this::put);
  }

  private void list(Call call) throws IOException {
    List<DatasetInfo> found = new ArrayList<>();
    if (Files.isDirectory(root)) {
      try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
        for (Path folder : folders) {
          if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && DataRoot.isName(folder.getFileName().toString())) {
            found.add(info(folder));
          }
        }
      }
    }
    found.sort(Comparator.comparing(DatasetInfo::name));
    call.answer(200, new DatasetList(found, limits.uploadBytes()));
  }

  private static DatasetInfo info(Path folder) throws IOException {
    long[] counts = new long[2];
    Files.walkFileTree(folder, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile() && !Upload.isUnfinished(file)) {
          counts[0]++;
          counts[1] += attributes.size();
        }
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException e) {
        return FileVisitResult.CONTINUE; // it was there a moment ago, or is not ours to read
      }
    });
    return new DatasetInfo(folder.getFileName().toString(), (int) Math.min(Integer.MAX_VALUE, counts[0]), counts[1]);
  }

  private void put(Call call) throws IOException {
    String dataset = call.text("name");
    String file = call.text("file");
    long announced = call.context().req().getContentLengthLong();
    if (announced > limits.uploadBytes()) {
      throw Upload.tooLong(limits.uploadBytes());
    }
    if (announced == 0) {
      throw Upload.empty();
    }
    Path folder = root.resolve(dataset);
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new RequestException(409, "name", "'" + dataset + "' is a file or a link below the data root; choose another name");
    }
    Path target = folder.resolve(file);
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new RequestException(409, "file", "'" + file + "' is a folder or a link in data set '" + dataset + "'; choose another name");
    }
    Upload upload = new Upload(root, limits);
    upload.checkRoom(Math.max(announced, 0));
    DatasetFile stored = upload.store(call.context().req().getInputStream(), dataset, file);
    audit.add(call.who(), "store", "data set " + dataset + "/" + file, stored.bytes() + " bytes, SHA-256 " + stored.sha256());
    call.answer(201, stored);
  }
}
