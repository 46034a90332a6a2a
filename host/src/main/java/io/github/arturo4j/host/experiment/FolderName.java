// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

/** Names of the user's that become names of folders: they cannot lead out of the folder in which these are made. */
public final class FolderName {
  /** What a name may be, in words. */
  public static final String RULE = "at most 100 letters A to Z, digits, '_', '-' and '.', the first no '.'";

  private FolderName() {}

  /** Whether a name is one. */
  public static boolean fits(String name) {
    return name.matches("[\\w-][\\w.-]{0,99}");
  }
}
