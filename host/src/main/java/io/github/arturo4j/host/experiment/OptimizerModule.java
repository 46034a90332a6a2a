// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.VersionUtil;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.kernels.optimizer.Optimizers;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Optimizers as sections of keys: {@code name} says which one, its values follow; what is left out has its default. */
public final class OptimizerModule extends SimpleModule {
  /** The key that says which optimizer it is, or which schedule. */
  public static final String TYPE = "name";

  private static final long serialVersionUID = 1;

  private static final ObjectMapper DEFAULTS =
      JsonMapper.builder().enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING).build();

  /** What Jackson would find on the interface, were it in this module. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = TYPE)
  private interface ByName {}

  /** All optimizers that there are. */
  public OptimizerModule() {
    super("optimizers", VersionUtil.parseVersion("1", null, null));
    setMixInAnnotation(OptimizerConfig.class, ByName.class);
    for (OptimizerConfig config : Optimizers.all()) {
      registerSubtypes(new NamedType(config.getClass(), config.name()));
      Arrays.stream(config.getClass().getRecordComponents())
          .map(RecordComponent::getType)
          .filter(Class::isEnum)
          .forEach(choice -> addSerializer(choice, ToStringSerializer.instance));
    }
    setDeserializerModifier(new Modifier());
  }

  private static final class Modifier extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1;

    @Override
    public JsonDeserializer<?> modifyDeserializer(
        DeserializationConfig config, BeanDescription description, JsonDeserializer<?> deserializer) {
      return OptimizerConfig.class.isAssignableFrom(description.getBeanClass())
          && description.getBeanClass().isRecord()
          ? new WithDefaults(deserializer)
          : deserializer;
    }
  }

  /** Takes the default for each value that is not there. */
  private static final class WithDefaults extends DelegatingDeserializer {
    private static final long serialVersionUID = 1;

    WithDefaults(JsonDeserializer<?> delegate) {
      super(delegate);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
      return new WithDefaults(delegate);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      ObjectNode left =
          Optimizers.all().stream().filter(handledType()::isInstance).findAny().map(DEFAULTS::<ObjectNode>valueToTree).orElseThrow();
      try (TokenBuffer section = context.bufferForInputBuffering(parser)) {
        section.writeStartObject();
        for (; parser.currentToken() == JsonToken.FIELD_NAME; parser.nextToken()) { // behind the optimizer's name
          left.remove(parser.currentName());
          section.copyCurrentStructure(parser);
        }
        try (JsonParser defaults = left.traverse()) {
          defaults.nextToken();
          while (defaults.nextToken() == JsonToken.FIELD_NAME) {
            section.copyCurrentStructure(defaults);
          }
        }
        section.writeEndObject();
        return super.deserialize(section.asParserOnFirstToken(), context);
      }
    }
  }
}
