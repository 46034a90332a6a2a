// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.kernels.optimizer.GroupOverride;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options on parameters that are trained otherwise than the rest, or not at all. */
final class GroupOptions {
  static final String GROUP = "--group";
  static final String FREEZE = "--freeze";

  /** A value at the end of a text: the pattern before it may have commas. */
  private static final Pattern LAST = Pattern.compile("(.*),([A-Za-z]\\w*)=([^,=]*)", Pattern.DOTALL);

  @Option(
      names = GROUP,
      paramLabel = "PARAMETERS,KEY=VALUE...",
      description =
          "Train the parameters of such names with values of their own, such as 'biases,weightDecay=0': biases, norms, a"
              + " name with * for any characters, or regex:EXPRESSION. May be repeated; a parameter is in the first group"
              + " that has it.")
  List<String> groups = List.of();

  @Option(
      names = FREEZE,
      paramLabel = "PARAMETERS",
      description = "Leave the parameters of such names as they are. May be repeated, and goes before --group.")
  List<String> frozen = List.of();

  /**
   * The experiment with the options applied; its own groups go behind them.
   *
   * @throws IllegalArgumentException if a group is not valid; one line
   */
  Experiment apply(Experiment experiment) {
    if (groups.isEmpty() && frozen.isEmpty()) {
      return experiment;
    }
    List<GroupOverride> all = new ArrayList<>();
    frozen.forEach(parameters -> all.add(GroupOverride.frozen(parameters)));
    groups.forEach(text -> all.add(group(text)));
    all.addAll(experiment.groups() == null ? List.of() : experiment.groups());
    return experiment.change().groups(all).build();
  }

  private static GroupOverride group(String text) {
    SequencedMap<String, Object> values = new LinkedHashMap<>();
    String rest = text;
    for (Matcher last = LAST.matcher(rest); last.matches(); last = LAST.matcher(rest)) {
      if (values.putFirst(last.group(2), last.group(3)) != null) {
        throw new InputException(GROUP + " is '" + text + "', which has " + last.group(2) + " twice");
      }
      rest = last.group(1);
    }
    if (values.isEmpty()) {
      throw new InputException(
          GROUP + " is '" + text + "'; it must be PARAMETERS,KEY=VALUE... such as biases,weightDecay=0");
    }
    return GroupOverride.of(rest, values);
  }

  /** The options that stand for groups, each with its value behind it; a frozen one behind another comes first. */
  static List<String> options(List<GroupOverride> groups) {
    List<String> options = new ArrayList<>();
    for (GroupOverride group : groups) {
      options.add(group.frozen() ? FREEZE : GROUP);
      options.add(
          group.parameters()
              + group.values().entrySet().stream()
                  .map(value -> "," + value.getKey() + "=" + value.getValue())
                  .collect(Collectors.joining()));
    }
    return options;
  }
}
