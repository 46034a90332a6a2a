// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;

/** Every key of a file has to be there, but those that are left out when they are written without a value. */
final class RequiredKeys extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1;

  @Override
  public Boolean hasRequiredMarker(AnnotatedMember member) {
    return !member.hasAnnotation(JsonInclude.class);
  }
}
