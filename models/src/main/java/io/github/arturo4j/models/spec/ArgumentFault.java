// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.spec;

/** That a layer's value is not of the kind that it asks for; the message names place and key. */
final class ArgumentFault extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  ArgumentFault(Node at, String what) {
    super(at.place() + ": " + what);
  }
}
