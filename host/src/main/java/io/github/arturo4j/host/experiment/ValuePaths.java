// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.arturo4j.host.io.InputException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Values of an experiment by the path that they have in its file, keys and indices from 0 with dots between them: {@code
 * batchSize}, {@code optimizer.learningRate}, {@code model.2.linear.out}.
 */
public final class ValuePaths {
  private static final String SOURCE = "experiment";

  private ValuePaths() {}

  /** The value that a path leads to, as a file has it: a number, a text, a list, a map; null if there is none. */
  public static Object get(Experiment experiment, String path) {
    JsonNode at = YamlRecords.tree(experiment);
    for (String name : path.split("\\.", -1)) {
      at = at.isArray() ? at.path(index(name, at.size())) : at.path(name);
    }
    return at.isMissingNode() ? null : YamlRecords.plain(at);
  }

  /** All single values of an experiment by their paths, as a file has them; null where a key has none. */
  public static SequencedMap<String, String> all(Experiment experiment) {
    SequencedMap<String, String> values = new LinkedHashMap<>();
    collect("", YamlRecords.tree(experiment), values);
    return values;
  }

  private static void collect(String path, JsonNode at, SequencedMap<String, String> values) {
    String prefix = path.isEmpty() ? "" : path + ".";
    if (at.isObject()) {
      at.properties().forEach(entry -> collect(prefix + entry.getKey(), entry.getValue(), values));
    } else if (at.isArray()) {
      for (int i = 0; i < at.size(); i++) {
        collect(prefix + i, at.get(i), values);
      }
    } else {
      values.put(path, at.isNull() ? null : at.asText());
    }
  }

  /**
   * The same experiment with other values. Sections on the way to them that it has not are made.
   *
   * @param values by their paths
   * @throws InputException if one is not in its range, or there is no such key; one line
   */
  public static Experiment with(Experiment experiment, Map<String, ?> values) {
    ObjectNode tree = YamlRecords.tree(experiment);
    values.forEach((path, value) -> set(tree, path, YamlRecords.tree(value)));
    try {
      return YamlRecords.read(YamlRecords.write(tree).getBytes(StandardCharsets.UTF_8), SOURCE, "", Experiment.class);
    } catch (InputException e) {
      throw new InputException(e.getMessage().replaceFirst("^" + SOURCE + "(, line \\d+)?: ", ""), e);
    }
  }

  private static void set(ObjectNode tree, String path, JsonNode value) {
    String[] names = path.split("\\.", -1);
    JsonNode at = tree;
    for (int i = 0; i < names.length; i++) {
      boolean last = i == names.length - 1;
      if (at instanceof ArrayNode list) {
        int index = index(names[i], list.size());
        if (index < 0) {
          throw new InputException(
              "'" + path + "' has '" + names[i] + "' in place of an index; the list there has those from 0 to " + (list.size() - 1));
        }
        at = last ? list.set(index, value) : list.get(index);
      } else if (at instanceof ObjectNode section) {
        at = last ? section.set(names[i], value) : section.has(names[i]) ? section.get(names[i]) : section.putObject(names[i]);
      } else {
        throw new InputException("'" + path + "' leads into '" + names[i - 1] + "', which is no section of keys");
      }
    }
  }

  /** The index that a name is; -1 if it is none of a list of that size. */
  private static int index(String name, int size) {
    return name.matches("[0-9]{1,6}") && Integer.parseInt(name) < size ? Integer.parseInt(name) : -1;
  }
}
