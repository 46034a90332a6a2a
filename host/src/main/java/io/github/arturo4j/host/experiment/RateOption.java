// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import java.util.Locale;

/** The command line's option for an optimizer's rate: {@code --learning-rate} or {@code --kl-bound}. */
public final class RateOption {
  private RateOption() {}

  /** Its name, as that of the value, in the command line's spelling. */
  public static String of(OptimizerConfig optimizer) {
    return "--" + optimizer.rateName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
