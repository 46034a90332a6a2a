// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

/**
 * What is wrong with a request (RFC 9457).
 *
 * @param type a name for the kind, about:blank
 * @param title the status in words
 * @param status of HTTP
 * @param detail what is wrong; what to do about it
 * @param field where, such as options.epochs; null if it is not in one
 */
public record Problem(String type, String title, int status, String detail, String field) {}
