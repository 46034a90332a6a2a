// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.github.arturo4j.host.io.UsageException;

/**
 * What a server takes.
 *
 * @param bodyBytes of a JSON request at most
 * @param uploadBytes of a file of a data set at most
 * @param reservedBytes of the disk that an upload leaves free
 * @param requestsPerSecond of one token, on average
 * @param burst requests of one token at once
 * @param failuresPerMinute requests with wrong tokens from one address
 * @param streams open event streams and followed logs at once
 */
public record Limits(
    int bodyBytes, long uploadBytes, long reservedBytes, int requestsPerSecond, int burst, int failuresPerMinute, int streams) {
  /** Generous for people and pages, and no danger for a machine that trains. */
  public static final Limits STANDARD = new Limits(1 << 18, 64L << 30, 1L << 30, 200, 400, 10, 2000);

  /** Limits, each at least 1 but for the reserve. */
  public Limits {
    if (Math.min(bodyBytes, uploadBytes) < 1 || Math.min(requestsPerSecond, burst) < 1
        || Math.min(failuresPerMinute, streams) < 1 || reservedBytes < 0) {
      throw new UsageException("a limit of the server is below 1; give whole numbers from 1");
    }
  }
}
