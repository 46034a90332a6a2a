// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.github.arturo4j.host.data.Datasets;
import io.github.arturo4j.host.dataset.DatasetConfig;
import io.github.arturo4j.host.dataset.DatasetTypes;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.schedule.MultiStep;
import io.github.arturo4j.host.schedule.Schedule;
import io.github.arturo4j.host.schedule.Schedules;
import io.github.arturo4j.kernels.loss.Loss;
import io.github.arturo4j.kernels.loss.Losses;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.kernels.optimizer.Optimizers;
import io.github.arturo4j.models.layer.Initialization;
import io.github.arturo4j.models.layer.LayerFault;
import io.github.arturo4j.models.spec.Model;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in the words of the file, not of Jackson, why a record could not be read: the line, the key, the value. */
final class YamlFault {
  private static final Map<Class<?>, String> NUMBERS =
      Map.of(
          int.class, "a whole number", Integer.class, "a whole number", long.class, "a whole number", Long.class,
          "a whole number", double.class, "a number", Double.class, "a number");

  private final JsonMappingException cause;
  private final YamlText text;
  private final JsonPointer key;

  YamlFault(JsonMappingException cause, YamlText text) {
    this.cause = cause;
    this.text = text;
    this.key = key(cause);
  }

  /** The key at fault. Of a value that is out of range, the message begins with the key, or a path that ends in it. */
  private static JsonPointer key(JsonMappingException e) {
    JsonPointer key = JsonPointer.empty();
    for (JsonMappingException.Reference part : e.getPath()) {
      key = part.getFieldName() == null ? key.appendIndex(part.getIndex()) : key.appendProperty(part.getFieldName());
    }
    if (isOutOfRange(e)) {
      List<String> names = List.of(e.getCause().getMessage().split(" ", 2)[0].split("\\."));
      for (String name : names.subList(said(names, e.getPath()), names.size())) {
        key = key.appendProperty(name);
      }
    }
    return key;
  }

  /** How many names at the beginning are those that a path ends in. */
  private static int said(List<String> names, List<JsonMappingException.Reference> path) {
    List<String> fields = path.stream().map(JsonMappingException.Reference::getFieldName).toList();
    int count = Math.min(names.size(), fields.size());
    while (!fields.subList(fields.size() - count, fields.size()).equals(names.subList(0, count))) {
      count--;
    }
    return count;
  }

  private static boolean isOutOfRange(JsonMappingException e) {
    return e instanceof ValueInstantiationException && e.getCause() instanceof IllegalArgumentException;
  }

  /** What is thrown. */
  InputException exception() {
    if (cause.getCause() instanceof LayerFault layer) {
      return text.placed(layer.getMessage(), cause);
    }
    if (cause instanceof InvalidTypeIdException unknown && text.isSection(key)) {
      JsonPointer name = key.appendProperty(OptimizerModule.TYPE);
      return text.fault(text.line(name), name(name, unknown.getBaseType().getRawClass()), cause);
    }
    if (!cause.getPath().isEmpty() && cause.getPath().getLast().getFrom() == MultiStep.class) {
      JsonPointer name = key.head().appendProperty(OptimizerModule.TYPE);
      if (text.has(name) && !text.isText(name)) { // read as if it had none
        return text.fault(text.line(name), name(name, MultiStep.class), cause);
      }
    }
    return text.fault(text.line(key), message(), cause);
  }

  private String name(JsonPointer name, Class<?> type) {
    return "key '" + YamlText.name(name) + "' " + (text.has(name) ? text.value(name) : "is missing")
        + "; it must be " + oneOf(names(type).stream());
  }

  /** The names of those of which a section has one; none if it has none. */
  private static List<String> names(Class<?> type) {
    if (Schedule.class.isAssignableFrom(type)) {
      return Schedules.names();
    }
    if (Loss.class.isAssignableFrom(type)) {
      return Losses.names();
    }
    if (type == DatasetConfig.class) {
      return List.copyOf(DatasetTypes.own().sequencedKeySet());
    }
    return OptimizerConfig.class.isAssignableFrom(type) ? Optimizers.names() : List.of();
  }

  private String message() {
    if (cause.getCause() instanceof IllegalArgumentException unread && !isOutOfRange(cause)
        && !(unread instanceof NumberFormatException)) { // by what reads the value
      String said = unread.getMessage();
      return text.shortened("key '" + YamlText.name(key) + (said.startsWith("is ") ? "' " : "': ") + said, key);
    }
    if (isOutOfRange(cause)) {
      return text.shortened(cause.getCause().getMessage(), key);
    }
    if (cause instanceof UnrecognizedPropertyException unknown) {
      String known =
          unknown.getKnownPropertyIds().stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
      return "unknown key '" + YamlText.name(key) + "'"
          + (known.isEmpty() ? "; leave it out" : "; the keys there are: " + known);
    }
    if (!text.has(key)) {
      return "key '" + YamlText.name(key) + "' " + text.missing(key);
    }
    return "key '" + YamlText.name(key) + "' " + text.value(key) + "; it must be " + type();
  }

  /** What the key takes, and how it is spelt if that is what is wrong. */
  private String type() {
    if (cause.getCause() instanceof InputCoercionException number) { // a whole number, but too great
      boolean isInt = number.getTargetType() == int.class || number.getTargetType() == Integer.class;
      return isInt
          ? "from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE
          : "from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE;
    }
    Class<?> type = target();
    if (NUMBERS.containsKey(type)) {
      return NUMBERS.get(type) + (text.isQuotedNumber(key) ? ", without quotes" : "");
    }
    return other(type) + (mayBeLeftOut() ? ", or be left out" : "");
  }

  private Class<?> target() {
    if (cause instanceof InvalidTypeIdException unknown) {
      return unknown.getBaseType().getRawClass();
    }
    return cause instanceof MismatchedInputException mismatch
        ? mismatch.getTargetType()
        : double.class; // YAML has numbers that Java does not read: .inf, 1:30.5
  }

  private static String other(Class<?> type) {
    if (type == boolean.class) {
      return "true or false";
    }
    if (type == String.class) {
      return "a text";
    }
    if (type.isEnum()) {
      return oneOf(Stream.of(type.getEnumConstants()));
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list, in [ ]";
    }
    if (type == DatasetConfig.class) {
      return oneOf(Datasets.names().stream()) + ", or a section of keys, with name " + oneOf(names(type).stream());
    }
    if (type == Initialization.class) {
      return "one of: " + Initialization.names();
    }
    if (type == Model.class) {
      return "the name of a network or a list of layers, each '- relu' or '- conv: {out: 32, kernel: 3}'; the names there are: "
          + String.join(", ", ModelZoo.names());
    }
    if (!names(type).isEmpty()) {
      return "a section of keys, with name " + oneOf(names(type).stream());
    }
    return type.isRecord()
        ? "a section of the keys: "
            + Stream.of(type.getRecordComponents()).map(RecordComponent::getName).collect(Collectors.joining(", "))
        : "a section of keys";
  }

  private boolean mayBeLeftOut() {
    JsonMappingException.Reference last = cause.getPath().getLast();
    return last.getFrom() instanceof Class<?> type && type.isRecord()
        && Stream.of(type.getRecordComponents())
            .filter(component -> component.getName().equals(last.getFieldName()))
            .anyMatch(component -> component.getAccessor().isAnnotationPresent(JsonInclude.class));
  }

  private static String oneOf(Stream<?> values) {
    return "one of: " + values.map(Object::toString).collect(Collectors.joining(", "));
  }
}
