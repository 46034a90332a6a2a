// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.autotune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.kernels.device.Cut;
import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.device.ProductCuts;
import io.github.arturo4j.kernels.linalg.LinearProduct;
import io.github.arturo4j.kernels.linalg.Product;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstTrainingTest {
  private static final Devices.Entry DEVICE = Devices.find(null);
  private static final DeviceTraits TRAITS = DeviceTraits.of(DEVICE.device()).in(KernelShape.GROUPS).processors(2);
  private static final Product LARGE = LinearProduct.forward(20, 200, 30);
  private static final Product SMALL = LinearProduct.input(5, 4, 3);

  @TempDir Path folder;

  private final List<String> told = new ArrayList<>();

  private ProductCuts train(Product... products) {
    return new FirstTraining(new Autotuner(DEVICE, TRAITS), file(), told::add).cuts(List.of(products));
  }

  private CutsFile file() {
    return CutsFile.in(folder.resolve("kernels"), DEVICE);
  }

  @Test
  void theFirstTrainingMeasuresAndTheNextTakesWhatItHasFound() {
    ProductCuts first = train(SMALL, LARGE);
    assertThat(told).hasSize(1).first().asString()
        .contains("ways to cut 2 of 2 products", "--no-autotune", "arturo tune-device", file().path().toString());
    ProductCuts kept = file().read();
    assertThat(kept.cuts()).containsOnlyKeys(LARGE.key(), SMALL.key());
    assertThat(kept.cuts()).containsAllEntriesOf(first.cuts());
    told.clear();
    assertThat(train(SMALL, LARGE)).isEqualTo(first);
    assertThat(told).isEmpty();
    assertThat(train(LinearProduct.forward(3, 2, 2), LARGE).find(LARGE.key())).isEqualTo(first.find(LARGE.key()));
    assertThat(file().read().cuts()).hasSize(3);
  }

  /** Else the second training would have other kernels, and other bits. */
  @Test
  void whatTheTimeDidNotSufficeForIsLeftToTheRuleForGood() {
    Product[] many = IntStream.range(0, 400).mapToObj(i -> LinearProduct.forward(130 + i, 300, 130)).toArray(Product[]::new);
    ProductCuts first = train(many);
    assertThat(told.getFirst()).containsPattern("cut \\d{1,2} of 400 products in [2-9]");
    assertThat(file().read().cuts()).hasSize(many.length);
    told.clear();
    assertThat(train(many)).isEqualTo(first);
    assertThat(told).isEmpty();
  }

  @Test
  void onlyWhatTheRuleWouldNotChooseIsTold() {
    Autotuner tuner = new Autotuner(DEVICE, TRAITS);
    ProductCuts rule = tuner.cuts(List.of(LARGE, SMALL), List.of());
    assertThat(tuner.beyondTheRule(List.of(LARGE, SMALL), rule)).isEqualTo(ProductCuts.NONE);
    file().add(rule.plus(ProductCuts.of(Map.of(LARGE.key(), new Cut(8, 8, 4, 1)))), false);
    assertThat(train(SMALL, LARGE)).isEqualTo(ProductCuts.of(Map.of(LARGE.key(), new Cut(8, 8, 4, 1))));
    assertThat(train(SMALL)).isEqualTo(ProductCuts.NONE);
  }

  @Test
  void whatIsKeptStaysUnlessItIsReplaced() {
    ProductCuts before = ProductCuts.of(Map.of("a", new Cut(1, 1, 4, 1), "b", new Cut(2, 2, 4, 2)));
    file().add(before, false);
    ProductCuts others = ProductCuts.of(Map.of("b", new Cut(4, 4, 4, 4), "c", new Cut(8, 8, 4, 8)));
    file().add(others, false);
    assertThat(file().read()).isEqualTo(others.plus(before));
    file().add(others, true);
    assertThat(file().read()).isEqualTo(before.plus(others));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a = 8x8", " = 1x1x1x1", "a = 1x1x1x1\n\n", "\0"})
  void aDamagedFileIsNamedAndMeasuredAnew(String content) throws IOException {
    Files.createDirectories(file().path().getParent());
    Files.writeString(file().path(), "# device: one\n" + content + "\n");
    assertThatThrownBy(() -> file().read()).isInstanceOf(InputException.class)
        .hasMessageStartingWith("'" + file().path() + "', which").hasMessageEndingWith("delete it").hasMessageContaining("line ");
    train(SMALL);
    assertThat(told).hasSize(2).first().asString().startsWith("warning: '" + file().path() + "'");
    assertThat(file().read().cuts()).containsOnlyKeys(SMALL.key());
  }

  @Test
  void aTrainingGoesOnWhereNothingCanBeKept() throws IOException {
    Files.writeString(folder.resolve("kernels"), "a file in the folder's place");
    train(LARGE);
    assertThat(told).hasSize(2).last().asString().startsWith("warning: cannot keep the tuned kernels in '")
        .endsWith("XDG_CACHE_HOME");
  }

  @Test
  void theFileTellsWhatItIsOf() throws IOException {
    file().add(ProductCuts.of(Map.of("a", new Cut(1, 2, 4, 3))), false);
    assertThat(Files.readAllLines(file().path()))
        .anyMatch(line -> line.startsWith("# device: " + DEVICE.name()))
        .anyMatch(line -> line.startsWith("# tornadovm: "))
        .endsWith("a = 1x2x4x3");
  }

  @Test
  void aNetworksProductsAreThoseOfItsStepsAndEvaluations() {
    List<String> keys =
        NetworkProducts.of(ModelZoo.create("fmnist_cnn"), 64, 100, DEVICE.device()).stream().map(Product::key).toList();
    assertThat(keys)
        .doesNotHaveDuplicates()
        .hasSize(5 + 4 + 5 + 5) // the first layer needs no gradient of its input
        .contains("linear forward 64 256 10", "linear forward 100 256 10", "linear parameters 64 256 10 biased")
        .contains("convolution input 64 32 13 13 64 kernel 3 1 0")
        .noneMatch(key -> key.startsWith("convolution input 64 1 "));
  }
}
