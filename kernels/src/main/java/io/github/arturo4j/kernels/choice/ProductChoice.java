// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.choice;

import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Precision;
import io.github.arturo4j.kernels.inspect.DeviceException;
import io.github.arturo4j.kernels.inspect.MissingApi;
import io.github.arturo4j.kernels.inspect.TornadoVmMessage;
import io.github.arturo4j.kernels.libraries.NvidiaLibraries;
import io.github.arturo4j.kernels.linalg.LibraryLinearAlgebra;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.runtime.library.spi.TornadoNativeStreamSupport;

/**
 * Chooses between kernels and NVIDIA's libraries. The libraries are taken only after they have computed every kind of product on the device
 * at hand as the reference does, at odd sizes and places; nothing is taken in their place where they were asked for.
 */
public final class ProductChoice {
  private static final String CUDA = "CUDA";

  private final Function<TornadoDevice, Optional<String>> backend;
  private final Runnable loading;
  private final Function<Precision, LinearAlgebra> libraries;

  /** Between kernels and the libraries of this process. */
  public ProductChoice() {
    this(ProductChoice::whyNoTasks, NvidiaLibraries::loaded, LibraryLinearAlgebra::new);
  }

  /**
   * With the parts of a test.
   *
   * @param backend why a device has no library tasks, if it has none
   * @param loading loads the libraries, or throws
   * @param libraries their linear algebra
   */
  ProductChoice(
      Function<TornadoDevice, Optional<String>> backend, Runnable loading, Function<Precision, LinearAlgebra> libraries) {
    this.backend = backend;
    this.loading = loading;
    this.libraries = libraries;
  }

  /**
   * What was chosen.
   *
   * @param traits for kernels and libraries
   * @param note a line on libraries that would have been taken, but do not load or compute wrongly; null for none
   */
  public record Chosen(DeviceTraits traits, String note) {}

  /**
   * Chooses.
   *
   * @param asked what is wanted
   * @param precision of the libraries' products; null where nobody says, for {@link Precision#FP32}
   * @throws IllegalArgumentException if it is not to be had; one line, "cause; remedy"
   */
  public Chosen choose(TornadoDevice device, Products asked, Precision precision) {
    DeviceTraits traits = DeviceTraits.of(device);
    if (asked == Products.KERNELS) {
      if (precision != null && precision != Precision.FP32) {
        throw new IllegalArgumentException(
            precision + " is a precision of NVIDIA's libraries, and kernels compute in fp32; leave one of the two out");
      }
      return new Chosen(traits, null);
    }
    Precision exactness = precision == null ? Precision.FP32 : precision;
    Optional<String> noTasks = backend.apply(device);
    Optional<String> obstacle = noTasks.or(() -> whyNotUsable(device, exactness));
    if (obstacle.isEmpty()) {
      return new Chosen(traits.libraries(exactness), null);
    }
    if (asked == Products.LIBRARIES) {
      throw new IllegalArgumentException(obstacle.get());
    }
    if (exactness != Precision.FP32) {
      throw new IllegalArgumentException(exactness + " is a precision of NVIDIA's libraries, but " + obstacle.get());
    }
    return new Chosen(traits, noTasks.isPresent() ? null : "products by kernels, without NVIDIA's libraries: " + obstacle.get());
  }

  /** Why the libraries are of no use on a device that has their tasks: a line; nothing if they are. */
  private Optional<String> whyNotUsable(TornadoDevice device, Precision precision) {
    try {
      loading.run();
      List<String> faults = ProductCheck.faults(libraries.apply(precision), device, precision.tolerance());
      return faults.isEmpty()
          ? Optional.empty()
          : Optional.of(
              "they compute wrongly here (" + faults.getFirst() + (faults.size() == 1 ? "" : ", and " + (faults.size() - 1) + " more")
                  + "); install others, or leave it to kernels with --linalg kernels");
    } catch (RuntimeException | Error e) { // TornadoVM throws errors, too
      return Optional.of(
          line(e)
              .or(() -> MissingApi.of(e))
              .orElseGet(() -> "they fail here (" + said(e) + "); leave it to kernels with --linalg kernels"));
    }
  }

  /** The line that is meant for the user, wherever in a failure it is. */
  private static Optional<String> line(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(DeviceException.class::isInstance)
        .map(Throwable::getMessage)
        .findFirst();
  }

  private static String said(Throwable failure) {
    String line = TornadoVmMessage.plain(failure.getMessage() == null ? "" : failure.getMessage());
    return line.isEmpty() ? failure.getClass().getSimpleName() : line;
  }

  /** Why a device has no library tasks: a line; nothing if it has. */
  static Optional<String> whyNoTasks(TornadoDevice device) {
    if (device instanceof TornadoNativeStreamSupport) {
      return Optional.empty();
    }
    String name = device.getTornadoVMBackend().name();
    return Optional.of(
        CUDA.equals(name)
            ? "the CUDA backend of this TornadoVM has no library tasks; take TornadoVM 5.2 or newer, or leave it to kernels with"
                + " --linalg kernels"
            : "the backend " + name + " has no library tasks; choose a device of TornadoVM's CUDA backend, or leave it to kernels with"
                + " --linalg kernels");
  }
}
