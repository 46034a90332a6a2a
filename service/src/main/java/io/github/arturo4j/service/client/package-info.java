// SPDX-License-Identifier: Apache-2.0
/**
 * A client of the service in Java. {@link io.github.arturo4j.service.client.ServiceClient} is where to begin. It throws two
 * exceptions: {@link io.github.arturo4j.service.client.ServiceException} where the server refuses, and
 * {@link io.github.arturo4j.service.client.ConnectionException} where there is no server, or none that can be understood.
 */
package io.github.arturo4j.service.client;
