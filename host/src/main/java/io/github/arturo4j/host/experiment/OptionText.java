// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import io.github.arturo4j.host.io.InputException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;

/** A section of an experiment's file as one option of the command line: {@code NAME,KEY=VALUE,KEY=[VALUE,VALUE]}. */
final class OptionText {
  private OptionText() {}

  /** The values of a record that has been read so, as they stand behind its name. */
  static String values(Record read) {
    StringBuilder text = new StringBuilder();
    for (RecordComponent component : read.getClass().getRecordComponents()) {
      Object value = Difference.value(component, read);
      if (value != null) {
        text.append(',').append(component.getName()).append('=').append(value.toString().replace(" ", ""));
      }
    }
    return text.toString();
  }

  /**
   * Reads one.
   *
   * @param option what messages call it
   * @param first the key of what stands first, and a colon
   * @param remedy what ends the messages; may be empty
   * @throws InputException if it is not valid; one line
   */
  static <T> T read(String option, String first, String text, String remedy, Class<T> type) {
    String[] parts = text.split(",", 2);
    String rest = parts.length == 1 ? "" : ", " + parts[1].replace("=", ": ");
    String yaml = "{" + first + parts[0] + rest + "}";
    try {
      return YamlRecords.read(yaml.getBytes(StandardCharsets.UTF_8), option, remedy, type);
    } catch (InputException e) {
      throw new InputException(
          e.getMessage()
              .replaceFirst("^" + option + "(, line 1)?: not valid YAML[^;]*", option + " has more than KEY=VALUE after its commas")
              .replaceFirst("^" + option + ", line 1: ", option + ": "),
          e);
    }
  }
}
