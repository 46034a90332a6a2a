// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.arturo4j.host.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files of a folder are images, in which order, and what is said about the others. */
class ImageFolderTest {
  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();

  private void put(String... names) throws IOException {
    for (String name : names) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "");
    }
  }

  private List<String> names(ImageFolder listed) {
    return listed.images().stream().map(image -> image.label() + " " + folder.relativize(image.file())).toList();
  }

  private void refused(String line, Runnable action) {
    assertThatExceptionOfType(DataException.class).isThrownBy(action::run).withMessage(line);
  }

  @Test
  void classesAreInTheOrderOfTheirNamesAndFilesInThatOfTheirPaths() throws IOException {
    put("b/2.png", "b/10.JPG", "b/deep/er/1.webp", "a/x.tiff", "Z/x.jpeg", "c/x.gif");
    put("top.png", ".git/x.png", "__MACOSX/x.png");
    ImageFolder listed = ImageFolder.list(folder, told::add);
    assertThat(listed.classes()).containsExactly("Z", "a", "b", "c");
    assertThat(names(listed))
        .containsExactly(
            "0 Z/x.jpeg", "1 a/x.tiff", "2 b/10.JPG", "2 b/2.png", "2 b/deep/er/1.webp", "3 c/x.gif");
    assertThat(listed.labels()).containsExactly(0, 1, 2, 2, 2, 3);
    assertThat(listed.select(3, 0).labels()).containsExactly(2, 0);
    assertThat(told).isEmpty();
  }

  @Test
  void namesAreInTheOrderOfTheirCodePoints() throws IOException {
    assumeThat(System.getProperty("sun.jnu.encoding")).isEqualTo("UTF-8");
    put("\ud83d\udc08/x.bmp", "\uffee/x.png", "\u00e4/x.gif", "z/x.png");
    assertThat(ImageFolder.list(folder, told::add).classes())
        .containsExactly("z", "\u00e4", "\uffee", "\ud83d\udc08"); // the last is less in UTF-16
  }

  @Test
  void labelsMayBeThoseOfANetwork() throws IOException {
    put("a/1.png", "c/1.png", "c/2.png");
    ImageFolder listed = ImageFolder.list(folder, told::add);
    ImageFolder known = listed.withClasses(List.of("c", "b", "a"));
    assertThat(known.labels()).containsExactly(2, 0, 0);
    assertThat(known.classes()).containsExactly("c", "b", "a");
    refused("'" + folder + "' has a folder of class 'c', which the network does not know; it knows a, b: take the folder away, or"
        + " train on it, too", () -> listed.withClasses(List.of("a", "b")));
  }

  @Test
  void otherFilesAreLeftOutAndCounted() throws IOException {
    put("a/1.png", "a/.1.png", "a/Thumbs.db", "a/.cache/2.png", "b/1.png", "b/notes.txt");
    assertThat(ImageFolder.list(folder, told::add).count()).isEqualTo(2);
    assertThat(told).singleElement().asString()
        .startsWith("left out 3 files of '" + folder + "' that are hidden or not named as images are: a/").endsWith(", …");
    told.clear();
    Files.delete(folder.resolve("a/.1.png"));
    Files.delete(folder.resolve("a/Thumbs.db"));
    ImageFolder.list(folder, told::add);
    assertThat(told)
        .containsExactly("left out 1 file of '" + folder + "' that is hidden or not named as images are: b/notes.txt");
  }

  @Test
  void linksAreFollowedAndLoopsAreNot() throws IOException {
    put("train/a/1.png", "train/b/1.png", "elsewhere/2.png", "elsewhere/deep/3.png");
    Files.createSymbolicLink(folder.resolve("train/b/more"), folder.resolve("elsewhere"));
    Files.createSymbolicLink(folder.resolve("train/c"), folder.resolve("elsewhere"));
    Files.createSymbolicLink(folder.resolve("train/a/loop"), folder.resolve("train/a"));
    Files.createSymbolicLink(folder.resolve("train/a/0.png"), folder.resolve("nowhere.png"));
    assertThat(names(ImageFolder.list(folder.resolve("train"), told::add)))
        .containsExactly(
            "0 train/a/0.png", "0 train/a/1.png", "1 train/b/1.png", "1 train/b/more/2.png", "1 train/b/more/deep/3.png",
            "2 train/c/2.png", "2 train/c/deep/3.png");
    assertThat(told).isEmpty();
  }

  @Test
  void aFolderWithoutClassesOrImagesIsRefused() throws IOException {
    Path none = folder.resolve("none");
    refused("cannot read the folder '" + none + "': there is no such file; make it readable, or name another",
        () -> ImageFolder.list(none, told::add));
    put("1.png");
    refused("'" + folder + "' has no folders, one for each class of images; there are: 1.png: put the images of each class into a"
        + " folder with the name of the class", () -> ImageFolder.list(folder, told::add));
    put("a/1.png", "b/1.txt");
    refused("the folder '" + folder + "/b' of class 'b' has no images (.jpg, .jpeg, .png, .bmp, .gif, .tif, .tiff, .webp); there are:"
        + " 1.txt: put some there, or take the folder away", () -> ImageFolder.list(folder, told::add));
  }

  @Test
  void partsHaveTheSameClasses() throws IOException {
    put("train/a/1.png", "train/b/1.png", "test/a/1.png", "test/b/1.png", "val/a/1.png", "val/b/2.png", "other/a/1.png");
    ImageParts parts = ImageParts.list(folder, told::add);
    assertThat(names(parts.train())).containsExactly("0 train/a/1.png", "1 train/b/1.png");
    assertThat(names(parts.test().orElseThrow())).containsExactly("0 test/a/1.png", "1 test/b/1.png");
    assertThat(names(parts.validation().orElseThrow())).containsExactly("0 val/a/1.png", "1 val/b/2.png");
    assertThat(told)
        .containsExactly("left out of '" + folder + "', whose parts are train, validation or val, and test: other");
    put("validation/a/1.png");
    refused("'" + folder + "/validation' and '" + folder + "/val' are both there; move the wrong one out of the folder",
        () -> ImageParts.list(folder, told::add));
    Files.delete(folder.resolve("validation/a/1.png"));
    Files.delete(folder.resolve("validation/a"));
    put("test/c/1.png");
    refused("'" + folder + "/test' has a folder of class 'c', which '" + folder + "/train' has not; take it away, or add images of"
        + " it to train on", () -> ImageParts.list(folder, told::add));
    put("train/c/1.png");
    refused("'" + folder + "/val' has no folder of class 'c', which '" + folder + "/train' has; add images of it, or take the"
        + " class out of both", () -> ImageParts.list(folder, told::add));
  }

  @Test
  void aFolderWithoutPartsIsAllToTrainOn() throws IOException {
    put("train/1.png", "test/1.png"); // of trains, and of tests
    ImageParts parts = ImageParts.list(folder, told::add);
    assertThat(parts.train().classes()).containsExactly("test", "train");
    assertThat(parts.test()).isEmpty();
    assertThat(parts.validation()).isEmpty();
    assertThat(ImageParts.hasParts(folder)).isFalse();
    Files.delete(folder.resolve("test/1.png"));
    Files.delete(folder.resolve("test"));
    refused("'" + folder + "' has images of one class only, 'train'; training needs a folder for each of two classes or more",
        () -> ImageParts.list(folder, told::add));
  }
}
