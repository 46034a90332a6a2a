// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.predict;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.arturo4j.host.dataset.DataSchema;
import io.github.arturo4j.host.dataset.TargetKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;

/** Writes predictions, a line each, as CSV (RFC 4180) with a header, or as JSON, an object a line. */
public final class PredictionWriter {
  /** How they are written. */
  public enum Format {
    /** A table. */
    csv,
    /** An object a line. */
    json
  }

  private static final String ENTROPY = "entropy";
  private static final String MUTUAL_INFORMATION = "mutual_information";
  private static final String DEVIATION = "deviation";

  private static final CSVFormat CSV = CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  private final DataSchema schema;
  private final Format format;
  private final int top;
  private final PrintWriter out;
  private final JsonMapper json = new JsonMapper();
  private boolean begun;

  /**
   * A writer, which begins with the header, if there is one, as soon as there is a prediction.
   *
   * @param top how many classes are told; 0 for the probability of each
   */
  public PredictionWriter(DataSchema schema, Format format, int top, PrintWriter out) {
    this.schema = schema;
    this.format = format;
    this.top = top;
    this.out = out;
  }

  private boolean ofClasses() {
    return schema.targets() != TargetKind.values;
  }

  private List<Object> header(boolean spread) {
    List<Object> columns = new ArrayList<>(List.of("input"));
    if (!ofClasses()) {
      addValues(columns, "prediction");
      if (spread) {
        addValues(columns, DEVIATION);
      }
      return columns;
    }
    columns.add("prediction");
    columns.add("probability");
    for (int rank = 2; rank <= Math.min(top, schema.outputs()); rank++) {
      columns.add("prediction_" + rank);
      columns.add("probability_" + rank);
    }
    for (int label = 0; top == 0 && label < schema.outputs(); label++) {
      columns.add(schema.className(label));
    }
    if (spread) {
      columns.add(ENTROPY);
      columns.add(MUTUAL_INFORMATION);
    }
    return columns;
  }

  private void addValues(List<Object> columns, String name) {
    for (int i = 0; i < schema.outputs(); i++) {
      columns.add(schema.outputs() == 1 ? name : name + "_" + (i + 1));
    }
  }

  /**
   * Writes one.
   *
   * @param input what it is of
   */
  public void write(String input, Prediction prediction) {
    if (format == Format.csv) {
      if (!begun) {
        line(header(prediction.spread() != null));
        begun = true;
      }
      line(row(input, prediction));
    } else {
      try {
        out.println(json.writeValueAsString(object(input, prediction)));
      } catch (IOException e) {
        throw new UncheckedIOException(e); // it is in memory
      }
    }
  }

  private List<Object> row(String input, Prediction prediction) {
    List<Object> cells = new ArrayList<>(List.of(input));
    if (ofClasses()) {
      for (Prediction.Ranked each : prediction.top(Math.max(top, 1))) {
        cells.add(each.name());
        cells.add((float) each.probability());
      }
    }
    if (!ofClasses() || top == 0) {
      for (double value : prediction.values()) {
        cells.add((float) value);
      }
    }
    if (prediction.spread() != null && ofClasses()) {
      cells.add((float) prediction.entropy());
      cells.add((float) prediction.spread().mutualInformation());
    } else if (prediction.spread() != null) {
      for (double deviation : prediction.spread().deviations()) {
        cells.add((float) deviation);
      }
    }
    return cells;
  }

  private Map<String, Object> object(String input, Prediction prediction) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("input", input);
    if (!ofClasses()) {
      object.put("prediction", oneOrAll(prediction.values()));
      if (prediction.spread() != null) {
        object.put(DEVIATION, oneOrAll(prediction.spread().deviations()));
      }
      return object;
    }
    object.put("prediction", prediction.className());
    Map<String, Double> probabilities = new LinkedHashMap<>();
    prediction.top(top == 0 ? schema.outputs() : top).forEach(each -> probabilities.put(each.name(), each.probability()));
    object.put("probabilities", probabilities);
    if (prediction.spread() != null) {
      object.put(ENTROPY, prediction.entropy());
      object.put(MUTUAL_INFORMATION, prediction.spread().mutualInformation());
    }
    return object;
  }

  private Object oneOrAll(double[] values) {
    return schema.outputs() == 1 ? (Object) values[0] : values;
  }

  private void line(List<Object> cells) {
    out.print(CSV.format(cells.toArray()));
    out.print('\n');
  }
}
