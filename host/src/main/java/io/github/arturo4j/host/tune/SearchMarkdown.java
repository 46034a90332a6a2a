// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import io.github.arturo4j.host.report.Markdown;

/** A search as a page of GitHub's Markdown. */
final class SearchMarkdown {
  private SearchMarkdown() {}

  static String of(SearchResults results) {
    StringBuilder text = new StringBuilder(TrialTable.markdown(results)).append('\n');
    if (!results.over()) {
      text.append(Markdown.escape(SearchWording.progress(results))).append('\n');
    }
    text.append(Markdown.escape(SearchWording.what(results))).append('\n');
    text.append(Markdown.escape(SearchWording.optimism(results))).append('\n');
    if (!results.failed().isEmpty()) {
      text.append('\n');
      results.failed().forEach(
          trial ->
              text.append("- ")
                  .append(Markdown.escape("trial " + trial.number() + " (" + trial.words() + ") failed: " + trial.failure()))
                  .append('\n'));
    }
    return text.append('\n').append(Markdown.code(results.command())).append('\n').toString();
  }
}
