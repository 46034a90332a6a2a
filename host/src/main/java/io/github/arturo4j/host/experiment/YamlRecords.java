// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import static com.fasterxml.jackson.databind.cfg.CoercionInputShape.EmptyString;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Records as YAML. What is read has every key once, and nothing but a value of the key's type is taken for it. */
final class YamlRecords {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.USE_NATIVE_TYPE_ID) // the name of an optimizer is a key like others
          .withCoercionConfigDefaults(
              coercion -> coercion.setAcceptBlankAsEmpty(false).setCoercion(EmptyString, CoercionAction.Fail))
          .annotationIntrospector(new RequiredKeys())
          .addModule(new OptimizerModule())
          .addModule(new ScheduleModule())
          .addModule(new GroupModule())
          .addModule(new LossModule())
          .addModule(new ModelModule())
          .addModule(new DatasetModule())
          .addModule(new AugmentationModule())
          .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
          .build();

  private YamlRecords() {}

  /**
   * Reads a record.
   *
   * @param source what messages call the text
   * @param remedy what ends them; may be empty
   * @throws IllegalArgumentException if it is not a valid one; the message is one line
   */
  static <T> T read(byte[] yaml, String source, String remedy, Class<T> type) {
    YamlText text = new YamlText(yaml, source, remedy);
    try {
      T value = YAML.readerFor(type).withAttribute(YamlText.class, text).readValue(text.text());
      refuseEmpty(text, type);
      return value;
    } catch (JsonMappingException e) {
      throw new YamlFault(e, text).exception();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the text has been read before, and is in memory
    }
  }

  /** Refuses keys without a value that might as well be left out; other ones do not come this far. */
  private static void refuseEmpty(YamlText text, Class<?> type) {
    RecordComponent[] components = type.isRecord() ? type.getRecordComponents() : new RecordComponent[0];
    Set<String> allowed =
        Stream.of(components)
            .filter(component -> component.getAccessor().isAnnotationPresent(JsonSetter.class))
            .map(RecordComponent::getName)
            .collect(Collectors.toSet());
    for (JsonPointer key : text.empty()) {
      if (!allowed.contains(YamlText.name(key))) {
        throw text.fault(
            text.line(key), "key '" + YamlText.name(key) + "' is empty; give it a value, or leave it out", null);
      }
    }
  }

  /** A value as the tree that its YAML is. */
  static <T extends JsonNode> T tree(Object value) {
    return YAML.valueToTree(value);
  }

  /** A tree as numbers, texts, lists and maps. */
  static Object plain(JsonNode tree) {
    return YAML.convertValue(tree, Object.class);
  }

  /** A record as YAML, every value in it. */
  static String write(Object value) {
    try {
      return YAML.writeValueAsString(value);
    } catch (JacksonException e) {
      throw new IllegalStateException(e);
    }
  }
}
