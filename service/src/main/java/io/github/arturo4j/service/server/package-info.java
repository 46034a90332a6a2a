// SPDX-License-Identifier: Apache-2.0
/** A server as a whole: its folder, database, queue and HTTP interface. */
package io.github.arturo4j.service.server;
