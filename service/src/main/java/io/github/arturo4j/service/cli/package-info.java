// SPDX-License-Identifier: Apache-2.0
/** The commands that serve, and those that talk to a server: words and options, nothing else. */
package io.github.arturo4j.service.cli;
