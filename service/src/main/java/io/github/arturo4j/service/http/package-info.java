// SPDX-License-Identifier: Apache-2.0
/** The server's HTTP interface: routes, access, problems, event streams. */
package io.github.arturo4j.service.http;
