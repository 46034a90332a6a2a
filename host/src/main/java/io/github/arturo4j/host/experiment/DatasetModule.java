// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.VersionUtil;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.github.arturo4j.host.dataset.DatasetConfig;
import io.github.arturo4j.host.dataset.DatasetTypes;
import io.github.arturo4j.host.dataset.PublishedDataset;
import java.io.IOException;

/** Data: the name of a published set, or a section of keys of which {@code name} says the kind. */
final class DatasetModule extends SimpleModule {
  private static final long serialVersionUID = 1;

  DatasetModule() {
    super("datasets", VersionUtil.parseVersion("1", null, null));
    addDeserializer(DatasetConfig.class, new Reader());
    DatasetTypes.own().values().forEach(type -> setMixInAnnotation(type, Named.class));
    addSerializer(PublishedDataset.class, new NameWriter());
  }

  /** Has the kind's name written as well. */
  private interface Named {
    @JsonProperty(value = OptimizerModule.TYPE, index = 0)
    String name();
  }

  private static final class Reader extends StdDeserializer<DatasetConfig> {
    private static final long serialVersionUID = 1;

    Reader() {
      super(DatasetConfig.class);
    }

    @Override
    public DatasetConfig deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        return new PublishedDataset(parser.getText());
      }
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        return (DatasetConfig) context.handleUnexpectedToken(DatasetConfig.class, parser);
      }
      ObjectNode section = parser.readValueAsTree();
      JsonNode name = section.remove(OptimizerModule.TYPE);
      Class<? extends DatasetConfig> type = name instanceof TextNode text ? DatasetTypes.own().get(text.asText()) : null;
      if (type == null) {
        throw context.invalidTypeIdException(
            context.constructType(DatasetConfig.class), name == null ? null : name.asText(), "no such kind");
      }
      return context.readTreeAsValue(section, type);
    }
  }

  private static final class NameWriter extends StdSerializer<PublishedDataset> {
    private static final long serialVersionUID = 1;

    NameWriter() {
      super(PublishedDataset.class);
    }

    @Override
    public void serialize(PublishedDataset dataset, JsonGenerator generator, SerializerProvider provider) throws IOException {
      generator.writeString(dataset.name());
    }
  }
}
