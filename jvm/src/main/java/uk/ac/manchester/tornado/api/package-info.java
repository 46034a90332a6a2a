// SPDX-License-Identifier: Apache-2.0

/**
 * Graphs, plans, devices: the part of TornadoVM's API that we use, on the plain JVM. With an SDK its own module comes first.
 */
package uk.ac.manchester.tornado.api;
