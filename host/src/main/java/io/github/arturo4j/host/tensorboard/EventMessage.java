// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tensorboard;

import io.github.arturo4j.host.protobuf.ProtoMessage;
import java.time.Instant;
import java.util.Map;

/** The messages of TensorFlow's {@code event.proto} and {@code summary.proto} that TensorBoard needs, by their fields' numbers. */
final class EventMessage {
  private static final String VERSION = "brain.Event:2";
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SESSION_LOG = 7;
  private static final int STATUS = 1;
  private static final int START = 1;
  private static final int VALUE = 1;
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;

  private EventMessage() {}

  /** What a file begins with. */
  static ProtoMessage version(Instant time, long step) {
    return event(time, step).text(FILE_VERSION, VERSION);
  }

  /** That a session begins, which makes void what files before have of this step and of later ones. */
  static ProtoMessage start(Instant time, long step) {
    return event(time, step).message(SESSION_LOG, new ProtoMessage().number(STATUS, START));
  }

  /** Scalars at a step, by their tags. */
  static ProtoMessage scalars(Instant time, long step, Map<String, Double> values) {
    ProtoMessage summary = new ProtoMessage();
    values.forEach((tag, value) -> summary.message(VALUE, new ProtoMessage().text(TAG, tag).real(SIMPLE_VALUE, value.floatValue())));
    return event(time, step).message(SUMMARY, summary);
  }

  private static ProtoMessage event(Instant time, long step) {
    return new ProtoMessage().real(WALL_TIME, time.toEpochMilli() * 1e-3).number(STEP, step);
  }
}
