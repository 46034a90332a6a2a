// SPDX-License-Identifier: Apache-2.0

/**
 * The command line: options, words, exit codes; and nothing else.
 */
package io.github.arturo4j.host.cli;
