// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api.enums;

/** When an array is copied. */
public class DataTransferMode {
  /** To the device, before the first execution only. */
  public static final int FIRST_EXECUTION = 0;

  /** Before (to the device) or after (to the host) every execution. */
  public static final int EVERY_EXECUTION = 1;

  /** To the host, when {@code TornadoExecutionResult.transferToHost} asks for it. */
  public static final int UNDER_DEMAND = 2;

  /** Not needed; TornadoVM has it. */
  public DataTransferMode() {}
}
