// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.autotune;

import io.github.arturo4j.host.train.TrainingLoop;
import io.github.arturo4j.host.train.TrainingSetup;
import io.github.arturo4j.kernels.linalg.Product;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.plan.NetworkTasks;
import java.util.List;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** The products that a training consists of: those of its steps and of its evaluations, each once. */
public final class NetworkProducts {
  private NetworkProducts() {}

  /** Those of a training. */
  public static List<Product> of(TrainingSetup setup) {
    Integer micro = setup.config().experiment().microBatch();
    int batch = Math.min(setup.config().experiment().batchSize(), setup.train().count());
    int most = Math.max(setup.train().count(), setup.judging().count());
    return of(setup.config().network(), micro == null ? batch : Math.min(micro, batch), most, setup.device().device());
  }

  /**
   * Those of a network.
   *
   * @param batch examples whose gradients are computed at a time
   * @param most examples that are evaluated at a time at most
   */
  public static List<Product> of(Network network, int batch, int most, TornadoDevice device) {
    int evaluated = Math.min(TrainingLoop.evaluationBatch(network), most);
    return Stream.concat(
            NetworkTasks.products(network, device, batch, true).stream(),
            NetworkTasks.products(network, device, evaluated, false).stream())
        .distinct()
        .toList();
  }
}
