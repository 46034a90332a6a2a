// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.autotune;

import io.github.arturo4j.kernels.device.Cut;
import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.ProductCuts;
import io.github.arturo4j.kernels.linalg.CutCandidates;
import io.github.arturo4j.kernels.linalg.Product;
import io.github.arturo4j.kernels.tuning.ProductTuner;
import io.github.arturo4j.kernels.tuning.Tuned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Tunes the products of a network on a device. */
public final class Autotuner {
  private final Devices.Entry device;
  private final DeviceTraits traits;

  /** One for kernels of the device's own shape. */
  public Autotuner(Devices.Entry device) {
    this(device, device.traits());
  }

  /** One for kernels that are chosen for these traits. */
  Autotuner(Devices.Entry device, DeviceTraits traits) {
    this.device = device;
    this.traits = traits;
  }

  /** Whether there is something to tune: on the JVM, and where NVIDIA's are taken, libraries make the products. */
  public boolean tunes() {
    return traits.tiles();
  }

  /**
   * Measures, those of most work first.
   *
   * @param goOn asked before each candidate whether there is time for it
   * @param told each product that was begun
   */
  public List<Tuned> tune(List<Product> products, BooleanSupplier goOn, Consumer<Tuned> told) {
    ProductTuner tuner = new ProductTuner(device.device(), traits);
    List<Tuned> done = new ArrayList<>();
    for (Product product : products.stream().sorted(Comparator.comparingLong(Product::flops).reversed()).toList()) {
      if (!goOn.getAsBoolean()) {
        break;
      }
      Tuned tuned = tuner.tune(product, goOn);
      told.accept(tuned);
      done.add(tuned);
    }
    return done;
  }

  /** A cut for each of the products: the best of what was measured, or else that of the rule. */
  public ProductCuts cuts(List<Product> products, List<Tuned> measured) {
    Map<String, Cut> cuts = new HashMap<>();
    products.forEach(product -> cuts.put(product.key(), rule(product)));
    measured.forEach(tuned -> tuned.best().ifPresent(best -> cuts.put(tuned.product().key(), best.cut())));
    return ProductCuts.of(cuts);
  }

  /** Of these cuts, those of the products that the rule cuts in another way. */
  public ProductCuts beyondTheRule(List<Product> products, ProductCuts cuts) {
    Map<String, Cut> others = new HashMap<>();
    for (Product product : products) {
      cuts.find(product.key()).filter(cut -> !cut.equals(rule(product))).ifPresent(cut -> others.put(product.key(), cut));
    }
    return ProductCuts.of(others);
  }

  private Cut rule(Product product) {
    return CutCandidates.byRule(product, traits.cutRule());
  }
}
