// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WeightFileTest {
  private static final Network NETWORK = ModelFileTest.NETWORK;
  private static final RunConfig CONFIG =
      new RunConfig(Experiments.find("fmnist_cnn"), 10, null, null, null, null, null, Map.of("java", "25"));

  @TempDir Path folder;

  /** Type, shape and values of each tensor of the network, in PyTorch's order: 1, 2, ... . */
  private final SequencedMap<String, Object[]> tensors = new LinkedHashMap<>();

  WeightFileTest() {
    put("bn1.bias", "F32", List.of(2), 1, 2);
    put("bn1.num_batches_tracked", "I64", List.of(), 1);
    put("bn1.running_mean", "F64", List.of(2), 1, 2);
    put("bn1.running_var", "F32", List.of(2), 1, 2);
    put("bn1.weight", "BF16", List.of(2), 1, 2);
    put("conv1.weight", "F16", List.of(2, 1, 1, 1), 1, 2);
    put("fc.bias", "F32", List.of(2), 1, 2);
    put("fc.weight", "F32", List.of(2, 4), 1, 2, 3, 4, 5, 6, 7, 8);
  }

  private void put(String name, String type, List<Integer> shape, double... values) {
    tensors.put(name, new Object[] {type, shape, values});
  }

  @SuppressWarnings("unchecked")
  private Path file() throws IOException {
    HandMade file = new HandMade();
    tensors.forEach((name, t) -> file.add(name, (String) t[0], (List<Integer>) t[1], (double[]) t[2]));
    return file.write(folder.resolve("pytorch.safetensors"));
  }

  private void assertIsRead() throws IOException {
    Weights weights = WeightFile.open(file()).weights(NETWORK);
    assertThat(weights.parameters()).containsExactly(1, 2, 1, 2, 1, 2, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2);
    assertThat(weights.buffers()).containsExactly(1, 2, 1, 2);
  }

  @Test
  void aFileAsPyTorchWritesItIsRead() throws IOException {
    assertIsRead();
  }

  @Test
  void whatIsNoWeightIsLeftAlone() throws IOException {
    tensors.remove("bn1.num_batches_tracked");
    assertIsRead();
    put("bn1.num_batches_tracked", "F32", List.of(), 4);
    put("global_step", "I32", List.of(), 4);
    put("fc.bias.precision", "F32", List.of(2), 3, 4);
    assertIsRead();
  }

  private void refused(String fault) throws IOException {
    Path file = file();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WeightFile.open(file).weights(NETWORK))
        .withMessage(fault.replace("FILE", "'" + file + "'"));
  }

  @Test
  void anotherNetworksFileIsRefused() throws IOException {
    put("conv2.weight", "F16", List.of(1), 1);
    refused("FILE has a tensor conv2.weight, which small has not; choose the experiment of its network, or leave the"
        + " tensor out of the file");
    tensors.remove("conv2.weight");
    put("conv1.weight", "F32", List.of(2, 3, 1, 1), 1, 2, 3, 4, 5, 6);
    refused("FILE has tensor conv1.weight of shape [2, 3, 1, 1], but that of small has [2, 1, 1, 1]; choose the"
        + " experiment of its network");
    tensors.remove("conv1.weight");
    refused("FILE has no tensor conv1.weight, so it is no small: its tensors are bn1.bias, bn1.num_batches_tracked,"
        + " bn1.running_mean, ...; choose the experiment of its network, or rename them");
    tensors.clear();
    refused("FILE has no tensor conv1.weight, so it is no small: its tensors are none; choose the experiment of its"
        + " network, or rename them");
  }

  @Test
  void aBufferIsNeededToo() throws IOException {
    tensors.remove("bn1.running_var");
    refused("FILE has no tensor bn1.running_var, so it is no small: its tensors are bn1.bias, bn1.num_batches_tracked,"
        + " bn1.running_mean, ...; choose the experiment of its network, or rename them");
  }

  @Test
  void otherClassesAreNamed() throws IOException {
    put("fc.weight", "F32", List.of(3, 4), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    refused("FILE is for 3 classes (fc.weight has shape [3, 4]), but small is to tell 2 apart; give data of 3 classes"
        + " with --data, or train a new last layer for 2 (train --replace-head)");
    put("fc.weight", "F32", List.of(2, 3), 1, 2, 3, 4, 5, 6);
    refused("FILE has tensor fc.weight of shape [2, 3], but that of small has [2, 4]; choose the experiment of its"
        + " network");
  }

  @Test
  void typesThatAreNoWeightsAndValuesThatAreNotFiniteAreRefused() throws IOException {
    put("fc.bias", "I64", List.of(2), 1, 2);
    refused("cannot read FILE: tensor fc.bias has type 'I64'; weights are read from F32, F64, F16 and BF16: convert it,"
        + " in PyTorch with .float()");
    put("fc.bias", "F64", List.of(2), 1, 1e39);
    refused("FILE has Infinity at index 1 of tensor fc.bias; weights are finite: take them from a training that has not"
        + " diverged");
  }

  static List<Arguments> others() {
    String torch = "; in PyTorch, safetensors.torch.save_file writes a state_dict in this format";
    String anew = "; copy or fetch it anew" + torch;
    return List.of(
        arguments("", "it is empty" + anew),
        arguments("weights", "it is truncated or no safetensors file" + anew),
        arguments("PK\3\4\0\0\0\0\0\0", "it is a zip archive" + torch), // torch.save
        arguments("\u0080\2\u008a\n" + "l\374\234F\371 j\250", "it is a pickle of Python's" + torch),
        arguments("\u0089HDF\r\n\u001a\n\0\0", "it is an HDF5 file" + torch),
        arguments("\u001f\u008b\10\0\0\0\0\0", "it is compressed with gzip; unpack it with gunzip"),
        arguments("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
            "it is a pointer of Git LFS in place of the file; fetch the file with 'git lfs pull'"),
        arguments("\r\n<!DOCTYPE html>\n<html>",
            "it is a web page in place of the file; fetch the file itself: a server has answered with a page"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void whatIsNoSafetensorsFileIsNamed(String content, String message) throws IOException {
    Path file = Files.write(folder.resolve("a\nb.pt"), content.getBytes(StandardCharsets.ISO_8859_1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WeightFile.open(file))
        .withMessage("cannot read '" + folder + "/a\\nb.pt': " + message);
  }

  @Test
  void whatIsNoFileIsNamed() {
    Path none = folder.resolve("none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WeightFile.open(none))
        .withMessage("cannot read '" + none + "': there is no such file; name a file in safetensors format");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WeightFile.open(folder))
        .withMessage("cannot read '" + folder + "': it is a folder; name a file in safetensors format");
  }

  @Test
  void ofARunsFolderTheFileInItIsNamed() throws IOException {
    Path model = Files.createFile(folder.resolve("model.safetensors"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WeightFile.open(folder))
        .withMessage("cannot read '" + folder + "': it is a folder; name '" + model + "' in it");
  }

  static Stream<Arguments> metadataThatNoTrainingWrites() {
    Map<String, String> earlier = Map.of("settings", Experiments.write(CONFIG.experiment()).replaceFirst("epochs: .*\n", ""));
    Map<String, String> now = Map.of(Provenance.KEY, Provenance.of(CONFIG, new Fingerprint(1, "training", 2)).text());
    return Stream.of(
        arguments(earlier, Map.of(ModelFile.EPOCH, "1"), "it has no 'images'"),
        arguments(earlier, Map.of("images", "many"), "'many' is no number and checksum of examples"),
        arguments(Map.of(Provenance.KEY, "experiment:"), Map.of(ModelFile.EPOCH, "1"), "its 'provenance' is none that a training writes"),
        arguments(now, Map.of(), "its epoch is ''"),
        arguments(now, Map.of(ModelFile.EPOCH, "x"), "its epoch is 'x'"),
        arguments(now, Map.of(ModelFile.EPOCH, "-1"), "its epoch is '-1'"),
        arguments(now, Map.of(ModelFile.EPOCH, "99999999999"), "its epoch is '99999999999'"));
  }

  @ParameterizedTest
  @MethodSource("metadataThatNoTrainingWrites")
  void ofARunItTellsAllThatATrainingWrites(Map<String, String> provenance, Map<String, String> more, String how)
      throws IOException {
    Map<String, String> told = new HashMap<>(provenance);
    told.putAll(more);
    Path model = folder.resolve("model.safetensors");
    Weights weights = new Weights(new float[NETWORK.parameterCount()], new float[NETWORK.bufferCount()]);
    ModelFile.writeWeights(model, NETWORK, weights, 1, told);
    try (WeightFile file = WeightFile.open(model)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> file.checkRun(CONFIG))
          .withMessageStartingWith("'" + model + "' tells of a run, but not as a training writes it: " + how)
          .withMessageEndingWith("; put back the run's own file, or train anew");
    }
  }
}
