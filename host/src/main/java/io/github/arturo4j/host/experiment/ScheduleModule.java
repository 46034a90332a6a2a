// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.util.VersionUtil;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.annotation.JsonTypeIdResolver;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.github.arturo4j.host.schedule.MultiStep;
import io.github.arturo4j.host.schedule.Schedule;
import io.github.arturo4j.host.schedule.Schedules;
import io.github.arturo4j.host.schedule.Unit;
import java.io.IOException;

/**
 * Schedules as sections of keys: {@code name} says which one, its values follow. Without a name it is {@link MultiStep}, as
 * in the files of earlier versions.
 */
final class ScheduleModule extends SimpleModule {
  private static final long serialVersionUID = 1;

  /** What Jackson would find on the interface, were it in this module. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.CUSTOM, property = OptimizerModule.TYPE, defaultImpl = MultiStep.class)
  @JsonTypeIdResolver(Names.class)
  private interface ByName {}

  /** All schedules that there are. */
  ScheduleModule() {
    super("schedules", VersionUtil.parseVersion("1", null, null));
    setMixInAnnotation(Schedule.class, ByName.class);
    addSerializer(Unit.class, ToStringSerializer.instance);
  }

  /** Names of schedules. Jackson's own takes the default for a name that it does not know. */
  static final class Names extends TypeIdResolverBase {
    private JavaType base;

    @Override
    public void init(JavaType type) {
      base = type;
    }

    @Override
    public String idFromValue(Object value) {
      return ((Schedule) value).name();
    }

    @Override
    public String idFromValueAndType(Object value, Class<?> type) {
      return idFromValue(value);
    }

    @Override
    public JsonTypeInfo.Id getMechanism() {
      return JsonTypeInfo.Id.CUSTOM;
    }

    @Override
    public JavaType typeFromId(DatabindContext context, String name) throws IOException {
      Schedule found =
          Schedules.defaults(name)
              .orElseThrow(() -> ((DeserializationContext) context).invalidTypeIdException(base, name, "unknown name"));
      return context.constructSpecializedType(base, found.getClass());
    }
  }
}
