// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of options and parameters that are none: wrong usage, before anything is read or written. */
class ValuesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock = """
          train fmnist_cnn     | --out           | ""                  | is blank; name a file or folder
          train fmnist_cnn     | --out           | " "                 | is blank; name a file or folder
          train fmnist_cnn     | --run           | ""                  | is blank; name a file or folder
          train                | --resume        | ""                  | is blank; name a file or folder
          train fmnist_cnn     | --data          | ""                  | is blank; name a file or folder
          train fmnist_cnn     | --weights       | "  "                | is blank; name a file or folder
          train fmnist_cnn     | --print-kernels | ""                  | is blank; name a file or folder
          compare fmnist_cnn   | --out           | ""                  | is blank; name a file or folder
          doctor               | --trace         | ""                  | is blank; name a file or folder
          evaluate             |                 | ""                  | is blank; name a file or folder
          train fmnist_cnn     | --epochs        | ""                  | int
          train fmnist_cnn     | --epochs        | ٣                   | int
          train fmnist_cnn     | --batch-size    | ３                  | int
          train fmnist_cnn     | --limit-train   | 1_000               | int
          train fmnist_cnn     | --limit-test    | 1e3                 | int
          train fmnist_cnn     | --metrics-port  | ९४००                | int
          train fmnist_cnn     | --stop-code     | 2147483648          | int
          train fmnist_cnn     | --seed          | ٤٢                  | long
          train fmnist_cnn     | --seed          | 9223372036854775808 | long
          compare fmnist_cnn   | --seeds         | "1,٢"               | long
          bench optimizer      | --parameters    | "10,٢"              | int
          bench step           | --batch-size    | ٣                   | int
          train fmnist_cnn     | --kl-bound      | 3f                  | is no number
          train fmnist_cnn     | --kl-bound      | 0x1p3               | is no number
          train fmnist_cnn-sgd | --learning-rate | "0,1"               | is no number
          """)
  void whatDoesNotLookLikeAValueIsNone(String command, String option, String value, String message) {
    String[] words = (option == null ? command : command + " " + option).split(" ");
    Object[] all = Arrays.copyOf(words, words.length + 1, Object[].class);
    all[words.length] = value;
    Cli.Outcome outcome = Cli.run(all);
    assertThat(outcome.err().lines().findFirst().orElseThrow())
        .startsWith("arturo: Invalid value for ")
        .contains(option == null ? "RUN|FILE" : "'" + option + "'")
        .endsWith(
            switch (message) {
              case "int" -> "' is no whole number from -2147483648 to 2147483647";
              case "long" -> "' is no whole number from -9223372036854775808 to 9223372036854775807";
              default -> message;
            });
    assertThat(outcome.err().lines()).hasSize(2).last().asString().startsWith("Try 'arturo ");
    assertThat(outcome.code()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "+0", "-0", "000"})
  void signsAndLeadingZerosAreRead(String value) {
    assertThat(Cli.run("train", "fmnist_cnn", "--stop-code", value).err())
        .startsWith("arturo: --stop-code is 0; it must be an exit code from 1 to 255");
  }
}
