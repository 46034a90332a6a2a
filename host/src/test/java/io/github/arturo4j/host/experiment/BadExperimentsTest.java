// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.arturo4j.host.schedule.Schedules;
import io.github.arturo4j.kernels.optimizer.Optimizers;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a file of the user's own may not be, and the whole line that is said about it. */
class BadExperimentsTest {
  private static final String WHOLE = "; it must be a whole number";
  private static final String NUMBER = "; it must be a number";
  private static final String FLIP = "; it must be true or false";
  private static final String LIST = "; it must be a list, in [ ]";
  private static final String MODE = "; it must be one of: paper, robust";
  private static final String NAME = "; it must be one of: " + String.join(", ", Optimizers.names());
  private static final String OPTIMIZER =
      "; it must be a section of keys, with name one of: " + String.join(", ", Optimizers.names());
  private static final String SCHEDULES = String.join(", ", Schedules.names());
  private static final String SCHEDULE = "; it must be a section of keys, with name one of: " + SCHEDULES + ", or be left out";
  private static final String AUGMENTATION =
      "; it must be a section of the keys: padding, mode, flip, resizedCrop, colorJitter, or be left out";
  private static final String AUGMENTATION_KEYS = "colorJitter, flip, mode, padding, resizedCrop";
  private static final String ADD = "; add it, as a built-in experiment has it";
  private static final String FOLDER_NAME =
      "', which becomes the name of a folder; it must be of at most 100 letters A to Z, digits, '_', '-' and '.', the"
          + " first no '.'";
  private static final String AUGMENTATION_LINES = "augmentation:\n  padding: 4\n  mode: zero\n  flip: true\n";

  @TempDir Path folder;

  /**
   * A change of cifar10_cnn.yaml and what is said about it.
   *
   * @param from what is replaced; the whole file if it is empty
   * @param line from 1; 0 for none
   */
  record Change(String from, String to, int line, String message) {
    Change at(int otherLine) {
      return new Change(from, to, otherLine, message);
    }

    @Override
    public String toString() {
      return to.substring(0, Math.min(to.length(), 100)).replace("\n", "⏎");
    }
  }

  private static Change change(String from, String to, int line, String message) {
    return new Change(from, to, line, message);
  }

  private static Change file(String text, int line, String message) {
    return new Change("", text, line, message);
  }

  static Stream<Change> changes() {
    return Stream.of(
            models(), keysTwice(), types(), sections(), augmentations(), schedules(), ranges(), floats(), oddities(), noYaml())
        .flatMap(changes -> changes);
  }

  /** Of a model of one's own, the layer's line is told. */
  private static Stream<Change> models() {
    String model = "model: cifar10_cnn";
    return Stream.of(
        change(model, "model: cifar10_cn", 4,
            "key 'model': no network 'cifar10_cn'; there are: " + String.join(", ", ModelZoo.names())),
        change(model, "model: 10", 4,
            "key 'model' is 10; it must be the name of a network or a list of layers, each '- relu' or '- conv: {out: 32,"
                + " kernel: 3}'; the names there are: " + String.join(", ", ModelZoo.names())),
        change(model, "model:\n  conv: 3", 4,
            "key 'model' is a section of keys; it must be the name of a network or a list of layers, each '- relu' or '- conv:"
                + " {out: 32, kernel: 3}'; the names there are: " + String.join(", ", ModelZoo.names())),
        change(model, "model: []", 4,
            "there are no layers; it must be a list of layers, each '- relu' or '- conv: {out: 32, kernel: 3}'"),
        change(model, "model:\n  - flatten\n  - linear: {out: 10, bais: false}", 6,
            "linear has no key 'bais'; its keys are: out, bias, name, init"),
        change(model, "model:\n  - flatten\n  - residual:\n      body:\n        - linear: wide", 8,
            "linear.out is \"wide\"; it must be a whole number, or 'outputs' for as many as there are classes or values to"
                + " predict"),
        change(model, "model:\n  - relu:\n  - flatten\n  - linear: outputs", 5,
            "key 'model.0.relu' is empty; give it a value, or leave it out"),
        change(model, "model:\n  - conv: {out: 8, kernel: 5}\n  - flatten\n  - conv: {out: 8, kernel: 5}", 7,
            "conv: layer 2 is a convolution over an image of channels×height×width, and its input is 6272; its input is 6272"),
        change(model, "model:\n  - conv: {out: 8, kernel: 5}\n  - linear: outputs", 0,
            "the last layer of cifar10_cnn puts out 8×28×10 and has to put out a vector, or one for each position: add a"
                + " Flatten, or a Flatten and a Linear"),
        change(model, model + "\ninitialization: big", 5,
            "key 'initialization' is 'big'; it must be one of: pytorch, he, he_fan_out, xavier, xavier_normal, orthogonal,"
                + " normal:DEVIATION, truncated_normal:DEVIATION"),
        change(model, model + "\ninitialization: 3", 5,
            "key 'initialization' is 3; it must be one of: pytorch, he, he_fan_out, xavier, xavier_normal, orthogonal,"
                + " normal:DEVIATION, truncated_normal:DEVIATION, or be left out"));
  }

  private static Stream<Change> keysTwice() {
    return Stream.of(
        change("epochs: 160", "epochs: 160\nepochs: 1", 14,
            "key 'epochs' is there twice, first in line 13; leave one out"),
        change("flip: true", "flip: true\n  flip: true", 10,
            "key 'augmentation.flip' is there twice, first in line 9; leave one out"),
        change("  nu: 1.3", "  nu: 1.3\n  nu: 2", 30,
            "key 'optimizer.nu' is there twice, first in line 29; leave one out"),
        change("seed: 42", "seed: 42\n'a/b~': 1\n'a/b~': 1", 17,
            "key 'a/b~' is there twice, first in line 16; leave one out"),
        change("optimizer:\n", "optimizer:\n  name: sgd\noptimizer:\n", 21,
            "key 'optimizer' is there twice, first in line 19; leave one out"),
        change("maxPrecision: 1.0e+8", "maxPrecision: 1.0e+8\n---\nepochs: 1", 36,
            "a second document begins; leave it and the '---' before it out"),
        change("maxPrecision: 1.0e+8", "maxPrecision: 1.0e+8\n---\n", 37,
            "a second document begins; leave it and the '---' before it out"));
  }

  private static Stream<Change> types() {
    return Stream.of(
        change("epochs: 160", "epochs: many", 13, "key 'epochs' is \"many\"" + WHOLE),
        change("epochs: 160", "epochs: \"160\"", 13, "key 'epochs' is \"160\"" + WHOLE + ", without quotes"),
        change("epochs: 160", "epochs: ''", 13, "key 'epochs' is \"\"" + WHOLE),
        change("epochs: 160", "epochs: |\n  a\n  b", 13, "key 'epochs' is \"a\\nb\\n\"" + WHOLE),
        change("epochs: 160", "epochs: 09", 13, "key 'epochs' is \"09\"" + WHOLE),
        change("epochs: 160", "epochs: 160.0", 13, "key 'epochs' is 160.0" + WHOLE),
        change("epochs: 160", "epochs: true", 13, "key 'epochs' is true" + WHOLE),
        change("epochs: 160", "epochs: [160]", 13, "key 'epochs' is a list" + WHOLE),
        change("epochs: 160", "epochs: {a: 160}", 13, "key 'epochs' is a section of keys" + WHOLE),
        change("epochs: 160", "epochs:", 13, "key 'epochs' is empty" + WHOLE),
        change("epochs: 160", "epochs: 99999999999", 13,
            "key 'epochs' is 99999999999; it must be from -2147483648 to 2147483647"),
        change("seed: 42", "seed: 99999999999999999999", 15,
            "key 'seed' is 99999999999999999999; it must be from -9223372036854775808 to 9223372036854775807"),
        change("seed: 42", "seed: 0.5", 15, "key 'seed' is 0.5" + WHOLE),
        change("factor: 0.006", "factor: 1/3", 18, "key 'schedule.factor' is \"1/3\"" + NUMBER),
        change("factor: 0.006", "factor: '0.1'", 18, "key 'schedule.factor' is \"0.1\"" + NUMBER + ", without quotes"),
        change("factor: 0.006", "factor: .inf", 18, "key 'schedule.factor' is .inf" + NUMBER),
        change("klBound: 0.00", "klBound: x0.00", 22, "key 'optimizer.klBound' is \"x0.0027874950489428373\"" + NUMBER),
        change("mode: robust", "mode: 0", 21, "key 'optimizer.mode' is 0" + MODE),
        change("mode: robust", "mode: '0'", 21, "key 'optimizer.mode' is \"0\"" + MODE),
        change("mode: robust", "mode: true", 21, "key 'optimizer.mode' is true" + MODE),
        change("mode: robust", "mode: ''", 21, "key 'optimizer.mode' is \"\"" + MODE),
        change("mode: robust", "mode: [robust]", 21, "key 'optimizer.mode' is a list" + MODE),
        change("mode: zero", "mode: 1", 8, "key 'augmentation.mode' is 1; it must be one of: zero, reflect"),
        change("flip: true", "flip: 2", 9, "key 'augmentation.flip' is 2" + FLIP),
        change("flip: true", "flip: 0", 9, "key 'augmentation.flip' is 0" + FLIP),
        change("flip: true", "flip: 'true'", 9, "key 'augmentation.flip' is \"true\"" + FLIP),
        change("flip: true", "flip:", 9, "key 'augmentation.flip' is empty" + FLIP),
        change("name: cifar10_cnn", "name: [a]", 3, "key 'name' is a list; it must be a text"),
        change("name: cifar10_cnn", "name:", 3, "key 'name' is empty; it must be a text"));
  }

  private static Stream<Change> sections() {
    return Stream.of(
        change("[80, 120]", "", 17, "key 'schedule.milestones' is empty" + LIST),
        change("[80, 120]", "80", 17, "key 'schedule.milestones' is 80" + LIST),
        change("[80, 120]", "[80, null]", 17, "key 'schedule.milestones.1' is empty" + WHOLE),
        change("[80, 120]", "\n    - 80\n    - ninety", 19, "key 'schedule.milestones.1' is \"ninety\"" + WHOLE),
        change("[80, 120]", "[[80], 120]", 17, "key 'schedule.milestones.0' is a list" + WHOLE),
        change("0.4465]", "null]", 11, "key 'normalization.mean.2' is empty" + NUMBER),
        change("0.4465]", "x]", 11, "key 'normalization.mean.2' is \"x\"" + NUMBER),
        change("schedule:\n", "schedule: 3\nother:\n", 16,
            "key 'schedule' is 3" + SCHEDULE),
        change(AUGMENTATION_LINES, "augmentation:\n", 6,
            "key 'augmentation' is empty; give it a value, or leave it out"),
        change(AUGMENTATION_LINES, "augmentation: none\n", 6, "key 'augmentation' is \"none\"" + AUGMENTATION),
        change(AUGMENTATION_LINES, "augmentation: 3\n", 6, "key 'augmentation' is 3" + AUGMENTATION),
        change(AUGMENTATION_LINES, "augmentation: []\n", 6, "key 'augmentation' is a list" + AUGMENTATION),
        change(AUGMENTATION_LINES, "augmentation: {}\n", 6, "key 'augmentation.flip' is missing" + ADD),
        change("dataset: cifar-10\n", "", 0, "key 'dataset' is missing" + ADD),
        change("  flip: true", "  flip: true\n  turn: 3", 10,
            "unknown key 'augmentation.turn'; the keys there are: " + AUGMENTATION_KEYS),
        change("optimizer:\n", "optimizer: sgd\nother:\n", 19, "key 'optimizer' is \"sgd\"" + OPTIMIZER),
        change("optimizer:\n", "optimizer:\nother:\n", 19, "key 'optimizer' is empty" + OPTIMIZER),
        change("optimizer:\n", "optimizer: [a]\nother:\n", 19, "key 'optimizer' is a list" + OPTIMIZER),
        change("name: arturo", "name: adan", 20, "key 'optimizer.name' is \"adan\"" + NAME),
        change("name: arturo", "name: {a: b}", 20, "key 'optimizer.name' is a section of keys" + NAME),
        change("name: arturo", "name:", 20, "key 'optimizer.name' is empty" + NAME),
        change("  name: arturo\n", "", 19, "key 'optimizer.name' is missing" + NAME));
  }

  /** In place of the lines of the augmentation, of which the flip remains, two lines: line 7 is the second. */
  private static Change augmentation(String line, String message) {
    return change(AUGMENTATION_LINES, "augmentation:\n  " + line + "\n  flip: true\n", 7, message);
  }

  private static Stream<Change> augmentations() {
    String scale = "key 'augmentation.resizedCrop.scale";
    String share = "; it must be the least and the greatest share of the area, greater than 0 and at most 1";
    String proportions = "; it must be the least and the greatest width / height, between 0.01 and 100";
    String jitter = "augmentation.colorJitter";
    return Stream.of(
        augmentation("mode: reflect\n  padding: 4\n  resizedCrop: {}", "augmentation.padding is 4, and there is a resizedCrop,"
            + " which crops, too; leave one of them out").at(8),
        augmentation("padding: 4", "augmentation.mode is missing; it is zero or reflect").at(6),
        augmentation("resizedCrop: true", "key 'augmentation.resizedCrop' is true; it must be a section of the keys: scale, ratio"),
        augmentation("resizedCrop:", "key 'augmentation.resizedCrop' is empty; give it a value, or leave it out"),
        augmentation("resizedCrop: {scale: 0.5}", scale + "' is 0.5" + LIST),
        augmentation("resizedCrop: {scale: [0.5, half]}", scale + ".1' is \"half\"" + NUMBER),
        augmentation("resizedCrop: {scale: [0.5, ]}", "augmentation.resizedCrop.scale is [0.5]" + share),
        augmentation("resizedCrop: {scale: [0, 1]}", "augmentation.resizedCrop.scale is [0.0, 1.0]" + share),
        augmentation("resizedCrop:\n    ratio: [1, 1]\n    scale: [0.5, 2]", "augmentation.resizedCrop.scale is [0.5, 2.0]"
            + share).at(9),
        augmentation("resizedCrop: {ratio: [4, 3]}", "augmentation.resizedCrop.ratio is [4.0, 3.0]" + proportions),
        augmentation("resizedCrop: {size: 32}", "unknown key 'augmentation.resizedCrop.size'; the keys there are: ratio, scale"),
        augmentation("colorJitter: 0.4", "key '" + jitter + "' is 0.4; it must be a section of the keys: brightness, contrast,"
            + " saturation, hue"),
        augmentation("colorJitter: {}", jitter + " changes nothing; give brightness, contrast, saturation or hue a value, or"
            + " leave it out"),
        augmentation("colorJitter: {brightness: much}", "key '" + jitter + ".brightness' is \"much\"" + NUMBER),
        augmentation("colorJitter: {brightness: -1}", jitter + ".brightness is -1.0; it must be between 0 and 100"),
        augmentation("colorJitter:\n    contrast: 1\n    hue: 0.7", jitter + ".hue is 0.7; it must be between 0 and 0.5").at(9),
        augmentation("colorJitter: {gamma: 1}", "unknown key '" + jitter + ".gamma'; the keys there are: brightness, contrast,"
            + " hue, saturation"));
  }

  private static Change schedule(String section, int line, String message) {
    return change("schedule:\n  milestones: [80, 120]\n  factor: 0.006\n", "schedule:" + section + "\n", line, message);
  }

  private static Stream<Change> schedules() {
    return Stream.of(
        schedule(" cosine", 16, "key 'schedule' is \"cosine\"" + SCHEDULE),
        schedule(" [a]", 16, "key 'schedule' is a list" + SCHEDULE),
        schedule("\n  factor: 0.1\n  name: cosin", 18, "key 'schedule.name' is \"cosin\"; it must be one of: " + SCHEDULES),
        schedule("\n  name:", 17, "key 'schedule.name' is empty; it must be one of: " + SCHEDULES),
        schedule("\n  name: {a: b}", 17, "key 'schedule.name' is a section of keys; it must be one of: " + SCHEDULES),
        schedule("\n  name: multi-step", 16, "key 'schedule.milestones' is missing" + ADD),
        schedule(" {}", 16, "key 'schedule.milestones' is missing" + ADD),
        schedule("\n  factor: 0.1", 16, "key 'schedule.milestones' is missing" + ADD),
        schedule("\n  name: constant\n  factor: 1", 18,
            "unknown key 'schedule.factor'; leave it out"),
        schedule("\n  name: cosine\n  factor: 1", 18,
            "unknown key 'schedule.factor'; the keys there are: finalFactor, length, unit"),
        schedule("\n  name: cosine\n  length: 1.5", 18, "key 'schedule.length' is 1.5" + WHOLE),
        schedule("\n  name: cosine\n  length:", 18, "key 'schedule.length' is empty; give it a value, or leave it out"),
        schedule("\n  name: cosine\n  length: 0", 18, "length is 0; it must be 1 or greater"),
        schedule("\n  name: cosine\n  unit: steps", 18,
            "key 'schedule.unit' is \"steps\"; it must be one of: epoch, step, or be left out"),
        schedule("\n  name: cosine\n  length: 80", 16,
            "schedule is cosine (length 80, finalFactor 0.0, unit epoch), so that the rate of the last step is 0.0; it must"
                + " be positive and finite"),
        schedule("\n  name: warm-up\n  length: 5\n  startFactor: 1.0e-20", 16,
            "schedule is warm-up (length 5, startFactor 1.0E-20, unit epoch, then constant), so that the rate of the first"
                + " step is 2.787495048942837E-23; it must be at least 1.0E-15"),
        schedule("\n  name: warm-up\n  length: 5\n  then: 3", 19, "key 'schedule.then' is 3" + SCHEDULE),
        schedule("\n  name: warm-up\n  length: 5\n  then:\n    name: linear\n    finalFactor: 2", 21,
            "finalFactor is 2.0; it must be in [0, 1]"),
        schedule("\n  name: warm-up\n  length: 5\n  then:\n    name: warm-up\n    length: 2", 19,
            "then is warm-up; it must be another schedule"));
  }

  private static Stream<Change> ranges() {
    return Stream.of(
        change("name: cifar10_cnn", "name: ../../evil", 3, "name is '../../evil" + FOLDER_NAME),
        change("name: cifar10_cnn", "name: ..", 3, "name is '.." + FOLDER_NAME),
        change("name: cifar10_cnn", "name: /etc/evil", 3, "name is '/etc/evil" + FOLDER_NAME),
        change("name: cifar10_cnn", "name: \"a\\nb\"", 3, "name is 'a\\nb" + FOLDER_NAME),
        change("name: cifar10_cnn", "name: ''", 3, "name is '" + FOLDER_NAME),
        change("batchSize: 255", "batchSize: 65536", 14,
            "batchSize (--batch-size) is 65536; it must be between 1 and 65535"),
        change("factor: 0.006", "factor: 1e999", 18, "factor is Infinity; it must be in (0, 1]"),
        change("[80, 120]", "[80, 80]", 17, "milestones is [80, 80]; they must be positive and rising"));
  }

  /** What is a double and no float, or a float whose products are none. */
  private static Stream<Change> floats() {
    return Stream.of(
        change("dynamicModelNoise: 0", "dynamicModelNoise: 1.0e300 #", 28,
            "dynamicModelNoise is 1.0E300; it must be at most 1.0E15"),
        change("dynamicModelNoise: 0", "dynamicModelNoise: 1.0e20 #", 28,
            "dynamicModelNoise is 1.0E20; it must be at most 1.0E15"),
        change("nu: 1.3", "nu: 1.0e39", 29, "nu is 1.0E39; it must be at most 1.0E15"),
        change("varInit: 0.01", "varInit: 1.0e-60", 23, "varInit is 1.0E-60; it must be at least 1.0E-15"),
        change("varInit: 0.01", "varInit: 1.0e-16", 23, "varInit is 1.0E-16; it must be at least 1.0E-15"),
        change("measurementNoise: 1.2", "measurementNoise: 0 #", 27,
            "measurementNoise is 0.0; it must be positive and finite"),
        change("minPrecision: 1.0e-6", "minPrecision: 1.0e-40", 33,
            "minPrecision is 1.0E-40; it must be at least 1.0E-15"),
        change("maxPrecision: 1.0e+8", "maxPrecision: 1.0e+16", 34, "maxPrecision is 1.0E16; it must be at most 1.0E15"),
        change("klBound: 0.00", "klBound: 1.0e-60 #", 22,
            "klBound is 1.0E-60; it must be at least 1.0E-15"),
        change("klBound: 0.00", "klBound: 1.0e-16 #", 22,
            "klBound is 1.0E-16; it must be at least 1.0E-15"),
        change("weightDecay: 0.0", "weightDecay: 1000", 22,
            "klBound times weightDecay is 2.787495048942837; it must be less than 1"),
        change("factor: 0.006", "factor: 1.0e-8", 16,
            "schedule is multi-step (milestones [80, 120], factor 1.0E-8, unit epoch), so that the rate of the last step is"
                + " 2.7874950489428374E-19; it must be at least 1.0E-15"));
  }

  private static Stream<Change> floatsOfAdam() {
    return Stream.of(
        change("learningRate: 0.001", "learningRate: 1.0e39 #", 21,
            "learningRate is 1.0E39; it must be at most 3.4028235E38"),
        change("learningRate: 0.001", "learningRate: 1.0e-39 #", 21,
            "learningRate is 1.0E-39; it must be at least 1.1754944E-38"),
        change("beta1: 0.85", "beta1: 1.0 #", 22, "beta1 is 1.0; it must be 0 or greater, and less than 1"),
        change("eps: 1.0e-8", "eps: 1.0e-60", 24, "eps is 1.0E-60; it must be at least 1.1754944E-38"),
        change("eps: 1.0e-8", "eps: 1.0e60", 24, "eps is 1.0E60; it must be at most 3.4028235E38"),
        change("factor: 0.1", "factor: 1.0e-20", 16,
            "schedule is multi-step (milestones [80, 120], factor 1.0E-20, unit epoch), so that the rate of the last step is"
                + " 1.1288153974517138E-43; it must be at least 1.1754944E-38"));
  }

  /** What YAML 1.1 takes for a number or for a value, and no reader does. */
  private static Stream<Change> oddities() {
    String odd =
        ", which YAML does not read as it looks; write a number in decimal digits without leading zeros, and a text in"
            + " quotes";
    String digits = "1".repeat(80) + "... (";
    return Stream.of(
        change("epochs: 160", "epochs: 010", 13, "key 'epochs' is 010" + odd),
        change("epochs: 160", "epochs: -010", 13, "key 'epochs' is -010" + odd),
        change("epochs: 160", "epochs: 00", 13, "key 'epochs' is 00" + odd),
        change("epochs: 160", "epochs: 0_7", 13, "key 'epochs' is 0_7" + odd),
        change("epochs: 160", "epochs: 0x10", 13, "key 'epochs' is 0x10" + odd),
        change("epochs: 160", "epochs: 0b11", 13, "key 'epochs' is 0b11" + odd),
        change("epochs: 160", "epochs: 1_0", 13, "key 'epochs' is 1_0" + odd),
        change("epochs: 160", "epochs: 1_000_", 13, "key 'epochs' is 1_000_" + odd),
        change("epochs: 160", "epochs: 0o10", 13, "key 'epochs' is \"0o10\"" + WHOLE),
        change("epochs: 160", "epochs: 1:30", 13, "key 'epochs' is \"1:30\"" + WHOLE),
        change("epochs: 160", "epochs: 1,000", 13, "key 'epochs' is \"1,000\"" + WHOLE),
        change("epochs: 160", "epochs: 1e2", 13, "key 'epochs' is 1e2" + WHOLE),
        change("epochs: 160", "epochs: yes", 13, "key 'epochs' is yes" + WHOLE),
        change("epochs: 160", "epochs: ~", 13, "key 'epochs' is empty" + WHOLE),
        change("factor: 0.006", "factor: 01", 18, "key 'schedule.factor' is 01" + odd),
        change("factor: 0.006", "factor: 00.5", 18, "key 'schedule.factor' is 00.5" + odd),
        change("factor: 0.006", "factor: 0.5_", 18, "key 'schedule.factor' is 0.5_" + odd),
        change("factor: 0.006", "factor: 1:30.5", 18, "key 'schedule.factor' is 1:30.5" + NUMBER),
        change("factor: 0.006", "factor: .nan", 18, "key 'schedule.factor' is .nan" + NUMBER),
        change("factor: 0.006", "factor: 0x1p-2", 18, "key 'schedule.factor' is \"0x1p-2\"" + NUMBER),
        change("[80, 120]", "[80, 0120]", 17, "key 'schedule.milestones.1' is 0120" + odd),
        change("name: cifar10_cnn", "name: 010", 3, "key 'name' is 010" + odd),
        change("flip: true", "flip: y", 9, "key 'augmentation.flip' is \"y\"" + FLIP),
        change("epochs: 160", "epochs: *x", 13, "key 'epochs' is an alias, *x; write the value itself"),
        change("epochs: 160", "epochs: !!int \"7\"", 13,
            "key 'epochs' has a tag, tag:yaml.org,2002:int; leave the tag out"),
        change("optimizer:\n", "optimizer: !sgd\n", 19, "key 'optimizer' has a tag, sgd; leave the tag out"),
        change("seed: 42", "seed: " + "1".repeat(20_000), 15,
            "key 'seed' is \"" + digits + "20,000 characters)\"" + WHOLE + ", without quotes"),
        change("seed: 42", "seed: \" \"", 15, "key 'seed' is \" \"" + WHOLE),
        change("seed: 42", "seed: \"\\n\"", 15, "key 'seed' is \"\\n\"" + WHOLE),
        change("factor: 0.006", "factor: ' '", 18, "key 'schedule.factor' is \" \"" + NUMBER),
        change("0.4465]", "'']", 11, "key 'normalization.mean.2' is \"\"" + NUMBER),
        change("flip: true", "flip: ' '", 9, "key 'augmentation.flip' is \" \"" + FLIP),
        change("mode: robust", "mode: ' '", 21, "key 'optimizer.mode' is \" \"" + MODE),
        change("[80, 120]", "''", 17, "key 'schedule.milestones' is \"\"" + LIST),
        change("[80, 120]", "' '", 17, "key 'schedule.milestones' is \" \"" + LIST),
        change("optimizer:\n", "optimizer: ' '\nother:\n", 19, "key 'optimizer' is \" \"" + OPTIMIZER),
        change(AUGMENTATION_LINES, "augmentation: ' '\n", 6, "key 'augmentation' is \" \"" + AUGMENTATION),
        change("name: cifar10_cnn", "name: " + "1".repeat(20_000) + "a", 3,
            "name is '" + digits + "20,001 characters)" + FOLDER_NAME));
  }

  private static Stream<Change> noYaml() {
    String line = "; a line is 'key: value', the keys of a section are two blanks further in";
    String copy = "; copy a built-in experiment and change it";
    String levels = "there are more than 40 levels of sections and lists" + copy;
    return Stream.of(
        change("seed: 42", "seed: 42: 43", 15, "not valid YAML: mapping values are not allowed here" + line),
        change("seed: 42", "seed = 42", 16, "not valid YAML: could not find expected ':'" + line),
        change("seed: 42", "? [a, b]\n: 42", 0, "not valid YAML" + line),
        change("seed: 42", "seed: 42 # \0", 15, "the character '\\u0000' may not be in it; delete it"),
        change("seed: 42", "seed: 42 # \u001b[31m", 15, "the character '\\u001b' may not be in it; delete it"),
        file("", 0, "there is nothing in it" + copy),
        file("# nothing\n", 0, "there is nothing in it" + copy),
        file("hello\n", 1, "it is \"hello\", with no keys" + copy),
        file("- a\n- b\n", 1, "it is a list, with no keys" + copy),
        file("{}", 0, "key 'name' is missing" + ADD),
        file("!!python/object:os.system {}", 1, "it has a tag, tag:yaml.org,2002:python/object:os.system; leave the tag"
            + " out"),
        file("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n", 0,
            "it is a pointer of Git LFS in place of the file; fetch the file with 'git lfs pull'"),
        file("<!DOCTYPE html>\n", 0, "it is a web page in place of the file; fetch the file itself: a server has"
            + " answered with a page"),
        file("\0", 1, "the character '\\u0000' may not be in it; delete it"),
        file("a: " + "{a: ".repeat(1500), 1, levels),
        file("a: " + "[".repeat(50_000), 1, levels));
  }

  private static String builtIn(String name) throws IOException {
    try (var in = Experiments.class.getResourceAsStream("/experiments/" + name + ".yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Experiment read(String text) throws IOException {
    return Experiments.read(Files.writeString(folder.resolve("mine.yaml"), text));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void isRefusedInOneLineWithFileLineKeyAndValue(Change change) throws IOException {
    String good = builtIn("cifar10_cnn");
    assertThat(good).contains(change.from);
    String bad = change.from.isEmpty() ? change.to : good.replace(change.from, change.to);
    String where = folder.resolve("mine.yaml") + (change.line == 0 ? "" : ", line " + change.line);
    assertThatIllegalArgumentException().isThrownBy(() -> read(bad)).withMessage(where + ": " + change.message);
  }

  @Test
  void whatIsNoTextInUtf8OrTooLongIsNamed() throws IOException {
    Path file = folder.resolve("a\nb.yaml");
    String name = folder + "/a\\nb.yaml";
    String good = builtIn("cifar10_cnn");
    Files.write(file, good.replace("cifar10_cnn", "\u00e4").getBytes(StandardCharsets.ISO_8859_1));
    refused(file, name + ": it is no text in UTF-8; save it in UTF-8");
    Files.write(file, good.getBytes(StandardCharsets.UTF_16));
    refused(file, name + ": it is no text in UTF-8; save it in UTF-8");
    Files.writeString(file, good + "#".repeat(1 << 20));
    refused(file, "cannot read '" + name + "': it has more than 1,048,576 bytes; name the file of an experiment");
    Files.delete(file);
    refused(file, "cannot read '" + name + "': there is no such file; name a file that you may read, or a built-in"
        + " experiment: 'arturo experiments' lists them");
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void noPipeIsWaitedFor() throws Exception {
    Path pipe = folder.resolve("pipe.yaml");
    assumeThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    refused(pipe, "cannot read '" + pipe + "': it is a pipe or a device, no file; name a file that you may read, or a"
        + " built-in experiment: 'arturo experiments' lists them");
  }

  private void refused(Path file, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> Experiments.read(file)).withMessage(message);
  }

  @Test
  void windowsLineEndsAndByteOrderMarkAreTaken() throws IOException {
    String good = builtIn("cifar10_cnn");
    assertThat(read("\ufeff" + good.replace("\n", "\r\n"))).isEqualTo(Experiments.find("cifar10_cnn"));
    String bad = "\ufeff" + good.replace("epochs: 160", "epochs: many").replace("\n", "\r\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(bad))
        .withMessage(folder.resolve("mine.yaml") + ", line 13: key 'epochs' is \"many\"" + WHOLE);
  }

  @ParameterizedTest
  @MethodSource("floatsOfAdam")
  void soIsOneOfAdam(Change change) throws IOException {
    String good = builtIn("cifar10_cnn-adam");
    assertThat(good).contains(change.from);
    String where = folder.resolve("mine.yaml") + ", line " + change.line;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(good.replace(change.from, change.to)))
        .withMessage(where + ": " + change.message);
  }

  /** What stands before the name of the optimizer is read before it is known what it belongs to. */
  @Test
  void theOptimizersNameNeedNotComeFirst() throws IOException {
    String good = builtIn("fmnist_cnn-sgd");
    String last = good.replace("  name: sgd\n", "") + "  name: sgd\n";
    assertThat(read(last)).isEqualTo(Experiments.find("fmnist_cnn-sgd"));
    String where = folder.resolve("mine.yaml") + ", line 13: ";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(last.replace("Rate: 0.07", "Rate: x0.07")))
        .withMessage(where + "key 'optimizer.learningRate' is \"x0.07104941466307176\"" + NUMBER);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(last.replace("Rate: 0.07", "Rate: -0.07")))
        .withMessageStartingWith(where + "learningRate is -0.07");
  }

  @Test
  void everySpellingOfANumberAndTheDocumentsMarksAreTaken() throws IOException {
    String other =
        builtIn("cifar10_cnn")
            .replace("klBound: 0.0027874950489428373", "klBound: 27874950489428373e-19")
            .replace("maxPrecision: 1.0e+8", "maxPrecision: 100_000_000")
            .replace("minPrecision: 1.0e-6", "minPrecision: .000001")
            .replace("epochs: 160", "epochs: +160")
            .replace("flip: true", "flip: yes")
            .replace("[80, 120]", "\n    - 80\n    - 120");
    assertThat(read("---\n" + other + "...\n")).isEqualTo(Experiments.find("cifar10_cnn"));
    assertThat(read(other.replace("flip: true", "flip: True")).augmentation().flip()).isTrue();
  }
}
