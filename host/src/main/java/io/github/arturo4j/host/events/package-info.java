// SPDX-License-Identifier: Apache-2.0

/**
 * What a training tells to the outside as it goes: lines of JSON that another program follows.
 */
package io.github.arturo4j.host.events;
