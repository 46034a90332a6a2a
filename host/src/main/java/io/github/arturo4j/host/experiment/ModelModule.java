// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.VersionUtil;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.github.arturo4j.models.layer.Initialization;
import io.github.arturo4j.models.spec.Model;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.io.IOException;
import java.util.List;

/** Networks: the name of one of the {@link ModelZoo}, or a list of layers; and how they begin. */
final class ModelModule extends SimpleModule {
  private static final long serialVersionUID = 1;

  ModelModule() {
    super("models", VersionUtil.parseVersion("1", null, null));
    addDeserializer(Model.class, new Reader());
    addSerializer(Model.class, new Writer());
    addDeserializer(Initialization.class, new InitializationReader());
    addSerializer(Initialization.class, ToStringSerializer.instance);
  }

  private static final class Reader extends StdDeserializer<Model> {
    private static final long serialVersionUID = 1;

    Reader() {
      super(Model.class);
    }

    @Override
    public Model deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      if (parser.currentToken() == JsonToken.START_ARRAY) {
        JsonPointer key = parser.getParsingContext().getParent().pathAsPointer();
        YamlText text = (YamlText) context.getAttribute(YamlText.class);
        return Model.of(parser.readValueAs(List.class), path -> text.place(below(key, path)));
      }
      return parser.currentToken() == JsonToken.VALUE_STRING
          ? ModelZoo.model(parser.getText())
          : (Model) context.handleUnexpectedToken(Model.class, parser);
    }

    private static JsonPointer below(JsonPointer key, List<Object> path) {
      JsonPointer at = key;
      for (Object step : path) {
        at = step instanceof Integer index ? at.appendIndex(index) : at.appendProperty(step.toString());
      }
      return at;
    }
  }

  private static final class InitializationReader extends StdDeserializer<Initialization> {
    private static final long serialVersionUID = 1;

    InitializationReader() {
      super(Initialization.class);
    }

    @Override
    public Initialization deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      return parser.currentToken() == JsonToken.VALUE_STRING
          ? Initialization.parse(parser.getText())
          : (Initialization) context.handleUnexpectedToken(Initialization.class, parser);
    }
  }

  private static final class Writer extends StdSerializer<Model> {
    private static final long serialVersionUID = 1;

    Writer() {
      super(Model.class);
    }

    @Override
    public void serialize(Model model, JsonGenerator generator, SerializerProvider provider) throws IOException {
      if (model.isNamed()) {
        generator.writeString(model.name());
      } else {
        generator.writePOJO(model.tree());
      }
    }
  }
}
