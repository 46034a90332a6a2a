// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

/**
 * A layer as a network lists it, in PyTorch's terms. It is an immutable value that owns all about itself: the shapes it
 * takes and makes, its parameters and how they begin, and its {@link Stage}, whose {@link StageTasks} are its forward and
 * backward pass. Its tensors are named after its place in the list, as in an nn.Sequential, unless it is {@link Named}.
 */
public interface Layer {
  /**
   * Adds the layer to a network, behind what is there.
   *
   * @param network where its stages and parameters go
   * @param path the layer's place, which its tensors' names begin with: {@code layer1.0.conv1}
   * @throws IllegalArgumentException if it cannot stand there; the message is one line
   */
  void addTo(NetworkBuilder network, String path);
}
