// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.host.io.FileKind;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.layer.LayerSummary;
import io.github.arturo4j.models.layer.ParameterSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A safetensors file of a network's weights with the names of PyTorch's state_dict, whoever wrote it: F32, or F64, F16
 * and BF16, which are converted. It has every tensor of the network and no other of those types, as PyTorch's strict
 * {@code load_state_dict} wants it; tensors of other types, such as counters of batches, are left alone. Names and layout may
 * be those of a {@link WeightConvention}.
 */
public final class WeightFile implements AutoCloseable {
  /** What runs of earlier versions have in the same file, beside each parameter. */
  private static final String PRECISION = ".precision";

  private static final String IN_PYTORCH =
      "in PyTorch, safetensors.torch.save_file writes a state_dict in this format";
  private static final String OWN = "; put back the run's own file, or train anew";
  private static final int NAMES_SHOWN = 3;

  /** As many digits as an int has for certain. */
  private static final Pattern EPOCH = Pattern.compile("[1-9][0-9]{0,8}");

  private final Path path;
  private final SafetensorsFile file;

  private WeightFile(Path path, SafetensorsFile file) {
    this.path = path;
    this.file = file;
  }

  /**
   * Opens a file.
   *
   * @throws InputException if it cannot be read, is no safetensors file, a damaged one, or holds precisions;
   *     one line that names it
   */
  public static WeightFile open(Path path) {
    WeightFile opened = new WeightFile(path, read(path));
    if (ModelFile.PRECISION.equals(opened.file.metadata().get(ModelFile.CONTENT))) {
      opened.close();
      throw opened.fault("holds precisions; the weights of its run are in model.safetensors");
    }
    return opened;
  }

  private static SafetensorsFile read(Path path) {
    try {
      return SafetensorsFile.read(path);
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage() + Printable.of("; " + remedy(path)), e);
    }
  }

  private static String remedy(Path path) {
    if (Files.exists(path.resolve("model.safetensors"))) {
      return "name '" + path.resolve("model.safetensors") + "' in it";
    }
    if (!Files.isRegularFile(path)) {
      return "name a file in safetensors format";
    }
    if (!Files.isReadable(path)) {
      return "make it readable, or name another";
    }
    return switch (FileKind.of(path).orElse(null)) {
      case ZIP, PICKLE, NUMPY, HDF5, GGUF -> IN_PYTORCH;
      case FileKind known -> known.remedy();
      case null -> "copy or fetch it anew; " + IN_PYTORCH;
    };
  }

  /**
   * Checks that a run with that configuration wrote it, as far as it tells: files of earlier versions, and PyTorch's,
   * do not.
   *
   * @throws InputException if another run did; one line that names the file
   */
  void checkRun(RunConfig config) {
    Map<String, String> told = file.metadata();
    Optional<Provenance> known = provenance(told);
    if (known.isEmpty()) {
      return;
    }
    Fingerprint images = config.data() == null ? null : config.data().train();
    Provenance.of(config, images).checkSettings(path, known.get());
    String written = told.getOrDefault(ModelFile.EPOCH, "");
    if (!file.isChecked() || !EPOCH.matcher(written).matches()) {
      throw notWritten(file.isChecked() ? "its epoch is '" + Printable.value(written) + "'" : "it has no checksum", null);
    }
    if (images != null && !images.equals(known.get().images())) {
      throw fault("was written in a training on " + known.get().images() + ", not on the run's " + images + OWN);
    }
    int epochs = config.experiment().epochs();
    int epoch = Integer.parseInt(written);
    if (epoch > epochs) {
      throw fault("was written after epoch " + epoch + ", but the run has " + epochs + OWN);
    }
  }

  private Optional<Provenance> provenance(Map<String, String> told) {
    try {
      return Provenance.of(told);
    } catch (IllegalArgumentException e) {
      throw notWritten(e.getMessage(), e);
    }
  }

  private InputException notWritten(String how, Throwable cause) {
    return new InputException(
        Printable.of("'" + path + "' tells of a run, but not as a training writes it: " + how + OWN), cause);
  }

  /**
   * Writes a network's weights, as a whole or not at all: exactly the tensors of the state_dict.
   *
   * @param metadata more to tell about them
   */
  public static void write(Path file, Network network, Weights weights, Map<String, String> metadata) throws IOException {
    ModelFile.writeWeights(file, network, weights, 0, metadata);
  }

  /** The epoch after which a run wrote it; 0 if it does not tell. */
  int epoch() {
    String told = file.metadata().getOrDefault(ModelFile.EPOCH, "");
    return EPOCH.matcher(told).matches() ? Integer.parseInt(told) : 0;
  }

  /** Whether its metadata have that value, or none if it is null. */
  boolean tells(String key, String value) {
    return Objects.equals(file.metadata().get(key), value);
  }

  /** Where it lies and what is in it. */
  public InitialWeights source() {
    return new InitialWeights(path.toAbsolutePath().normalize().toString(), file.sha256());
  }

  /**
   * The weights of a network.
   *
   * @throws InputException if a tensor is missing, too many, of another shape or type, or not finite; one
   *     line that names the file and the tensor
   */
  public Weights weights(Network network) {
    return weights(network, name -> false, new Weights(new float[network.parameterCount()], new float[network.bufferCount()]));
  }

  /**
   * The same, but for the last layer that has weights, which is new, for other classes perhaps.
   *
   * @param seed of its random weights
   * @throws InputException as there, or if the layer's weights are another one's
   */
  public Weights weightsButHead(Network network, long seed) {
    checkHead(network);
    String head = layer(network.parameters().getLast().name()) + ".";
    return weights(network, name -> name.startsWith(head), network.initialWeights(seed));
  }

  private static void checkHead(Network network) {
    for (LayerSummary layer : network.summaries().reversed()) {
      ParameterSpec shared = network.shared().get(layer.path() + ".weight");
      if (shared != null) {
        throw new InputException(
            "the last layer of " + network.name() + ", " + layer.path() + ", has no weights of its own but " + shared.name()
                + "; leave out --replace-head, or make the layer a linear one");
      }
      if (!layer.parameters().isEmpty()) {
        return;
      }
    }
  }

  /** The file's weights in place of the given ones, but for what is left out of both. */
  private Weights weights(Network network, Predicate<String> leftOut, Weights weights) {
    WeightConvention convention = WeightConvention.of(network, file);
    List<ParameterSpec> taken = network.parameters().stream().filter(spec -> !leftOut.test(spec.name())).toList();
    take(network, convention, taken, weights.parameters());
    take(network, convention, network.buffers(), weights.buffers());
    network.shared().forEach((name, spec) -> checkShared(network, name, convention.name(spec.name())));
    Set<String> known = known(network, convention);
    for (String name : file.names()) {
      if (file.isFloats(name) && !known.contains(name) && !convention.ignored().test(name) && !leftOut.test(name)) {
        throw fault(
            "has a tensor " + Printable.value(name) + ", which " + network.name()
                + " has not; choose the experiment of its network, or leave the tensor out of the file");
      }
    }
    return weights;
  }

  private static Set<String> known(Network network, WeightConvention convention) {
    Set<String> names = new HashSet<>(network.batchCounters());
    names.addAll(network.shared().keySet());
    network.buffers().forEach(spec -> names.add(convention.name(spec.name())));
    for (ParameterSpec spec : network.parameters()) {
      names.add(convention.name(spec.name()));
      names.add(spec.name() + PRECISION);
    }
    return names;
  }

  private void take(Network network, WeightConvention convention, List<ParameterSpec> specs, float[] values) {
    for (ParameterSpec spec : specs) {
      String name = convention.name(spec.name());
      checkShape(network, spec, name, convention.shape(spec));
      float[] data = file.floats(name).data();
      for (int i = 0; i < data.length; i++) {
        if (!Float.isFinite(data[i])) {
          throw fault(
              "has " + data[i] + " at index " + i + " of tensor " + name
                  + "; weights are finite: take them from a training that has not diverged");
        }
      }
      convention.put(data, spec, values);
    }
  }

  /** A tensor that a second layer uses may be there twice, but not with other values. */
  private void checkShared(Network network, String name, String owner) {
    if (file.names().contains(name)
        && !(Arrays.equals(file.shape(name), file.shape(owner))
            && Arrays.equals(file.floats(name).data(), file.floats(owner).data()))) {
      throw fault(
          "has tensor " + name + " with other values than " + owner + ", but in " + network.name()
              + " they are one; give the network an output layer of its own, or leave the tensor out of the file");
    }
  }

  /** Checks that a tensor is there in that shape. */
  private void checkShape(Network network, ParameterSpec spec, String name, int[] expected) {
    if (!file.names().contains(name)) {
      throw fault(
          "has no tensor " + name + ", so it is no " + network.name() + ": its tensors are " + names()
              + "; choose the experiment of its network, or rename them");
    }
    int[] shape = file.shape(name);
    if (Arrays.equals(shape, expected)) {
      return;
    }
    int[] otherClasses = expected.clone();
    if (shape.length > 0 && isOfHead(network, spec)) {
      otherClasses[0] = shape[0];
    }
    if (Arrays.equals(shape, otherClasses)) {
      throw fault(
          "is for " + shape[0] + " classes (" + name + " has shape " + Arrays.toString(shape) + "), but "
              + network.name() + " is to tell " + network.outputs() + " apart; give data of " + shape[0]
              + " classes with --data, or train a new last layer for " + network.outputs()
              + " (train --replace-head)");
    }
    throw fault(
        "has tensor " + name + " of shape " + Arrays.toString(shape) + ", but that of " + network.name() + " has "
            + Arrays.toString(expected) + "; choose the experiment of its network");
  }

  /** Whether a tensor is of the last layer that has weights, and has some for each output. */
  private static boolean isOfHead(Network network, ParameterSpec spec) {
    return layer(spec.name()).equals(layer(network.parameters().getLast().name())) && spec.shape()[0] == network.outputs();
  }

  private static String layer(String tensor) {
    return tensor.substring(0, tensor.lastIndexOf('.'));
  }

  /** The names that there are, some of them if they are many. */
  private String names() {
    Stream<String> more = file.names().size() > NAMES_SHOWN ? Stream.of("...") : Stream.of();
    return file.names().isEmpty()
        ? "none"
        : Stream.concat(file.names().stream().limit(NAMES_SHOWN).map(Printable::value), more)
            .collect(Collectors.joining(", "));
  }

  private InputException fault(String what) {
    return new InputException(Printable.of("'" + path + "' " + what));
  }

  @Override
  public void close() {
    file.close();
  }
}
