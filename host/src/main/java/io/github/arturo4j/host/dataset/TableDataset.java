// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.arturo4j.host.data.table.Table;
import io.github.arturo4j.host.data.table.TableEncoder;
import io.github.arturo4j.host.data.table.TableOptions;
import io.github.arturo4j.host.data.table.TableSchema;
import io.github.arturo4j.host.data.table.Task;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Split;
import io.github.arturo4j.models.layer.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A table, a CSV file with a header.
 *
 * @param path the file of the rows to train on; null where the command line names it
 * @param test the file of the rows to test with; null if there are none
 * @param target the column to predict; null for the last
 * @param task classification or regression; null for what the target's values say
 * @param numbers columns that are numbers, whatever they look like; null for none
 * @param categories columns that are categories, though they look like numbers; null for none
 * @param without columns that are left out; null for none
 * @param stream whether rows stay in their file, and become features anew for each step; null for that if they are too many
 */
public record TableDataset(
    @JsonInclude(JsonInclude.Include.NON_NULL) String path, @JsonInclude(JsonInclude.Include.NON_NULL) String test,
    @JsonInclude(JsonInclude.Include.NON_NULL) String target, @JsonInclude(JsonInclude.Include.NON_NULL) Task task,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<String> numbers,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<String> categories,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<String> without,
    @JsonInclude(JsonInclude.Include.NON_NULL) Boolean stream) implements DatasetConfig {
  /** Its name in files. */
  public static final String NAME = "table";

  /** Checks the paths. */
  public TableDataset {
    OwnPath.check(path);
    OwnPath.check(test);
    numbers = numbers == null ? null : List.copyOf(numbers);
    categories = categories == null ? null : List.copyOf(categories);
    without = without == null ? null : List.copyOf(without);
  }

  @Override
  public List<String> paths() {
    return Stream.of(path, test).filter(Objects::nonNull).toList();
  }

  @Override
  public String name() {
    return NAME;
  }

  private TableOptions options() {
    return new TableOptions(
        target, task, set(numbers), set(categories), set(without), TableOptions.NONE.maxCategories());
  }

  private static Set<String> set(List<String> names) {
    return names == null ? Set.of() : Set.copyOf(names);
  }

  @Override
  public Dataset open(Path data, Shape image, Consumer<String> tell) {
    return new File(
        OwnPath.of(path, data, NAME), test == null ? null : OwnPath.of(test, null, NAME), options(), stream, tell);
  }

  @Override
  public Dataset openTest(Path data, Shape image, Consumer<String> tell) {
    Path file = OwnPath.of(test, data, NAME);
    return new File(file, file, options(), stream, tell);
  }

  private record File(Path path, Path testFile, TableOptions options, Boolean stream, Consumer<String> tell)
      implements Dataset {
    @Override
    public Path testPath() {
      return testFile;
    }

    @Override
    public Training training(Holdout holdout) {
      Table all = read(path);
      if (holdout == null) {
        return training(all, null);
      }
      // The split needs the classes; what is learnt of the columns is learnt from the rows that stay, and told of once.
      TableSchema ofAll = TableSchema.infer(all, options, _ -> {});
      Split split = holdout.split(new TableEncoder(ofAll, _ -> {}).targets(all), path);
      return training(all.select(split.train()), all.select(split.rest()));
    }

    private Training training(Table train, Table validation) {
      TableSchema schema = TableSchema.infer(train, options, tell);
      TableEncoder encoder = new TableEncoder(schema, tell);
      Examples examples = examples(encoder, train);
      return new Training(
          examples, validation == null ? null : examples(encoder, validation),
          DataSchema.of(examples, schema.task() == Task.classification ? schema.classes() : null, schema));
    }

    @Override
    public Optional<TestSet> test(DataSchema known) {
      return Optional.ofNullable(testFile).map(this::read).map(rows -> test(known, rows));
    }

    private TestSet test(DataSchema known, Table rows) {
      return TestSet.of(examples(new TableEncoder(known.table(), tell), rows), rows, known.table().target());
    }

    private Table read(Path file) {
      return isStreamed(file) ? Table.open(file) : Table.read(file);
    }

    private boolean isStreamed(Path file) {
      return stream == null ? Table.isLarge(file) : stream;
    }

    private Examples examples(TableEncoder encoder, Table rows) {
      return isStreamed(rows.file()) || stream == null && encoder.isTooLarge(rows)
          ? encoder.stream(rows)
          : encoder.examples(rows);
    }
  }
}
