// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.arturo4j.models.ImageSet;
import io.github.arturo4j.models.Shape;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders of the user's own, in both formats. */
class DatasetsTest {
  private static final Shape GREY = new Shape(1, 4, 3);

  @TempDir Path folder;

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
    record[0] = 4;
    record[1] = (byte) 200; // red, first row, first column
    record[1 + 31] = 1; // red, first row, last column
    record[1 + 1024 + 32] = 2; // green, second row
    record[1 + 3071] = 3; // blue, last row, last column
    for (int i = 1; i <= 10; i++) { // the tenth file comes last, not second
      record[2] = (byte) i;
      Files.write(folder.resolve("data_batch_" + i + ".bin"), record);
    }
    record[0] = 2;
    Files.write(folder.resolve("test_batch.bin"), record);
    Dataset data = Datasets.locate("cifar-10", folder, new Shape(3, 32, 32));
    ImageSet train = data.train();
    assertThat(train.count()).isEqualTo(10);
    assertThat(train.classes()).isEqualTo(5);
    assertThat(train.labels()).containsOnly(4);
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
    Dataset data = Datasets.locate("cifar-100", folder, CifarFile.SHAPE);
    assertThat(data.train().classes()).isEqualTo(6);
    assertThat(data.train().labels()).startsWith(0, 1, 2, 3, 4, 5);
    assertThat(data.test(6).labels()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(Datasets.locate("cifar-10", folder, CifarFile.SHAPE).train().count()).isEqualTo(12);
    assertThat(Datasets.locate("fashion-mnist", folder, CifarFile.SHAPE).train().count()).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cifar-10-batches-bin", "cifar-100-binary"})
  void theFolderThatTheArchiveWasUnpackedInWillDo(String inner) throws IOException {
    CifarFiles.cifar10(folder.resolve(inner), 4, 2, 2);
    assertThat(Datasets.locate("cifar-10", folder, CifarFile.SHAPE).train().count()).isEqualTo(4);
  }

  @Test
  void filesThatAreNotCifarsAreNamed() throws IOException {
    Files.writeString(folder.resolve("readme.txt"), "");
    Dataset data = Datasets.locate("cifar-10", folder, CifarFile.SHAPE);
    refused("'" + folder + "' has neither data_batch_1.bin nor train.bin; name", data::train);
    refused("test_batch.bin' is missing; name", () -> data.test(10));
    Path batch = folder.resolve("data_batch_1.bin");
    Files.write(batch, new byte[0]);
    refused("data_batch_1.bin' has 0 bytes", data::train);
    Files.write(batch, CifarFiles.records(3, 1, 3, 1));
    assertThat(data.train().count()).isEqualTo(3);
    Files.write(batch, Arrays.copyOf(CifarFiles.records(3, 1, 3, 1), 3 * 3073 - 1));
    refused("data_batch_1.bin' has 9,218 bytes: 2 records of 3,073 (labels: 1, pixels: 3×32×32) and 3,072 bytes more",
        data::train);
    Files.write(batch, Arrays.copyOf(CifarFiles.records(3, 1, 3, 1), 3 * 3073 + 1));
    refused("3 records of 3,073 (labels: 1, pixels: 3×32×32) and 1 bytes more; it is truncated or goes on, replace",
        data::train);
    Files.write(batch, CifarFiles.records(3, 2, 3, 1));
    refused("and 3 bytes more", data::train);
    Files.write(batch, CifarFiles.records(3, 1, 1, 1));
    refused("'" + folder + "' has label 0 only; training needs images of 2 to 256 classes", data::train);
  }

  @Test
  void aFolderAsMnistsMayHaveAnyNumberOfClasses() throws IOException {
    writeIdx("train", 4, 3, 2, 0, 1, 2);
    writeIdx("t10k", 4, 3, 1, 0);
    Dataset data = Datasets.locate("fashion-mnist", folder, GREY);
    assertThat(data.train().classes()).isEqualTo(3);
    assertThat(data.train().pixels()).hasSize(48).startsWith(0, 0).endsWith(3, 3);
    assertThat(data.test(3).labels()).containsExactly(1, 0);
    writeIdx("train", 4, 3, 255, 0);
    assertThat(data.train().classes()).isEqualTo(256);
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
    refused("train-images-idx3-ubyte' are 1×28×27, but the network takes 1×28×28; choose an experiment for such images",
        () -> Datasets.locate("fashion-mnist", folder, new Shape(1, 28, 28)).train());
    refused("are 1×28×27, but the network takes 3×32×32", // found although the experiment is for the other format
        () -> Datasets.locate("cifar-10", folder, CifarFile.SHAPE).train());
    Path cifar = CifarFiles.cifar10(folder.resolve("cifar"), 4, 2, 2);
    refused("the images of '" + cifar + "' are 3×32×32, but the network takes 1×28×28",
        () -> Datasets.locate("fashion-mnist", cifar, new Shape(1, 28, 28)));
  }
}
