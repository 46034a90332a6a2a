// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.github.arturo4j.kernels.loss.Loss;

/**
 * Every key of a file has to be there, but those that are left out when they are written without a value, and those of a
 * {@link Loss}, which has defaults. Those that
 * have to be there may not be empty, nor an element of a list, unless the record says so.
 */
final class RequiredKeys extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1;

  @Override
  public Boolean hasRequiredMarker(AnnotatedMember member) {
    return !mayBeLeftOut(member);
  }

  @Override
  public JsonSetter.Value findSetterInfo(Annotated member) {
    return member.hasAnnotation(JsonSetter.class) || member instanceof AnnotatedMember its && mayBeLeftOut(its)
        ? super.findSetterInfo(member) // Nulls.FAIL would refuse a key that is left out as well
        : JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL);
  }

  private static boolean mayBeLeftOut(AnnotatedMember member) {
    return member.hasAnnotation(JsonInclude.class) || Loss.class.isAssignableFrom(member.getDeclaringClass());
  }
}
