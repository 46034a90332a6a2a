// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a component of an {@link OptimizerConfig}, or of another record of values, is. Constructors check by it; experiment
 * files, messages, help texts and documentation are made of it, see {@link Hyperparameters}.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Hyperparameter {
  /** What it does, in one line. */
  String value();

  /** What it may be. */
  Range range();
}
