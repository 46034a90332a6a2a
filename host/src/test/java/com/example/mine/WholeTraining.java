// SPDX-License-Identifier: Apache-2.0
package com.example.mine;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.train.EpochResult;
import io.github.arturo4j.host.train.TrainingJob;
import io.github.arturo4j.host.train.TrainingListener;
import io.github.arturo4j.host.train.TrainingResult;
import io.github.arturo4j.host.train.TrainingSetup;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.models.data.ImageSet;
import java.nio.file.Path;
import java.util.List;

/** What docs/library.md shows. */
final class WholeTraining {
  private WholeTraining() {}

  // begin
  static TrainingResult train(ImageSet train, ImageSet test, Path run, int epochs) {
    Experiment experiment = Experiments.find("fmnist_cnn").change().epochs(epochs).batchSize(25).build();
    TrainingListener mine =
        new TrainingListener() {
          @Override
          public void epochDone(EpochResult epoch) {
            System.out.println(epoch.row().judged().metric("accuracy"));
          }
        };
    TrainingSetup setup = TrainingSetup.of(experiment, train, test, Devices.find(null));
    try (TrainingJob job = TrainingJob.beginOrResume(run, setup)) {
      return job.listeners(List.of(mine)).run();
    }
  }
  // end
}
