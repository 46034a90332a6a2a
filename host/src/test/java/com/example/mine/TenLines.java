// SPDX-License-Identifier: Apache-2.0
package com.example.mine;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.train.TrainingLoop;
import io.github.arturo4j.host.train.TrainingResult;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.ReLU;
import java.util.List;

/** What docs/library.md shows first. */
final class TenLines {
  private TenLines() {}

  // begin
  static double train(float[] x, int[] labels, float[] newX, int[] newLabels) {
    Examples train = Examples.of(Features.of(x, 3), Targets.classes(labels, 2)); // three numbers each, of two classes
    Examples test = Examples.of(Features.of(newX, 3), Targets.classes(newLabels, 2));
    Network network = new Network("mlp", train.shape(), List.of(new Linear(32), new ReLU(), new Linear(2)));
    Experiment how = Experiments.find("fmnist_cnn").change().epochs(20).batchSize(32).build(); // with arTuRO as published
    TrainingResult result = new TrainingLoop(network, how, train, test, Devices.find(null).device()).begin();
    return result.rows().getLast().judged().metric("accuracy");
  }
  // end
}
