// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.autotune;

import io.github.arturo4j.host.io.AtomicFile;
import io.github.arturo4j.host.io.CacheFolder;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.kernels.device.Cut;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.ProductCuts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The file that keeps what was measured on a device: {@code ~/.cache/arturo4j/kernels/HASH.txt} or below {@code XDG_CACHE_HOME}. Its first
 * lines say in comments which device, driver and versions; each further one is a product and its cut, such as
 * {@code linear forward 255 784 128 = 8x4x2}.
 */
public final class CutsFile {
  private static final String COMMENT = "#";
  private static final String IS = " = ";
  private static final int MAX_BYTES = 1 << 24;

  private final Path path;
  private final List<String> head;

  private CutsFile(Path path, List<String> head) {
    this.path = path;
    this.head = head;
  }

  /** That of a device below the user's folder for caches. */
  public static CutsFile of(Devices.Entry device) {
    return in(CacheFolder.of("kernels"), device);
  }

  /** That of a device in a folder. */
  public static CutsFile in(Path folder, Devices.Entry device) {
    DeviceIdentity identity = DeviceIdentity.of(device);
    return new CutsFile(folder.resolve(identity.name() + ".txt"), identity.lines());
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /**
   * What is kept, also of products that the rule cuts best; none if there is no file.
   *
   * @throws InputException if it is not such a file; one line
   */
  public ProductCuts read() {
    if (!Files.exists(path)) {
      return ProductCuts.NONE;
    }
    Map<String, Cut> cuts = new TreeMap<>();
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw damaged("it has more than " + MAX_BYTES + " bytes", null);
      }
      int number = 0;
      for (String line : Files.readAllLines(path)) {
        number++;
        if (!line.startsWith(COMMENT)) {
          add(cuts, number, line);
        }
      }
    } catch (IOException e) {
      throw damaged(Reason.of(e), e);
    }
    return ProductCuts.of(cuts);
  }

  private void add(Map<String, Cut> cuts, int number, String line) {
    int is = line.lastIndexOf(IS);
    try {
      if (is < 1) {
        throw new IllegalArgumentException("'" + line + "' is no product and its cut");
      }
      cuts.put(line.substring(0, is), Cut.parse(line.substring(is + IS.length())));
    } catch (IllegalArgumentException e) {
      throw damaged("line " + number + ": " + e.getMessage(), e);
    }
  }

  private InputException damaged(String why, Exception cause) {
    return new InputException("'" + path + "', which keeps the tuned kernels of a device, is damaged (" + why + "); delete it", cause);
  }

  /**
   * Keeps more beside what is there.
   *
   * @param replace whether they take the place of those of the same products; if not, the earlier stay
   * @throws OperationException if the file cannot be written; one line
   */
  public void add(ProductCuts more, boolean replace) {
    try {
      Files.createDirectories(path.getParent());
      ProductCuts there = readOrNothing();
      ProductCuts all = replace ? there.plus(more) : more.plus(there);
      List<String> lines = new ArrayList<>(head.stream().map(line -> COMMENT + " " + line).toList());
      all.cuts().forEach((product, cut) -> lines.add(product + IS + cut));
      AtomicFile.write(path, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new OperationException(
          "cannot keep the tuned kernels in '" + path + "': " + Reason.of(e) + "; make room or name another folder with XDG_CACHE_HOME", e);
    }
  }

  /** A damaged file is replaced. */
  private ProductCuts readOrNothing() {
    try {
      return read();
    } catch (InputException e) {
      return ProductCuts.NONE;
    }
  }
}
