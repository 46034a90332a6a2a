// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

/**
 * How a job goes on.
 *
 * @param epochs as many in all; null for as many as before
 */
public record ResumeRequest(Integer epochs) {}
