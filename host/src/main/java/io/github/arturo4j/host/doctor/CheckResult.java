// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import java.util.List;

/**
 * What a check has found.
 *
 * @param name what was checked
 * @param faults a line each; none if all is right
 * @param seconds that it took
 */
public record CheckResult(String name, List<String> faults, double seconds) {}
