// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.config;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;

/**
 * Finds the line of a key in a YAML text. The positions in Jackson's exceptions will not do: it checks a record only
 * after its last line, and keeps no positions of what stands before the key that chooses a subtype.
 */
final class KeyLine {
  private static final YAMLFactory YAML = new YAMLFactory();

  private KeyLine() {}

  /** The line, from 1; 0 if the key is not there. */
  static int of(JsonPointer key, byte[] yaml) {
    try (YAMLParser parser = YAML.createParser(yaml)) {
      while (parser.nextToken() != null) {
        if (parser.getParsingContext().pathAsPointer().equals(key)) {
          return parser.currentTokenLocation().getLineNr();
        }
      }
    } catch (IOException e) {
      return 0; // not valid YAML: the line of that fault is known to whoever reported it
    }
    return 0;
  }
}
