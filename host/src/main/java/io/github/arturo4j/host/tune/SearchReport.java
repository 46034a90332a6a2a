// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.run.EpochRow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The report of a search while it goes on. The epochs of a trial are read when it says so, and not each time that it is written. */
public final class SearchReport {
  private final SearchFolder folder;
  private final String command;
  private final Map<String, String> environment;
  private final Map<Integer, List<EpochRow>> rows = new TreeMap<>();

  /**
   * That of a folder, with the trials that are there.
   *
   * @param command the command line that makes the search
   * @param environment versions, and the device if it is one for all trials
   */
  public SearchReport(SearchFolder folder, String command, Map<String, String> environment) {
    this.folder = folder;
    this.command = command;
    this.environment = Map.copyOf(environment);
    folder.search().trials().forEach(this::read);
  }

  /** Reads what a trial has done; of one whose run is damaged, nothing. */
  public void read(Trial trial) {
    try {
      rows.put(trial.number(), folder.rows(trial));
    } catch (InputException e) {
      rows.put(trial.number(), List.of()); // if it goes on, it says then what is wrong
    }
  }

  /** What is known now. */
  public SearchResults results() {
    return SearchResults.of(folder.search(), rows, command, environment);
  }

  /**
   * Writes it, with results and the experiment of the best trial.
   *
   * @return the page
   * @throws io.github.arturo4j.host.io.OperationException if that fails; one line
   */
  public Path write() {
    return folder.write(results());
  }
}
