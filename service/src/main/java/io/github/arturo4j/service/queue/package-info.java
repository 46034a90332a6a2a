// SPDX-License-Identifier: Apache-2.0
/** Which job gets which device when, and what happens when its process ends. */
package io.github.arturo4j.service.queue;
