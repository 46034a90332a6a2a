// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.Cli.refused;
import static io.github.arturo4j.host.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.host.chart.WrittenPage;
import io.github.arturo4j.host.data.images.ImageDecoder;
import io.github.arturo4j.host.data.images.ImageParts;
import io.github.arturo4j.host.data.images.ImageSize;
import io.github.arturo4j.host.data.images.UnreadableImageException;
import io.github.arturo4j.host.run.SafetensorsFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a folder of pictures, and from NumPy's arrays, to predictions. */
class PicturesRunTest {
  @TempDir Path folder;
  private Path pictures;

  /** Bars that stand and bars that lie, in colours and sizes of all kinds. */
  @BeforeEach
  void writePictures() throws IOException {
    pictures = folder.resolve("pictures");
    Random random = new Random(1);
    for (String part : List.of("train", "test")) {
      for (int i = 0; i < (part.equals("train") ? 80 : 20); i++) {
        boolean stands = i % 2 == 0;
        BufferedImage image = new BufferedImage(20 + random.nextInt(20), 20 + random.nextInt(20), BufferedImage.TYPE_INT_RGB);
        int at = image.getWidth() / 4 + random.nextInt(image.getWidth() / 3);
        int colour = 0x808080 | random.nextInt(0x1000000);
        for (int y = 0; y < image.getHeight(); y++) {
          for (int x = 0; x < image.getWidth(); x++) {
            image.setRGB(x, y, Math.abs((stands ? x : y) - at) < 3 ? colour : 0);
          }
        }
        Path kind = Files.createDirectories(pictures.resolve(part).resolve(stands ? "stands" : "lies"));
        ImageIO.write(image, "png", kind.resolve(i + ".png").toFile());
      }
    }
  }

  private Path experiment(String dataset, String more) throws IOException {
    return Files.writeString(
        folder.resolve("bars.yaml"),
        """
        name: bars
        model:
          - conv: {out: 8, kernel: 5, padding: 2}
          - relu
          - maxpool: 2
          - flatten
          - linear: outputs
        dataset: %s
        %s
        epochs: 8
        batchSize: 16
        seed: 3
        schedule: {milestones: [7], factor: 0.1}
        optimizer: {name: arturo}
        """
            .formatted(dataset, more));
  }

  @Test
  void fromAFolderToPredictions() throws IOException {
    Path experiment = experiment("{name: images, path: '" + pictures + "', size: 16}", "validation: 0.25");
    Path run = folder.resolve("run");
    Cli.Outcome trained = run("train", experiment, "--out", run);
    assertThat(trained.err()).isEmpty();
    assertThat(trained.out()).contains("60 images, classes: 2");
    assertThat(run("evaluate", run).out()).matches("(?s)bars on 20 test images in '.*': loss [0-9.]+, accuracy (0\\.9|1).*\n");
    assertThat(run("evaluate", run, "--per-class").out().lines().toList())
        .hasSize(8)
        .anyMatch(line -> line.matches("lies +10 +[01]\\.[0-9]{4} +[01]\\.[0-9]{4} +[01]\\.[0-9]{4}"))
        .anyMatch(line -> line.matches("taken for +lies +stands"));
    List<String> lines = run("predict", run, pictures.resolve("test")).out().lines().toList();
    assertThat(lines).hasSize(21);
    assertThat(lines.stream().skip(1).filter(line -> line.matches(".*/(stands|lies)/[0-9]+\\.png,\\1,.*"))).hasSizeGreaterThan(17);
    Path moved = Files.move(pictures, folder.resolve("moved"));
    refused(1, "is not there now; name the place where they are with --data", "train", "--resume", run, "--epochs", 9);
    assertThat(run("train", "--resume", run, "--epochs", 9, "--data", moved).err()).isEmpty();
  }

  /** Streamed pictures train the same network, bit for bit, and a run goes on either way. */
  @Test
  void streamedPicturesTrainTheSameNetwork() throws IOException {
    String more = "validation: 0.25\naugmentation: {padding: 2, mode: zero, flip: true}";
    Path memory = folder.resolve("memory");
    Path streamed = folder.resolve("streamed");
    Path experiment = experiment("{name: images, path: '" + pictures + "', size: 8}", more);
    assertThat(run("train", experiment, "--out", memory, "--epochs", 3).err()).isEmpty();
    experiment("{name: images, path: '" + pictures + "', size: 8, stream: true}", more);
    assertThat(run("train", experiment, "--out", streamed, "--epochs", 2).err()).isEmpty();
    replace(streamed.resolve("config.yaml"), "stream: true", "stream: false");
    assertThat(run("train", "--resume", streamed, "--epochs", 3).err()).isEmpty();
    for (String file : List.of("model.safetensors", "best.safetensors")) {
      SafetensorsFile expected = SafetensorsFile.read(memory.resolve(file));
      SafetensorsFile actual = SafetensorsFile.read(streamed.resolve(file));
      assertThat(actual.floats("0.weight").data()).isEqualTo(expected.floats("0.weight").data());
      assertThat(actual.floats("4.weight").data()).isEqualTo(expected.floats("4.weight").data());
    }
    replace(streamed.resolve("config.yaml"), "stream: false", "stream: true");
    assertThat(run("evaluate", streamed).out()).isEqualTo(run("evaluate", memory).out());
    assertThat(run("evaluate", streamed, "--per-class").out()).isEqualTo(run("evaluate", memory, "--per-class").out());
  }

  private static void replace(Path file, String text, String other) throws IOException {
    String content = Files.readString(file);
    assertThat(content).contains(text);
    Files.writeString(file, content.replace(text, other));
  }

  /** The layers of another network stay, but for the last one, which tells other classes apart. */
  @Test
  void aNetworkIsTunedToOtherClasses() throws IOException {
    Path experiment = experiment("{name: images, path: '" + pictures + "', size: 16}", "");
    Path first = folder.resolve("first");
    assertThat(run("train", experiment, "--out", first, "--epochs", 1).code()).isZero();
    Path others = folder.resolve("others");
    for (String kind : List.of("a", "b", "c")) {
      for (String part : List.of("train", "test")) {
        Path folder = Files.createDirectories(others.resolve(part).resolve(kind));
        for (int i = 0; i < 12; i += 2) {
          Files.copy(pictures.resolve("train/stands/" + i + ".png"), folder.resolve(i + ".png"));
        }
      }
    }
    Path weights = first.resolve("model.safetensors");
    Path second = folder.resolve("second");
    refused(1, "or train a new last layer for 3 (train --replace-head)", "train", experiment, "--data", others,
        "--weights", weights, "--out", second);
    refused(2, "--replace-head is for --weights FILE", "train", experiment, "--replace-head", "--out", second);
    Cli.Outcome tuned =
        run("train", experiment, "--data", others, "--weights", weights, "--replace-head", "--freeze", "0.*", "--epochs", 2,
            "--out", second);
    assertThat(tuned.err()).isEmpty();
    assertThat(tuned.out()).contains("Beginning with the weights of " + weights + ", and a new last layer");
    assertThat(SafetensorsFile.read(second.resolve("model.safetensors")).floats("0.weight").data())
        .isEqualTo(SafetensorsFile.read(weights).floats("0.weight").data());
    assertThat(SafetensorsFile.read(second.resolve("model.safetensors")).shape("4.weight")).containsExactly(3, 512);
    assertThat(Files.readString(second.resolve("config.yaml"))).contains("headReplaced: true");
  }

  /** Pictures that are named one by one are predicted as those of a folder are, in the order of the command line. */
  @Test
  void picturesThatAreNamedArePredictedInTheirOrder() throws IOException {
    Path run = folder.resolve("run");
    Path experiment = experiment("{name: images, path: '" + pictures + "', size: 8}", "");
    assertThat(run("train", experiment, "--out", run, "--epochs", 1).code()).isZero();
    Path stands = pictures.resolve("test/stands");
    Path lies = pictures.resolve("test/lies");
    List<String> ofFolders = run("predict", run, lies, stands).out().lines().toList();
    assertThat(run("predict", run, lies.resolve("1.png"), stands, lies.resolve("3.png")).out().lines().map(l -> l.split(",")[0]))
        .hasSize(13).startsWith("input", lies.resolve("1.png").toString()).endsWith(lies.resolve("3.png").toString());
    Path broken = Files.write(stands.resolve("2.png"), new byte[] {1, 2, 3});
    List<Object> words = new ArrayList<>(List.of("predict", run, lies.resolve("9.png"), stands.resolve("0.png"), broken));
    words.addAll(List.of(lies.resolve("1.png"), stands.resolve("4.png")));
    Cli.Outcome named = run(words.toArray());
    assertThat(named.code()).isEqualTo(1);
    assertThat(named.err()).startsWith("arturo: '" + broken + "' is no readable image: ").hasLineCount(1);
    assertThat(named.out().lines().map(line -> line.split(",")[0]))
        .containsExactly(
            "input", lies.resolve("9.png").toString(), stands.resolve("0.png").toString(), lies.resolve("1.png").toString(),
            stands.resolve("4.png").toString());
    assertThat(named.out().lines().map(line -> line.substring(0, line.lastIndexOf(',')))).allSatisfy(
        line -> assertThat(ofFolders).anyMatch(each -> each.startsWith(line))); // the same classes
    Cli.Outcome missing = run("predict", run, lies.resolve("9.png"), folder.resolve("none.png"));
    assertThat(missing.out()).isEmpty();
    assertThat(missing.err()).contains("none.png': there is no such file or folder");
    assertThat(missing.code()).isEqualTo(1);
  }

  /** The page has each of the wrong ones, its picture to the pixel, and is one file that needs nothing else. */
  @Test
  void whatItIsMostWrongAboutIsAPage() throws IOException {
    Path lies = pictures.resolve("test/lies");
    for (int i = 0; i < 6; i += 2) {
      Files.copy(pictures.resolve("train/stands/" + i + ".png"), lies.resolve("wrong <" + i + ">.png"));
    }
    Files.write(lies.resolve("2.png"), new byte[] {1, 2, 3}); // left out, so that the files behind it have other numbers
    for (int i = 21; i < 47; i += 2) {
      Files.copy(lies.resolve("1.png"), lies.resolve(i + ".png")); // so that this is no more than a tenth
    }
    Path run = folder.resolve("run");
    assertThat(
            run("train", experiment("{name: images, path: '" + pictures + "', size: 16}", "validation: 0.25"), "--out", run)
                .code())
        .isZero();
    Path page = folder.resolve("wrong.html");
    Cli.Outcome evaluated = run("evaluate", run, "--most-wrong", page, "--per-class");
    assertThat(evaluated.err()).contains("skipped 1 of 37 files").hasLineCount(1);
    assertThat(evaluated.out()).endsWith("Most wrong: " + page + "\n");
    String html = Files.readString(page);
    WrittenPage written = WrittenPage.parse(html);
    assertThat(written.texts("p").getFirst()).startsWith("bars on 36 test images in '").contains("accuracy 0.9");
    assertThat(written.texts("strong")).hasSize(36).startsWith("lies", "lies", "lies");
    assertThat(written.texts("figcaption").subList(0, 3))
        .containsExactlyInAnyOrder("lies\ntest/lies/wrong <0>.png", "lies\ntest/lies/wrong <2>.png", "lies\ntest/lies/wrong <4>.png");
    assertThat(written.texts("ol").getFirst()).matches("(?s)\\s*stands[0-9.]+ %\\s+lies[<0-9. ]+%\\s*");
    assertThat(html).doesNotContain("http-equiv=\"refresh", "src=\"http", "<script").contains("img-src data:");
    String first = written.texts("figcaption").getFirst().lines().toList().getLast();
    BufferedImage picture = written.picture(0);
    byte[] pixels = ImageParts.test(pictures, line -> {}).orElseThrow().images().stream()
        .filter(each -> each.file().equals(pictures.resolve(first)))
        .map(each -> pixels(each.file()))
        .findFirst().orElseThrow();
    for (int i = 0; i < 3 * 16 * 16; i++) {
      assertThat(picture.getRaster().getSample(i % 16, i / 16 % 16, i / 256)).isEqualTo(Byte.toUnsignedInt(pixels[i]));
    }
  }

  private static byte[] pixels(Path file) {
    byte[] pixels = new byte[3 * 16 * 16];
    try {
      new ImageDecoder(3, ImageSize.cropped(16)).decode(file, pixels, 0);
    } catch (UnreadableImageException e) {
      throw new IllegalStateException(e);
    }
    return pixels;
  }

  @Test
  void whereThereIsNoPageOfMistakesOneLineSaysSo() throws IOException {
    Path run = folder.resolve("run");
    Path experiment = experiment("{name: images, path: '" + pictures + "', size: 8}", "");
    assertThat(run("train", experiment, "--out", run, "--epochs", 1).code()).isZero();
    refused(2, "--most-wrong '" + folder + "': it is a folder; name a file in a folder that is there", "evaluate", run,
        "--most-wrong", folder);
    Path none = folder.resolve("none/x.html");
    refused(2, "--most-wrong '" + none + "': there is no folder '" + none.getParent() + "'", "evaluate", run, "--most-wrong", none);
  }

  /** Without a validation set, epochs are judged by the test set, as those of the paper are. */
  @Test
  void withoutValidationTheTestSetJudges() throws IOException {
    Path experiment =
        experiment(
            "{name: images, path: '" + pictures + "', size: 16, channels: 1, crop: false}",
            "normalization: {mean: [0.1], std: [0.3]}");
    Path run = folder.resolve("run");
    assertThat(run("train", experiment, "--out", run, "--epochs", 2).out()).contains("80 images").contains("test loss");
    assertThat(run.resolve("best.safetensors")).doesNotExist();
    assertThat(run("predict", run, pictures.resolve("test/stands/0.png")).out().lines()).hasSize(2);
  }

  @Test
  void aPictureThatIsBrokenIsNamedAndTheOthersArePredicted() throws IOException {
    Path run = folder.resolve("run");
    Path experiment = experiment("{name: images, path: '" + pictures + "', size: 8}", "");
    assertThat(run("train", experiment, "--out", run, "--epochs", 1).code()).isZero();
    Path broken = Files.write(pictures.resolve("test/lies/1.png"), new byte[] {1, 2, 3});
    Cli.Outcome predicted = run("predict", run, pictures.resolve("test/lies"));
    assertThat(predicted.code()).isEqualTo(1);
    assertThat(predicted.out().lines()).hasSize(10);
    assertThat(predicted.err()).startsWith("arturo: '" + broken + "' is no readable image: ");
    refused(1, "is no readable image", "predict", run, broken);
    refused(1, "there is no such file or folder", "predict", run, folder.resolve("none.png"));
  }

  /** More pictures than are computed at a time, one of them broken: each is predicted as it is by itself. */
  @Test
  void manyPicturesArePredictedAsEachIs() throws IOException {
    Path run = folder.resolve("run");
    Path experiment = experiment("{name: images, path: '" + pictures + "', size: 8}", "");
    assertThat(run("train", experiment, "--out", run, "--epochs", 1).code()).isZero();
    Files.write(pictures.resolve("train/lies/13.png"), new byte[] {1, 2, 3});
    List<String> all = run("predict", run, pictures.resolve("train")).out().lines().skip(1).toList();
    assertThat(all).hasSize(79);
    for (int i : List.of(0, 5, 6, 62, 63, 64, 65, 78)) {
      String[] cells = all.get(i).split(",");
      String[] alone = run("predict", run, cells[0]).out().lines().toList().getLast().split(",");
      assertThat(alone).startsWith(cells[0], cells[1]);
      assertThat(Double.parseDouble(alone[2])).isCloseTo(Double.parseDouble(cells[2]), within(1e-5));
    }
    assertThat(all.stream().map(line -> line.split(",")[0])).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void whatIsWrongWithTheDatasetIsSaid() throws IOException {
    String where = folder.resolve("bars.yaml") + ", line 8: ";
    refused(2, where + "dataset.size is 0; it must be between 1 and 16384", "train",
        experiment("{name: images, path: '" + pictures + "', size: 0}", ""));
    refused(2, where + "dataset.channels is 2; it must be 1 for grey, or 3 for colours", "train",
        experiment("{name: images, size: 8, channels: 2}", ""));
    refused(2, where + "unknown key 'dataset.sise'", "train", experiment("{name: images, size: 8, sise: 8}", ""));
    refused(2, where + "key 'dataset.size' is missing; add it", "train", experiment("{name: images}", ""));
    refused(2, where + "key 'dataset.name' is \"pictures\"; it must be one of: images, table, arrays", "train",
        experiment("{name: pictures, size: 8}", ""));
    refused(2, where + "key 'dataset' is 'mnist'; there are: fashion-mnist, cifar-10, cifar-100", "train", experiment("mnist", ""));
    refused(1, "the experiment's dataset, images, has no path; add it, or name the data with --data", "train",
        experiment("{name: images, size: 8}", ""), "--out", folder.resolve("r"));
    refused(2, "bars.yaml, line 5: maxpool: windows of 2×2 do not fit into 8×1×1", "train",
        experiment("{name: images, size: 1}", ""), "--data", pictures, "--out", folder.resolve("r"));
    assertThat(folder.resolve("r")).doesNotExist();
  }
}
