// SPDX-License-Identifier: Apache-2.0

/** What a run's optimizer tells of itself, as advice, table and page. */
package io.github.arturo4j.host.diagnose;
