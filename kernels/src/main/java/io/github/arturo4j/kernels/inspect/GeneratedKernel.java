// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Source code of one kernel.
 *
 * @param suffix of a file with it: .cl for OpenCL, .ptx for PTX, .cu for CUDA
 * @param text the code, with what stands before the kernel's head, such as pragmas
 */
record GeneratedKernel(String suffix, String text) {
  private static final Pattern HEAD =
      Pattern.compile("^(?:(__kernel )|(\\.visible \\.entry |\\.entry )|.*(__global__ )).*", Pattern.MULTILINE);

  /** Cuts a file with one kernel behind the other; each ends with the last line before the next that begins with }. */
  static List<GeneratedKernel> split(String text) {
    List<GeneratedKernel> kernels = new ArrayList<>();
    Matcher head = HEAD.matcher(text);
    int from = 0;
    String suffix = null;
    while (head.find()) {
      if (suffix != null) {
        int end = lineEnd(text, text.lastIndexOf("\n}", head.start()) + 1);
        kernels.add(new GeneratedKernel(suffix, text.substring(from, end).strip() + "\n"));
        from = end;
      }
      suffix = head.group(1) != null ? ".cl" : head.group(2) != null ? ".ptx" : ".cu";
    }
    if (suffix != null) {
      kernels.add(new GeneratedKernel(suffix, text.substring(from).strip() + "\n"));
    }
    return kernels;
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }
}
