// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.io.RegularFile;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.client.NewJob;
import io.github.arturo4j.service.client.ServiceClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code arturo submit}. */
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    modelTransformer = JobOptions.class,
    description = {
      "Submits a training, a comparison of optimizers or a search for values to a server and prints the job's number.",
      "The server checks it as 'arturo train' checks it, and runs it as soon as devices are free."
    })
final class SubmitCommand extends ServerCommand {
  /** The field of a request that has the text of a file. */
  static final String YAML = "experimentYaml";

  private static final int MAX_YAML = 1 << 16;

  @Parameters(
      paramLabel = "EXPERIMENT",
      description = "A built-in experiment ('arturo experiments' lists them) or a YAML file of your own, which is sent.")
  String experiment;

  @Option(names = "--compare", description = "Compare optimizers, as 'arturo compare' does, in place of one training.")
  boolean compare;

  @Option(
      names = "--tune",
      description = "Look for the experiment's best values, as 'arturo tune' does; the trials train on all devices that are free.")
  boolean tune;

  @Option(names = "--name", paramLabel = "NAME", description = "What to call it (default: the experiment's name).")
  String name;

  @Option(names = "--label", paramLabel = "LABEL", split = ",", description = "Labels by which it is found; may be repeated.")
  List<String> labels = List.of();

  @Option(names = "--priority", paramLabel = "N", description = "From 0 to 100, the greater the sooner (default: 50).")
  Integer priority;

  @Option(names = "--devices", paramLabel = "N", description = "How many devices it gets (default: 1).")
  Integer devices;

  @Option(names = "--device-id", paramLabel = "ID", description = "Only this device of the server's, as 'arturo drain' lists them.")
  String device;

  @Option(names = "--dataset", paramLabel = "NAME", description = "A data set of the server's in place of the experiment's own.")
  String dataset;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "A name for this submission: given again with the same options, there is still one job, and its number is printed.")
  String key;

  @Mixin FollowOptions following;

  @Mixin JsonOption json;

  @Override
  void check() {
    following.check(json);
    if (compare && tune) {
      throw new UsageException("--compare contradicts --tune; leave out one of them");
    }
  }

  @Override
  int ask(ServiceClient client) throws IOException {
    NewJob wanted = wanted();
    Job job = key == null ? client.submit(wanted.request()) : client.submit(wanted.request(), key);
    return following.stay(this, client, job, 0, json);
  }

  @Override
  String given(String field) {
    return switch (field) {
      case YAML -> Experiments.isFile(experiment) ? "'" + Printable.of(experiment) + "'" : null;
      case "experiment" -> "EXPERIMENT";
      case "labels" -> "--label";
      case "device" -> "--device-id";
      case "Idempotency-Key" -> "--idempotency-key";
      default -> super.given(field);
    };
  }

  private NewJob wanted() {
    NewJob wanted = compare ? NewJob.comparison() : tune ? NewJob.search() : NewJob.training();
    if (Experiments.isFile(experiment)) {
      wanted.yaml(text());
    } else {
      wanted.experiment(experiment);
    }
    JobOptions.apply(spec.commandLine().getParseResult(), compare ? JobKind.COMPARE : tune ? JobKind.TUNE : JobKind.TRAIN, wanted);
    labels.forEach(wanted::label);
    return wanted.name(name).priority(priority).devices(devices).device(device).dataset(dataset);
  }

  private String text() {
    Path file = Path.of(experiment);
    try {
      RegularFile.check(file);
      String text = Files.readString(file);
      if (text.length() > MAX_YAML) {
        throw new UsageException("'" + Printable.of(experiment) + "' has more than " + MAX_YAML + " characters; a server takes no more");
      }
      return text;
    } catch (IOException e) {
      throw new UsageException(
          Printable.of("cannot read '" + experiment + "': " + Reason.of(e) + "; name an experiment or a file that ends in .yaml"), e);
    }
  }
}
