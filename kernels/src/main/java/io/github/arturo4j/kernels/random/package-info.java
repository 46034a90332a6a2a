// SPDX-License-Identifier: Apache-2.0

/**
 * Random numbers of kernels: functions of a key and an element's number, so that they are the same however often and in
 * whatever order they are asked for.
 */
package io.github.arturo4j.kernels.random;
