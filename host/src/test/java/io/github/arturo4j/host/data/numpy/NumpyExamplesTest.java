// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.layer.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays as features and targets. */
class NumpyExamplesTest {
  @TempDir Path folder;
  private final Map<String, byte[]> arrays = new LinkedHashMap<>();

  private NumpyExamplesTest with(String name, byte[] array) {
    arrays.put(name, array);
    return this;
  }

  private NumpyExamples open() {
    try {
      return NumpyExamples.open(Npy.archive(folder.resolve("a.npz"), arrays));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void refused(String line) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> open().test(((Targets.Classes) open().train().targets()).classes()))
        .withMessage(line.replace("FILE", folder.resolve("a.npz").toString()));
  }

  private static int[] labels(Examples examples) {
    return ((Targets.Classes) examples.targets()).labels();
  }

  @Test
  void anArchiveAsKerassHasImagesToTrainAndToTestWith() {
    with("x_test", Npy.counting(1, 3, 2)).with("x_train", Npy.counting(3, 3, 2)).with("y_train", Npy.longs(2, 0, 1))
        .with("y_test", Npy.longs(1)).with("note", Npy.counting(1));
    Examples train = open().train();
    assertThat(train.shape()).isEqualTo(new Shape(1, 3, 2));
    assertThat(((Features.Bytes) train.features()).values()).startsWith(0, 1, 2).hasSize(18);
    assertThat(labels(train)).containsExactly(2, 0, 1);
    Examples test = open().test(3).orElseThrow();
    assertThat(test.targets()).hasToString("3 classes");
    assertThat(labels(test)).containsExactly(1);
    assertThat(open().validation(3)).isEmpty();
  }

  @Test
  void aFolderOfArraysIsReadAsAnArchive() throws IOException {
    Files.write(folder.resolve("X.npy"), Npy.floats(new float[] {1, 2, 3, 4}, 2, 2));
    Files.write(folder.resolve("y.npy"), Npy.longs(0, 1));
    Files.write(folder.resolve("x_val.npy"), Npy.floats(new float[] {5, 6}, 1, 2));
    Files.write(folder.resolve("y_val.npy"), Npy.longs(1));
    NumpyExamples examples = NumpyExamples.open(folder);
    assertThat(((Features.Floats) examples.train().features()).values()).containsExactly(1, 2, 3, 4);
    assertThat(((Features.Floats) examples.validation(2).orElseThrow().features()).values()).containsExactly(5, 6);
    assertThat(examples.test(2)).isEmpty();
  }

  private Features features(byte[] array) throws IOException {
    return NumpyExamples.features(Files.write(folder.resolve("x.npy"), array));
  }

  @Test
  void channelsComeFirst() throws IOException {
    for (int channels : new int[] {1, 3, 4}) {
      Features bytes = features(Npy.counting(2, 2, 5, channels));
      assertThat(bytes.shape()).isEqualTo(new Shape(channels, 2, 5));
      float[] numbers = new float[20 * channels];
      for (int n = 0, i = 0; n < 2; n++) {
        for (int c = 0; c < channels; c++) {
          for (int p = 0; p < 10; p++, i++) {
            int from = (n * 10 + p) * channels + c;
            assertThat(((Features.Bytes) bytes).values()[i]).isEqualTo((byte) from);
            numbers[from] = i;
          }
        }
      }
      float[] floats = ((Features.Floats) features(Npy.floats(numbers, 2, 2, 5, channels))).values();
      for (int i = 0; i < floats.length; i++) {
        assertThat(floats[i]).isEqualTo(i);
      }
    }
    assertThat(features(Npy.counting(2, 3, 4, 5)).shape()).isEqualTo(new Shape(3, 4, 5));
    assertThat(features(Npy.counting(2, 3, 4, 3)).shape()).isEqualTo(new Shape(3, 3, 4));
    assertThat(features(Npy.counting(2, 2, 3, 4, 3)).shape()).isEqualTo(new Shape(2, 3, 4, 3));
  }

  @Test
  void otherShapesStayAsTheyAre() throws IOException {
    assertThat(features(Npy.counting(2, 7)).shape()).isEqualTo(new Shape(7));
    assertThat(features(Npy.counting(2)).shape()).isEqualTo(new Shape(1));
    assertThat(features(Npy.floats(new float[12], 2, 3, 2)).shape()).isEqualTo(new Shape(3, 2));
    Features ints = features(Npy.longs(3, -1));
    assertThat(((Features.Floats) ints).values()).containsExactly(3, -1);
  }

  @Test
  void floatsAndSeveralNumbersAreValues() {
    with("x", Npy.counting(2, 3)).with("y", Npy.floats(new float[] {1, 2}, 2));
    assertThat(open().train().targets()).hasToString("1 value");
    with("y", Npy.floats(new float[] {1, 2, 3, 4}, 2, 2));
    assertThat(((Targets.Values) open().train().targets()).values()).containsExactly(1, 2, 3, 4);
    with("y", Npy.counting(2, 2));
    assertThat(open().train().targets()).hasToString("2 values");
    with("x_test", Npy.counting(2, 3)).with("y_test", Npy.longs(7, -8));
    assertThat(((Targets.Values) open().test(0).orElseThrow().targets()).values()).containsExactly(7, -8);
    with("y", Npy.counting(2, 1));
    assertThat(open().train().targets()).hasToString("2 classes");
  }

  @Test
  void whatDoesNotGoTogetherIsNamed() {
    with("x_train", Npy.counting(2, 3));
    refused("'FILE' has no arrays x_train and y_train, or x and y; there are: x_train: give them these names, in NumPy with"
        + " np.savez(file, x_train=..., y_train=...)");
    with("y_train", Npy.longs(0, 1, 0));
    refused("'FILE' has 2 examples in x_train and 3 targets in y_train; give each example one");
    with("y_train", Npy.longs(0, 1)).with("x_test", Npy.counting(1, 3)).with("y_test", Npy.longs(2));
    refused("'FILE', y_test.npy has label 2, but the labels to train on are 0 to 1; correct it, or train on examples of that class,"
        + " too");
    with("y_test", Npy.floats(new float[] {1}, 1));
    refused("'FILE', y_test.npy is no integer for each example, but of shape (1,), of floats, and those to train on are classes; make"
        + " them alike");
    with("y_test", Npy.counting(2, 2));
    refused("'FILE', y_test.npy is no integer for each example, but of shape (2, 2), and those to train on are classes; make them"
        + " alike");
    with("y_test", Npy.counting(2));
    refused("'FILE' has 1 examples in x_test and 2 targets in y_test; give each example one");
    with("y_train", Npy.longs(1, 2));
    refused("the labels of 'FILE', y_train.npy begin at 1, but classes are counted from 0; subtract 1 from each label, those to test"
        + " with, too");
    with("y_train", Npy.longs(0, 0));
    refused("'FILE', y_train.npy has label 0 only; training needs examples of two classes or more, counted from 0");
    with("y_train", Npy.longs(0, -1));
    refused("'FILE', y_train.npy has label -1 at example 1; classes are counted from 0, and values to predict are floats: in NumPy"
        + " .astype('float32')");
    with("y_train", Npy.floats(new float[] {1, Float.NaN}, 2));
    refused("'FILE', y_train.npy has NaN in example 1; replace it, in NumPy with np.nan_to_num, or take the example away");
    with("y_train", Npy.longs(0, 1)).with("x_train", Npy.floats(new float[] {1, 2, 3, Float.NEGATIVE_INFINITY}, 2, 2));
    refused("'FILE', x_train.npy has -Infinity in example 1; replace it, in NumPy with np.nan_to_num, or take the example away");
    with("x_train", Npy.counting(0, 2));
    refused("'FILE', x_train.npy is of shape (0, 2), with no examples; the first size is their number");
    with("x_train", Npy.counting());
    refused("'FILE', x_train.npy is of shape (), with no examples; the first size is their number");
  }
}
