// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.tuning;

import io.github.arturo4j.kernels.device.Cut;
import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.ProductCuts;
import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.graph.KernelProgram;
import io.github.arturo4j.kernels.inspect.DeviceException;
import io.github.arturo4j.kernels.linalg.BatchedProduct;
import io.github.arturo4j.kernels.linalg.ConvolutionProduct;
import io.github.arturo4j.kernels.linalg.CutCandidates;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.linalg.LinearProduct;
import io.github.arturo4j.kernels.linalg.Product;
import io.github.arturo4j.kernels.linalg.TiledLinearAlgebra;
import io.github.arturo4j.kernels.tuning.Tuned.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * Tries the candidates for the cut of a product on a device: first tiles, for convolutions also those of Winograd's products, then for
 * the best of them other places of a thread's results, and numbers of parts. Each computes a
 * product of small whole numbers, which is exact in any order: its result has to be the plain sums, looked at in samples, and bit for bit
 * that of the first one that was right.
 */
public final class ProductTuner {
  private static final String ERASE = "erase";
  private static final String PRODUCT = "product";
  private static final int MIN_RUNS = 2;
  private static final int MAX_RUNS = 10;
  private static final double LONG_ENOUGH = 0.03;

  private final TornadoDevice device;
  private final DeviceTraits traits;
  private final BiFunction<Product, Cut, LinearAlgebra> kernels;

  /** One of the tiled kernels on a device, chosen for these traits. */
  public ProductTuner(TornadoDevice device, DeviceTraits traits) {
    this(
        device, traits,
        (product, cut) -> new TiledLinearAlgebra(traits.cutRule(), ProductCuts.of(Map.of(product.key(), cut))));
  }

  /** One of other kernels. */
  ProductTuner(TornadoDevice device, DeviceTraits traits, BiFunction<Product, Cut, LinearAlgebra> kernels) {
    this.device = device;
    this.traits = traits;
    this.kernels = kernels;
  }

  /**
   * Tries what is worth it.
   *
   * @param goOn asked before each candidate but the first
   */
  public Tuned tune(Product product, BooleanSupplier goOn) {
    Operands operands = operands(product);
    Trials trials = new Trials(product, operands, goOn);
    boolean complete = trials.all(List.of(CutCandidates.byRule(product, traits.cutRule())));
    complete &= trials.all(CutCandidates.tiles(product, traits.cutRule()));
    complete = complete && trials.all(CutCandidates.winograd(product, traits.cutRule()));
    if (complete && trials.fastest().isPresent()) {
      complete =
          trials.all(CutCandidates.places(trials.fastest().get())) && trials.all(CutCandidates.parts(product, trials.fastest().get()));
    }
    return trials.told(complete);
  }

  private static Operands operands(Product product) {
    return switch (product) {
      case LinearProduct p -> new LinearOperands(p);
      case ConvolutionProduct p -> new ConvolutionOperands(p);
      case BatchedProduct p -> new BatchedOperands(p);
    };
  }

  /** Those of a product. */
  private final class Trials {
    private final Product product;
    private final Operands operands;
    private final ProductArrays arrays;
    private final ExactResult exact;
    private final BooleanSupplier goOn;
    private final List<Trial> done = new ArrayList<>();

    Trials(Product product, Operands operands, BooleanSupplier goOn) {
      this.product = product;
      this.operands = operands;
      this.goOn = goOn;
      arrays = new ProductArrays(operands);
      exact = new ExactResult(operands, arrays, product.terms());
    }

    /** Whether there was time for all. */
    boolean all(List<Cut> cuts) {
      for (Cut cut : cuts) {
        if (!done.isEmpty() && !goOn.getAsBoolean()) {
          return false;
        }
        done.add(measure(cut));
      }
      return true;
    }

    /** What was measured so far. */
    Tuned told(boolean complete) {
      return new Tuned(product, List.copyOf(done), complete);
    }

    Optional<Cut> fastest() {
      return told(false).best().map(Trial::cut);
    }

    private Trial measure(Cut cut) {
      KernelProgram program = new KernelProgram(device, traits);
      arrays.addErasure(program.section(ERASE));
      KernelGraph graph = program.section(PRODUCT).once(arrays.left, arrays.right).result(arrays.result);
      operands.addTo(graph, kernels.apply(product, cut), arrays);
      try (GraphPlan plan = program.plan()) {
        plan.execute(ERASE);
        plan.execute(PRODUCT).transferToHost(arrays.result);
        return exact.is(arrays.result) ? new Trial(cut, seconds(plan), true) : new Trial(cut, Double.NaN, false);
      } catch (DeviceException e) {
        return new Trial(cut, Double.NaN, false); // more registers or local memory than there are, for instance
      }
    }

    private double seconds(GraphPlan plan) {
      double best = Double.POSITIVE_INFINITY;
      double spent = 0;
      for (int run = 0; run < MIN_RUNS || run < MAX_RUNS && spent < LONG_ENOUGH; run++) {
        long start = System.nanoTime();
        plan.execute(PRODUCT);
        double seconds = (System.nanoTime() - start) * 1e-9;
        best = Math.min(best, seconds);
        spent += seconds;
      }
      return best;
    }
  }
}
