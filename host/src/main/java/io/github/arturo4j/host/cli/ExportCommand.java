// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.dataset.DataSchema;
import io.github.arturo4j.host.dataset.FeatureKind;
import io.github.arturo4j.host.dataset.TargetKind;
import io.github.arturo4j.host.export.OnnxExport;
import io.github.arturo4j.host.export.OnnxOptions;
import io.github.arturo4j.host.export.OnnxOutput;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.kernels.loss.BinaryCrossEntropyWithLogits;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code arturo export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes the network of a run, with its best weights if it has chosen some, as an ONNX model.")
final class ExportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "A run folder.")
  Path run;

  @Option(names = "--onnx", paramLabel = "FILE", required = true, description = "The file to write.")
  Path onnx;

  @Option(
      names = "--without-preprocessing",
      description =
          "The model takes floats that are prepared, bytes divided by 255 and normalised as in training; without this option"
              + " it takes what the training took and prepares it.")
  boolean prepared;

  @Option(
      names = "--logits",
      description = "The model puts out what the network does; without this option, probabilities of classes.")
  boolean logits;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    RunConfig config = RunReader.config(run);
    DataSchema schema = config.known();
    OnnxOptions options =
        OnnxOptions.DEFAULT
            .withExamples(schema.featuresType(), config.experiment().preprocessing())
            .withPreprocessing(!prepared && schema.features() != FeatureKind.tokens)
            .withOutput(output(config))
            .withClassNames(schema.classes() == null ? List.of() : schema.classes());
    try {
      OnnxExport.write(onnx, config.network(), RunReader.weights(run, config), options);
    } catch (IOException e) {
      throw new OperationException("cannot write '" + onnx + "': " + Reason.of(e) + "; " + Reason.remedy(e), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s of %s as ONNX: %s%n", config.network().name(), run, onnx);
    out.flush();
    return 0;
  }

  private OnnxOutput output(RunConfig config) {
    if (config.known().targets() == TargetKind.values) {
      boolean labels = config.experiment().loss() instanceof BinaryCrossEntropyWithLogits;
      return labels && !logits ? OnnxOutput.SIGMOID : OnnxOutput.VALUES;
    }
    return logits ? OnnxOutput.LOGITS : OnnxOutput.SOFTMAX;
  }
}
