// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.autotune;

import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.train.TrainingSetup;
import io.github.arturo4j.kernels.device.ProductCuts;
import io.github.arturo4j.kernels.linalg.Product;
import io.github.arturo4j.kernels.tuning.Tuned;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What a training does before it begins: it takes the cuts that are kept for its device, and if some of its products are not among them,
 * it measures those of most work for a second or two, and leaves the others to the rule for good. So the next training of the network has
 * the same kernels, and the same bits.
 */
public final class FirstTraining {
  private static final double SECONDS = 2;

  private final Autotuner tuner;
  private final CutsFile file;
  private final Consumer<String> told;

  /**
   * One on a device.
   *
   * @param told takes a line on what was measured, and warnings
   */
  public FirstTraining(Autotuner tuner, CutsFile file, Consumer<String> told) {
    this.tuner = tuner;
    this.file = file;
    this.told = told;
  }

  /** The training with its products cut as is best. */
  public TrainingSetup tuned(TrainingSetup setup) {
    return tuner.tunes() ? setup.cut(cuts(NetworkProducts.of(setup))) : setup;
  }

  /** Those that the rule would not choose. */
  ProductCuts cuts(List<Product> products) {
    ProductCuts kept = kept();
    List<Product> unknown = products.stream().filter(product -> kept.find(product.key()).isEmpty()).toList();
    if (unknown.isEmpty()) {
      return tuner.beyondTheRule(products, kept);
    }
    long start = System.nanoTime();
    List<Tuned> measured = tuner.tune(unknown, () -> seconds(start) < SECONDS, _ -> {});
    ProductCuts found = tuner.cuts(unknown, measured);
    told.accept(
        String.format(
            Locale.ROOT, "Kernels: tried %d ways to cut %d of %d products in %.1f s (--no-autotune: none; 'arturo tune-device': all),"
                + " kept in %s",
            measured.stream().mapToInt(tuned -> tuned.trials().size()).sum(), measured.size(), unknown.size(), seconds(start),
            file.path()));
    measured.stream().filter(tuned -> tuned.wrong() > 0).map(FirstTraining::wrong).forEach(told);
    keep(found);
    return tuner.beyondTheRule(products, kept.plus(found));
  }

  /** A line on a product of which a candidate was wrong. */
  public static String wrong(Tuned tuned) {
    return "warning: of " + tuned.trials().size() + " ways to cut the product '" + tuned.product().key() + "', " + tuned.wrong()
        + " gave a wrong result or none and are not used; 'arturo doctor' says whether the device is right";
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) * 1e-9;
  }

  private ProductCuts kept() {
    try {
      return file.read();
    } catch (InputException e) {
      told.accept("warning: " + e.getMessage());
      return ProductCuts.NONE;
    }
  }

  private void keep(ProductCuts found) {
    try {
      file.add(found, false);
    } catch (OperationException e) {
      told.accept("warning: " + e.getMessage());
    }
  }
}
