// SPDX-License-Identifier: Apache-2.0

/**
 * Networks: layers one behind the other, the layout of their parameters, and weights.
 */
package io.github.arturo4j.models;
