// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

/** What happens in a search. The events of a search, in their order, are all that its further decisions follow from. */
public sealed interface SearchEvent {
  /** What was begun, or has ended. */
  Assignment what();

  /** A worker was given it. */
  record Started(Assignment what) implements SearchEvent {}

  /** Its epochs are done. */
  record Scored(Assignment what, Score score) implements SearchEvent {}

  /**
   * It has come to nothing, and so has the trial.
   *
   * @param why in one line
   */
  record Failed(Assignment what, String why) implements SearchEvent {}
}
