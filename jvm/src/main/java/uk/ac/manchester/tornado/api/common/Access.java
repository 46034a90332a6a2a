// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api.common;

/** What a task does with an array. */
public enum Access {
  /** Not known. */
  NONE,

  /** It reads. */
  READ_ONLY,

  /** It writes, the whole or a part. */
  WRITE_ONLY,

  /** It reads and writes. */
  READ_WRITE
}
