// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.layer.Shape;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders of the user's own, in both formats. */
class DatasetsTest {
  private static final Shape GREY = new Shape(1, 4, 3);

  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();

  private LabelledImages locate(String name, Path data, Shape image) {
    return Datasets.locate(name, data, image, told::add);
  }

  private void refused(String part, Runnable action) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(action::run)
        .withMessageContaining(part)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  /** Writes images whose every byte is their number, and their labels. */
  private void writeIdx(String part, int height, int width, int... labels) throws IOException {
    try (DataOutputStream images =
        new DataOutputStream(Files.newOutputStream(folder.resolve(part + "-images-idx3-ubyte")))) {
      for (int word : new int[] {0x803, labels.length, height, width}) {
        images.writeInt(word);
      }
      for (int n = 0; n < labels.length; n++) {
        byte[] image = new byte[height * width];
        Arrays.fill(image, (byte) n);
        images.write(image);
      }
    }
    try (DataOutputStream out =
        new DataOutputStream(Files.newOutputStream(folder.resolve(part + "-labels-idx1-ubyte")))) {
      out.writeInt(0x801);
      out.writeInt(labels.length);
      for (int label : labels) {
        out.writeByte(label);
      }
    }
  }

  @Test
  void theRecordsOfCifar10AreRedGreenAndBluePlanesBehindALabel() throws IOException {
    byte[] record = new byte[3073];
    record[1] = (byte) 200; // red, first row, first column
    record[1 + 31] = 1; // red, first row, last column
    record[1 + 1024 + 32] = 2; // green, second row
    record[1 + 3071] = 3; // blue, last row, last column
    for (int i = 1; i <= 10; i++) { // the tenth file comes last, not second
      record[0] = (byte) (i / 2);
      record[2] = (byte) i;
      Files.write(folder.resolve("data_batch_" + i + ".bin"), record);
    }
    record[0] = 2;
    Files.write(folder.resolve("test_batch.bin"), record);
    LabelledImages data = locate("cifar-10", folder, new Shape(3, 32, 32));
    ImageSet train = data.train();
    assertThat(train.count()).isEqualTo(10);
    assertThat(train.classes()).isEqualTo(6);
    assertThat(train.labels()).containsExactly(0, 1, 1, 2, 2, 3, 3, 4, 4, 5);
    assertThat(told).isEmpty();
    assertThat(train.shape()).isEqualTo(new Shape(3, 32, 32));
    for (int n = 0; n < 10; n++) {
      byte[] image = Arrays.copyOfRange(train.pixels(), n * 3072, (n + 1) * 3072);
      assertThat(image[1]).isEqualTo((byte) (n + 1));
      assertThat(image[0]).isEqualTo((byte) 200);
      assertThat(image[31]).isEqualTo((byte) 1);
      assertThat(image[1024 + 32]).isEqualTo((byte) 2);
      assertThat(image[3071]).isEqualTo((byte) 3);
    }
    assertThat(data.test(5).labels()).containsExactly(2);
    assertThat(data.test(5).classes()).isEqualTo(5);
    refused("test_batch.bin' has label 2 at image 0, but the network was made for 2 classes, 0 to 1",
        () -> data.test(2));
  }

  @Test
  void theSecondLabelOfCifar100Counts() throws IOException {
    CifarFiles.cifar100(folder, 12, 6, 6);
    Files.writeString(folder.resolve("fine_label_names.txt"), "apple\n");
    LabelledImages data = locate("cifar-100", folder, CifarFile.SHAPE);
    assertThat(data.train().classes()).isEqualTo(6);
    assertThat(data.train().labels()).startsWith(0, 1, 2, 3, 4, 5);
    assertThat(data.test(6).labels()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(locate("cifar-10", folder, CifarFile.SHAPE).train().count()).isEqualTo(12);
    assertThat(locate("fashion-mnist", folder, CifarFile.SHAPE).train().count()).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cifar-10-batches-bin", "cifar-100-binary"})
  void theFolderThatTheArchiveWasUnpackedInWillDo(String inner) throws IOException {
    CifarFiles.cifar10(folder.resolve(inner), 4, 2, 2);
    assertThat(locate("cifar-10", folder, CifarFile.SHAPE).train().count()).isEqualTo(4);
  }

  @Test
  void ofTwoUnpackedArchivesThatOfTheExperimentIsTaken() throws IOException {
    CifarFiles.cifar10(folder.resolve("cifar-10-batches-bin"), 4, 2, 2);
    CifarFiles.cifar100(folder.resolve("cifar-100-binary"), 9, 3, 3);
    assertThat(locate("cifar-10", folder, CifarFile.SHAPE).train().count()).isEqualTo(4);
    assertThat(locate("cifar-100", folder, CifarFile.SHAPE).train().count()).isEqualTo(9);
    CifarFiles.cifar10(folder, 6, 2, 2); // before what is in folders below
    assertThat(locate("cifar-100", folder, CifarFile.SHAPE).train().count()).isEqualTo(6);
    CifarFiles.cifar100(folder, 9, 3, 3);
    LabelledImages both = locate("cifar-100", folder, CifarFile.SHAPE);
    String line = "'" + folder + "' has files as CIFAR-10's (data_batch_*.bin, test_batch.bin) and as CIFAR-100's"
        + " (train.bin, test.bin); move those of one format into a folder of their own";
    refused(line, both::train);
    refused(line, () -> both.test(3));
  }

  @Test
  void someOfCifar10sFilesAreImagesOfTheUsersOwn() throws IOException {
    Files.write(folder.resolve("data_batch_1.bin"), CifarFiles.records(12, 1, 10, 1));
    ImageSet train = locate("cifar-10", folder, CifarFile.SHAPE).train();
    assertThat(train.count()).isEqualTo(12);
    assertThat(train.classes()).isEqualTo(10);
  }

  @Test
  void aClassWithoutAnImageIsToldOf() throws IOException {
    byte[] first = CifarFiles.records(4, 1, 4, 1);
    byte[] second = CifarFiles.records(4, 1, 4, 2);
    Path file = folder.resolve("data_batch_2.bin");
    Files.write(folder.resolve("data_batch_1.bin"), first);
    second[2 * 3073] = (byte) 200;
    Files.write(file, second);
    assertThat(locate("cifar-10", folder, CifarFile.SHAPE).train().classes()).isEqualTo(201);
    assertThat(told)
        .containsExactly(
            "warning: of the 201 classes of '" + folder + "', 196 have no training image, the first label 4; the"
                + " greatest label, 200, is that of image 2 of '" + file + "': correct it if it is wrong, or number the"
                + " classes without gaps");
    told.clear();
    writeIdx("train", 4, 3, 0, 2, 2);
    assertThat(locate("fashion-mnist", folder, GREY).train().classes()).isEqualTo(3);
    Path labels = folder.resolve("train-labels-idx1-ubyte");
    assertThat(told)
        .containsExactly(
            "warning: of the 3 classes of '" + labels + "', 1 has no training image, label 1; the greatest label, 2, is"
                + " that of image 1 of '" + labels + "': correct it if it is wrong, or number the classes without"
                + " gaps");
    writeIdx("train", 4, 3, 255, 0);
    assertThat(locate("fashion-mnist", folder, GREY).train().classes()).isEqualTo(256);
  }

  @Test
  void labelsThatAreCountedFromOneAreRefused() throws IOException {
    writeIdx("train", 4, 3, 1, 10, 2);
    refused("the labels of '" + folder.resolve("train-labels-idx1-ubyte") + "' begin at 1, but classes are counted from"
        + " 0; subtract 1 from each label, those of the test set, too",
        () -> locate("fashion-mnist", folder, GREY).train());
    assertThat(told).isEmpty();
  }

  @Test
  void filesThatCannotBeReadAreNamedWithTheReason() throws IOException {
    Path grey = Files.createDirectory(folder.resolve("grey"));
    for (Path file : List.of(folder.resolve("data_batch_1.bin"), grey.resolve("train-images-idx3-ubyte.gz"))) {
      Files.createSymbolicLink(file, file.getFileName()); // a link to itself
    }
    for (LabelledImages data : List.of(locate("cifar-10", folder, CifarFile.SHAPE), locate("fashion-mnist", grey, GREY))) {
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(data::train)
          .withMessageMatching("cannot read '[^']*': too many levels of symbolic links[^']*");
    }
    Path batch = folder.resolve("data_batch_2.bin");
    Files.createDirectory(batch);
    refused("cannot read '" + batch + "': it is a folder",
        () -> new CifarFile(batch, 1, 1).read(new byte[3072], new byte[1], 0));
  }

  @Test
  void filesThatAreNotCifarsAreNamed() throws IOException {
    Files.writeString(folder.resolve("readme.txt"), "");
    Path test = Files.write(folder.resolve("test_batch.bin"), CifarFiles.records(1, 1, 1, 1));
    LabelledImages data = locate("cifar-10", folder, CifarFile.SHAPE);
    refused("'" + folder + "' has neither data_batch_1.bin nor train.bin; there are: test_batch.bin, readme.txt: put"
        + " one of them there, or name another folder with --data", data::train);
    Path batch = Files.move(test, folder.resolve("data_batch_1.bin"));
    refused("test_batch.bin' is missing; there are: data_batch_1.bin, readme.txt: put it there, or name another folder"
        + " with --data", () -> data.test(10));
    Files.write(batch, new byte[0]);
    refused("data_batch_1.bin' has 0 bytes", data::train);
    Files.write(batch, CifarFiles.records(3, 1, 3, 1));
    assertThat(data.train().count()).isEqualTo(3);
    Files.write(batch, Arrays.copyOf(CifarFiles.records(3, 1, 3, 1), 3 * 3073 - 1));
    refused("data_batch_1.bin' has 9,218 bytes: 2 records of 3,073 (labels: 1, pixels: 3×32×32) and 3,072 bytes more",
        data::train);
    Files.write(batch, Arrays.copyOf(CifarFiles.records(3, 1, 3, 1), 3 * 3073 + 1));
    refused("3 records of 3,073 (labels: 1, pixels: 3×32×32) and 1 bytes more; fetch or write it anew if it was cut"
        + " short; images of another size must be resized",
        data::train);
    Files.write(batch, CifarFiles.records(3, 2, 3, 1));
    refused("and 3 bytes more", data::train);
    Files.write(batch, CifarFiles.records(3, 1, 1, 1));
    refused("'" + folder + "' has label 0 only; training needs images of 2 to 256 classes", data::train);
  }

  @Test
  void whatStandsInTheirPlaceIsNamed() throws IOException {
    Path batch = folder.resolve("data_batch_1.bin");
    Files.writeString(batch, "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n");
    LabelledImages data = locate("cifar-10", folder, CifarFile.SHAPE);
    refused("'" + batch + "' is a pointer of Git LFS in place of the file; fetch the file with 'git lfs pull'",
        data::train);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(batch))) {
      out.write(CifarFiles.records(3, 1, 3, 1));
    }
    refused("'" + batch + "' is compressed with gzip; unpack it with gunzip", data::train);
    Files.delete(batch);
    Files.createDirectory(batch);
    refused("'" + batch + "' is a folder, no file; put the file of that name in its place", data::train);
    Files.delete(batch);
    Files.createSymbolicLink(batch, Path.of("nothing"));
    refused("cannot read '" + batch + "': it is a link to a file that is not there; it must be a file that you may"
        + " read", data::train);
  }

  @Test
  void aFolderWithoutImagesIsDescribed() throws IOException {
    String formats =
        "' has no images in MNIST's format (train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte,"
            + " t10k-labels-idx1-ubyte, each with .gz behind it or not) nor in CIFAR's (data_batch_1.bin and so on with"
            + " test_batch.bin, or train.bin with test.bin); ";
    Path none = folder.resolve("none");
    refused("'" + none, () -> locate("cifar-10", none, CifarFile.SHAPE));
    refused("--data '" + none + "': there is no such folder; name the one with the data set's files (in '" + folder
        + "' the folder is empty)", () -> locate("cifar-10", none, CifarFile.SHAPE));
    Path own = Files.createDirectory(folder.resolve("own"));
    refused("'" + own + formats + "the folder is empty: name another folder with --data, or give the files these names",
        () -> locate("fashion-mnist", own, GREY));
    for (int i = 0; i < 9; i++) {
      Files.createFile(own.resolve(i + ".txt"));
    }
    Files.createFile(own.resolve("train-images.idx3-ubyte"));
    Files.createFile(own.resolve("a\nb"));
    refused("'" + own + formats + "there are: train-images.idx3-ubyte, 0.txt, 1.txt, 2.txt, 3.txt, 4.txt, 5.txt, 6.txt"
            + " and 3 more: name another", () -> locate("fashion-mnist", own, GREY));
    CifarFiles.cifar10(own.resolve("CIFAR/raw"), 4, 2, 2);
    refused("'" + own + formats + "there are: CIFAR/, train-images.idx3-ubyte, 0.txt, 1.txt, 2.txt, 3.txt, 4.txt, 5.txt"
            + " and 4 more: name '" + own.resolve("CIFAR/raw") + "' with --data, where there are some",
        () -> locate("fashion-mnist", own, GREY));
    Path file = Files.createFile(folder.resolve("train.bin"));
    refused("--data '" + file + "' is a file; name the folder that it is in",
        () -> locate("cifar-100", file, CifarFile.SHAPE));
    Path archive = Files.createFile(folder.resolve("cifar.tar.gz"));
    refused("--data '" + archive + "' is a file; unpack it, and name the folder with its files",
        () -> locate("cifar-100", archive, CifarFile.SHAPE));
  }

  @Test
  void moreRecordsThanAnIntCountsAreRefused() throws IOException {
    for (String name : List.of("data_batch_1.bin", "data_batch_2.bin")) {
      try (RandomAccessFile sparse = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
        sparse.setLength(1_500_000_000L * 3073);
      } catch (IOException e) {
        abort("no file may be so long here: " + e.getMessage());
      }
    }
    refused("'" + folder + "' has 3,000,000,000 training images, too many for one array; leave out those beyond"
            + " 699,050",
        locate("cifar-10", folder, CifarFile.SHAPE)::train);
  }

  @Test
  void moreImagesThanAnArrayHoldsAreRefused() throws IOException {
    for (String name : List.of("data_batch_1.bin", "test_batch.bin")) {
      try (RandomAccessFile sparse = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
        sparse.setLength(699_051L * 3073);
      }
    }
    LabelledImages data = locate("cifar-10", folder, CifarFile.SHAPE);
    String line = "images, too many for one array; leave out those beyond 699,050";
    refused("'" + folder + "' has 699,051 training " + line, data::train);
    refused("'" + folder + "' has 699,051 test " + line, () -> data.test(10));
  }

  @Test
  void aFolderAsMnistsMayHaveAnyNumberOfClasses() throws IOException {
    writeIdx("train", 4, 3, 2, 0, 1, 2);
    writeIdx("t10k", 4, 3, 1, 0);
    LabelledImages data = locate("fashion-mnist", folder, GREY);
    assertThat(data.train().classes()).isEqualTo(3);
    assertThat(data.train().pixels()).hasSize(48).startsWith(0, 0).endsWith(3, 3);
    assertThat(data.test(3).labels()).containsExactly(1, 0);
    assertThat(told).isEmpty();
    writeIdx("t10k", 4, 3, 1, 0, 3);
    refused("t10k-labels-idx1-ubyte' has label 3 at image 2, but the network was made for 3 classes, 0 to 2, ",
        () -> data.test(3));
    writeIdx("train", 4, 3, 0, 0);
    refused("train-labels-idx1-ubyte' has label 0 only; training needs", data::train);
    Path fewer = folder.resolve("train-labels-idx1-ubyte");
    Files.write(fewer, new byte[] {0, 0, 8, 1, 0, 0, 0, 3, 0, 1, 2});
    refused("has 3 labels for the 2 images of", data::train);
  }

  @Test
  void imagesOfAnotherShapeAreRefused() throws IOException {
    writeIdx("train", 28, 27, 0, 1);
    refused("train-images-idx3-ubyte' are 1×28×27, but the network takes 1×28×28;"
            + " resize them to 1×28×28 (for fmnist_cnn, fmnist_resnet18) or 3×32×32 (for cifar10_cnn, cifar100_cnn,"
            + " cifar10_resnet34, cifar100_resnet34), or give a YAML file of your own another network, which take any size",
        () -> locate("fashion-mnist", folder, new Shape(1, 28, 28)).train());
    refused("are 1×28×27, but the network takes 3×32×32", // found although the experiment is for the other format
        () -> locate("cifar-10", folder, CifarFile.SHAPE).train());
    Path cifar = CifarFiles.cifar10(folder.resolve("cifar"), 4, 2, 2);
    refused("the images of '" + cifar + "' are 3×32×32, but the network takes 1×28×28; choose an experiment for"
            + " such images (cifar10_cnn, cifar100_cnn, cifar10_resnet34, cifar100_resnet34), or another folder with"
            + " --data",
        () -> locate("fashion-mnist", cifar, new Shape(1, 28, 28)));
  }
}
