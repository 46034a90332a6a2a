// SPDX-License-Identifier: Apache-2.0

/**
 * Folders of image files, one folder a class, as torchvision's {@code ImageFolder}: which files there are ({@link
 * io.github.arturo4j.host.data.images.ImageFolder}), how a file becomes the bytes of an image ({@link
 * io.github.arturo4j.host.data.images.ImageDecoder}), and all of them as one set ({@link
 * io.github.arturo4j.host.data.images.ImageLoader}).
 */
package io.github.arturo4j.host.data.images;
