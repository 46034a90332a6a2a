// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIf;

/** Marks tests of the JVM device itself; they are skipped where a TornadoVM SDK has taken its place. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@DisabledIf(
    value = "io.github.arturo4j.jvm.TornadoApiContractTest#onTornadoVm",
    disabledReason = "TornadoVM runs in place of the JVM device")
@interface JvmDeviceTest {}
