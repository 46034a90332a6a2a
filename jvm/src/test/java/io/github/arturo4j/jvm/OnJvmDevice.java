// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import uk.ac.manchester.tornado.api.TaskGraph;

/** Marks a test of the JVM device, which is not there where TornadoVM's own API, a named module, hides ours. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnJvmDevice.Condition.class)
@interface OnJvmDevice {
  /** Enabled unless TornadoVM's SDK runs the tests. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return TaskGraph.class.getModule().isNamed()
          ? ConditionEvaluationResult.disabled("TornadoVM's SDK runs these tests, not the JVM device")
          : ConditionEvaluationResult.enabled("on the JVM device");
    }
  }
}
