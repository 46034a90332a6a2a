// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

import io.github.arturo4j.models.data.Examples;

/**
 * Images of files, in their order, in memory or streamed.
 *
 * @param files those that could be read
 */
public record LoadedImages(Examples examples, ImageFolder files) {}
