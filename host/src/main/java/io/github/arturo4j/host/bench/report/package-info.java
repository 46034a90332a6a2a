// SPDX-License-Identifier: Apache-2.0

/**
 * {@code bench report}: all measurements of a device in the time that there is, as one folder to read and to send.
 */
package io.github.arturo4j.host.bench.report;
