// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads the values of options and parameters. A number is what looks like one: Java reads the digits of every script, and
 * an f or d behind them, too. A path is never blank, as that of a shell's variable which is not set: Java takes it for the
 * working directory.
 */
final class Values {
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?|[-+]?(NaN|Infinity)"); // ranges refuse these

  private Values() {}

  /** Lets a command line, with the commands it has, read its values so. */
  static void readFor(CommandLine line) {
    ITypeConverter<Integer> toInt = value -> Math.toIntExact(whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE));
    ITypeConverter<Long> toLong = value -> whole(value, Long.MIN_VALUE, Long.MAX_VALUE);
    line.registerConverter(Path.class, Values::path)
        .registerConverter(int.class, toInt)
        .registerConverter(Integer.class, toInt)
        .registerConverter(long.class, toLong)
        .registerConverter(Long.class, toLong)
        .registerConverter(double.class, Values::number)
        .registerConverter(Double.class, Values::number);
  }

  private static Path path(String value) {
    if (value.isBlank()) {
      throw new TypeConversionException("'" + value + "' is blank; name a file or folder");
    }
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("'" + value + "' is no path here; give it another name");
    }
  }

  private static long whole(String value, long min, long max) {
    if (WHOLE.matcher(value).matches()) {
      BigInteger number = new BigInteger(value);
      if (number.compareTo(BigInteger.valueOf(min)) >= 0 && number.compareTo(BigInteger.valueOf(max)) <= 0) {
        return number.longValue();
      }
    }
    throw new TypeConversionException("'" + value + "' is no whole number from " + min + " to " + max);
  }

  private static double number(String value) {
    if (!NUMBER.matcher(value).matches()) {
      throw new TypeConversionException("'" + value + "' is no number");
    }
    return Double.parseDouble(value);
  }
}
