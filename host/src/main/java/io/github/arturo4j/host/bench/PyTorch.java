// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.arturo4j.host.experiment.OptimizerModule;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.kernels.device.Devices;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;

/**
 * PyTorch in a process of its own, which times on request what the benchmarks time here; {@code bench/peer.py} is its
 * side. It ends with this object, or with this process. Not thread-safe.
 */
public final class PyTorch implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new OptimizerModule());
  private static final String GREETING = "PyTorch ";

  private final String python;
  private final Process process;
  private final Writer works;
  private final BufferedReader answers;
  private final Thread errorReader;
  private final Thread killer;
  private volatile String lastError = "no message";
  private String version;

  private PyTorch(String python, String device, int threads) throws IOException {
    this.python = python;
    process = new ProcessBuilder(python, "-c", script(), device, Integer.toString(threads)).start();
    killer = new Thread(process::destroyForcibly); // at the end of its input, it would finish the work in hand first
    Runtime.getRuntime().addShutdownHook(killer);
    works = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
    errorReader = Thread.ofPlatform().daemon().name("pytorch-errors").start(this::readErrors);
  }

  /**
   * Starts an interpreter and waits until it has imported PyTorch.
   *
   * @param python a Python interpreter: its path, or a name to be found on the PATH
   * @param device what is compared with: PyTorch computes on the first GPU if this is one, else on as many threads
   * @throws InputException if the interpreter does not run PyTorch on such a device; the message says why
   */
  public static PyTorch start(String python, Devices.Entry device) {
    if (device.device().getDeviceType() == TornadoDeviceType.GPU) {
      return start(python, "cuda", Runtime.getRuntime().availableProcessors()); // the name for AMD's GPUs, too
    }
    return start(python, "cpu", device.device().getPhysicalDevice().getDeviceMaxComputeUnits());
  }

  static PyTorch start(String python, String device, int threads) {
    PyTorch peer;
    try {
      peer = new PyTorch(python, device, threads);
    } catch (IOException e) { // its message has the name and the system's reason
      throw new InputException(e.getMessage().strip() + "; name a Python interpreter that has PyTorch", e);
    }
    peer.version = peer.answer();
    if (peer.version == null || !peer.version.startsWith(GREETING)) {
      String problem = peer.version == null ? peer.lastWords() : "it answers '" + peer.version + "'";
      peer.close();
      throw new InputException(
          "'%s' does not start PyTorch for device %s: %s; name a Python interpreter that has PyTorch for this device"
              .formatted(python, device, problem));
    }
    return peer;
  }

  private static String script() {
    try (InputStream in = PyTorch.class.getResourceAsStream("/bench/peer.py")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** PyTorch's version, and the number of its threads or the name of its GPU. */
  public String version() {
    return version;
  }

  /**
   * Times a work.
   *
   * @param count the number of its times
   * @return seconds
   * @throws PyTorchException if the process has ended or answers something else; the message says why
   */
  double[] time(int count, Work work) {
    String line = json(work);
    String answer = null;
    try {
      works.write(line + "\n");
      works.flush();
      answer = answer();
    } catch (IOException e) {
      // a broken pipe: its end is reported below
    }
    if (answer == null) {
      throw new PyTorchException("PyTorch in '%s' ended: %s".formatted(python, lastWords()));
    }
    double[] seconds;
    try {
      seconds = Arrays.stream(answer.split(" ")).mapToDouble(Double::parseDouble).toArray();
    } catch (NumberFormatException e) {
      seconds = new double[0];
    }
    if (seconds.length != count) {
      throw new PyTorchException(
          "PyTorch in '%s' answers '%s' instead of %d times in seconds".formatted(python, answer, count));
    }
    return seconds;
  }

  private static String json(Work work) {
    try {
      return JSON.writeValueAsString(work);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next line; null if the process has ended. */
  private String answer() {
    try {
      return answers.readLine();
    } catch (IOException e) {
      return null;
    }
  }

  private void readErrors() {
    try (BufferedReader reader = process.errorReader(StandardCharsets.UTF_8)) {
      reader.lines().filter(line -> !line.isBlank()).forEach(line -> lastError = line.strip());
    } catch (IOException | UncheckedIOException e) {
      // closed together with the process
    }
  }

  /** Why the process ended: its exit code, and the last line of its standard error. */
  private String lastWords() {
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        return "it goes on, but listens and answers no more";
      }
      errorReader.join(1000); // what it started may hold the pipe open
      return "exit code " + process.exitValue() + ", " + lastError;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  /** Ends the process. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      Runtime.getRuntime().removeShutdownHook(killer);
    } catch (IllegalStateException e) {
      // this process is ending, and the hook has run or will
    }
  }
}
