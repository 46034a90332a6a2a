// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.export;

import io.github.arturo4j.host.protobuf.ProtoMessage;
import java.util.function.Consumer;

/**
 * An attribute of a node.
 *
 * @param type as {@code AttributeProto.AttributeType} numbers it
 * @param value adds the value to the attribute's message
 */
record Attribute(String name, int type, Consumer<ProtoMessage> value) {
  private static final int FLOAT = 1;
  private static final int INT = 2;
  private static final int STRING = 3;
  private static final int INTS = 7;

  /** A whole number. */
  static Attribute integer(String name, long value) {
    return new Attribute(name, INT, message -> message.number(3, value));
  }

  /** A number. */
  static Attribute real(String name, double value) {
    return new Attribute(name, FLOAT, message -> message.real(2, (float) value));
  }

  /** A word. */
  static Attribute word(String name, String value) {
    return new Attribute(name, STRING, message -> message.text(4, value));
  }

  /** Whole numbers. */
  static Attribute integers(String name, int... values) {
    return new Attribute(
        name, INTS,
        message -> {
          for (int value : values) {
            message.number(8, value);
          }
        });
  }

  /** An {@code AttributeProto}. */
  ProtoMessage message() {
    ProtoMessage message = new ProtoMessage().text(1, name);
    value.accept(message);
    return message.number(20, type);
  }
}
