// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import io.github.arturo4j.collective.Collective;
import io.github.arturo4j.models.plan.TrainingState;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** What the ranks of a training have to be one about, each of which keeps weights and optimizer for itself. */
final class RankAgreement {
  /** Characters of a line at most. */
  private static final int LINE = 1000;

  private RankAgreement() {}

  /**
   * What each rank has to say.
   *
   * @param here a line, or nothing
   * @return the lines, in the order of the ranks; those that are longer than {@value #LINE} characters are cut there
   */
  static List<String> lines(Collective ranks, String here) {
    double[] characters = new double[LINE];
    for (int i = 0; i < Math.min(LINE, here.length()); i++) {
      characters[i] = here.charAt(i);
    }
    return Stream.of(ranks.allGather(characters)).map(RankAgreement::line).toList();
  }

  private static String line(double[] characters) {
    StringBuilder line = new StringBuilder();
    for (double character : characters) {
      if (character != 0) {
        line.append((char) character);
      }
    }
    return line.toString();
  }

  /**
   * Checks that all ranks have come to the same weights and optimizer's state, bit for bit. Where they divide these, what each rank
   * decides for itself, such as η, tells.
   *
   * @param epoch the epoch in which they have
   * @throws CommonFailure on all ranks, if one has not
   */
  static void check(Collective ranks, TrainingState state, int epoch) {
    if (ranks.size() == 1) {
      return;
    }
    double[] digest =
        DoubleStream.concat(
                DoubleStream.of(Arrays.hashCode(state.weights().parameters()), Arrays.hashCode(state.weights().buffers())),
                state.optimizer().values().stream().mapToDouble(Arrays::hashCode))
            .toArray();
    double[][] all = ranks.allGather(digest);
    for (int rank = 1; rank < all.length; rank++) {
      if (!Arrays.equals(all[rank], all[0])) {
        throw new CommonFailure(
            "in epoch " + epoch + " rank " + rank + " has come to other weights than rank 0, though it was given the same"
                + " gradients: their devices or drivers compute different bits; train on devices of one make and driver, from the"
                + " last checkpoint on");
      }
    }
  }
}
