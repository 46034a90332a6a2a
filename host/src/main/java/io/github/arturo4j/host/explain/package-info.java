// SPDX-License-Identifier: Apache-2.0

/** Pictures of how arTuRO works, computed by the optimizer's reference. */
package io.github.arturo4j.host.explain;
