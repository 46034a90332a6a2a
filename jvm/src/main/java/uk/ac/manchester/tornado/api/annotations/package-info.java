// SPDX-License-Identifier: Apache-2.0

/**
 * The annotation of parallel loops, as TornadoVM has it.
 */
package uk.ac.manchester.tornado.api.annotations;
