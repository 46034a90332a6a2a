// SPDX-License-Identifier: Apache-2.0
/** A client of the service in Java. */
package io.github.arturo4j.service.client;
