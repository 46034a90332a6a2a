// SPDX-License-Identifier: Apache-2.0
/**
 * What the processes of one training exchange: sums of gradients, small numbers, what the first of them has read. {@link
 * io.github.arturo4j.collective.Collectives} opens it: by MPI, whose library is called through the foreign-function interface, or
 * for a process that trains alone.
 */
package io.github.arturo4j.collective;
