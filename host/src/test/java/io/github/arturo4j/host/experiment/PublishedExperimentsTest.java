// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.schedule.MultiStep;
import io.github.arturo4j.kernels.optimizer.AdamHyperparameters;
import io.github.arturo4j.kernels.optimizer.AdamWHyperparameters;
import io.github.arturo4j.kernels.optimizer.SgdHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;
import io.github.arturo4j.models.data.Augmentation;
import io.github.arturo4j.models.data.Normalization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The built-in experiments hold the numbers that the paper's authors have published. */
class PublishedExperimentsTest {
  private static final Normalization CIFAR10 =
      new Normalization(List.of(.4914, .4822, .4465), List.of(.2023, .1994, .2010));
  private static final Normalization CIFAR100 =
      new Normalization(List.of(.5074, .4867, .4411), List.of(.2011, .1987, .2025));

  static List<String> names() {
    return Experiments.NAMES;
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyExperimentIsThatOfItsModelDataSetAndOptimizer(String name) {
    Experiment experiment = Experiments.find(name);
    String[] parts = name.split("-");
    assertThat(experiment.name()).isEqualTo(name);
    assertThat(experiment.model().name()).isEqualTo(parts[0]);
    assertThat(experiment.optimizer().name()).isEqualTo(parts.length == 1 ? "arturo" : parts[1]);
    assertThat(experiment.batchSize()).isEqualTo(255);
    assertThat(experiment.seed()).isEqualTo(42);
    assertThat(Experiments.variants(name).byOptimizer().values()).extracting(Experiment::name).containsExactly(
        parts[0], parts[0] + "-adam", parts[0] + "-adamw", parts[0] + "-sgd");
    double factor = parts.length == 1 ? 0.006 : 0.1;
    if (name.startsWith("fmnist_")) {
      assertThat(experiment.dataset().name()).isEqualTo("fashion-mnist");
      assertThat(experiment.epochs()).isEqualTo(120);
      assertThat(experiment.schedule()).isEqualTo(new MultiStep(List.of(60, 90), factor));
      assertThat(experiment.augmentation()).isNull();
      assertThat(experiment.normalization()).isNull();
      return;
    }
    boolean ten = name.startsWith("cifar10_");
    assertThat(experiment.dataset().name()).isEqualTo(ten ? "cifar-10" : "cifar-100");
    assertThat(experiment.epochs()).isEqualTo(160);
    assertThat(experiment.schedule()).isEqualTo(new MultiStep(List.of(80, 120), factor));
    assertThat(experiment.augmentation())
        .isEqualTo(new Augmentation(4, ten ? Augmentation.Mode.zero : Augmentation.Mode.reflect, true));
    assertThat(experiment.normalization()).isEqualTo(ten ? CIFAR10 : CIFAR100);
    assertThat(experiment.network().outputs()).isEqualTo(ten ? 10 : 100);
  }

  /** In robust mode, whose own bounds are not of the paper. */
  @ParameterizedTest
  @CsvSource({
    "fmnist_cnn, 0.08567456308209788, 0.05865661620286048, 2.8167911612651997, 0.017392958232048346,"
        + " 1.5403963328610538e-06",
    "cifar10_cnn, 0.0027874950489428373, 0.29678595692807475, 1.2197500060716369, 0.0024552552650014426, 0",
    "cifar100_cnn, 0.0027874950489428373, 0.29678595692807475, 1.2197500060716369, 0.0024552552650014426, 0",
    "fmnist_resnet18, 0.08567456308209788, 0.05865661620286048, 2.8167911612651997, 0.017392958232048346,"
        + " 1.5403963328610538e-06",
    "cifar10_resnet34, 0.007132920002311371, 1.5973544349997737, 9.328440015416716, 0.08938098738904834,"
        + " 0.0007029104518730781",
    "cifar100_resnet34, 0.007233730017485263, 1.676769985136136, 4.822031633849579, 0.009778753916444217, 0"
  })
  void arturo(
      String name, double klBound, double regWeight, double measurementNoise, double dynamicModelNoise,
      double weightDecay) {
    assertThat(Experiments.find(name).optimizer())
        .isEqualTo(
            new ArturoHyperparameters(
                Mode.ROBUST, klBound, 0.01, 0.0015, 5e-5, regWeight, measurementNoise, dynamicModelNoise,
                1.3, weightDecay, 0.5, 1e-3, 1e-6, 1e8));
  }

  @ParameterizedTest
  @CsvSource({
    "fmnist_cnn, 0.0010124381281468571, 0.9452561249176903, 0.9903417453021011",
    "cifar10_cnn, 0.001128815397451714, 0.8511573305016629, 0.9989395313299604",
    "cifar100_cnn, 0.001128815397451714, 0.8511573305016629, 0.9989395313299604",
    "fmnist_resnet18, 0.0451147209563554, 0.9078947277729217, 0.9999988329626311",
    "cifar10_resnet34, 0.006651718336327752, 0.8903129562149071, 0.9993867068533816",
    "cifar100_resnet34, 0.0016122378636394955, 0.8645823617461754, 0.9999529451468949"
  })
  void adamWithoutWeightDecay(String name, double learningRate, double beta1, double beta2) {
    assertThat(Experiments.find(name, "adam").optimizer()).isEqualTo(new AdamHyperparameters(learningRate, beta1, beta2, 1e-8));
  }

  @ParameterizedTest
  @CsvSource({
    "fmnist_cnn, 0.0010042022959335032, 0.9222472693342788, 0.9999446218805058, 0.00014236954411167154",
    "cifar10_cnn, 0.001128815397451714, 0.8511573305016629, 0.9989395313299604, 0.0010896508199628118",
    "cifar100_cnn, 0.001128815397451714, 0.8511573305016629, 0.9989395313299604, 0.0010896508199628118",
    "fmnist_resnet18, 0.01874380569980047, 0.8627483006856222, 0.999998647239106, 3.9621663585780745e-05",
    "cifar10_resnet34, 0.006651718336327752, 0.8903129562149071, 0.9993867068533816, 0.0004466189480608125",
    "cifar100_resnet34, 0.001245107913473811, 0.8586426410012914, 0.9988019396111851, 0.0018037506582507632"
  })
  void adamW(String name, double learningRate, double beta1, double beta2, double weightDecay) {
    assertThat(Experiments.find(name, "adamw").optimizer())
        .isEqualTo(new AdamWHyperparameters(learningRate, beta1, beta2, 1e-8, weightDecay));
  }

  @ParameterizedTest
  @CsvSource({
    "fmnist_cnn, 0.07104941466307176, 0.8657299202128064, 0.0002247076258274683",
    "cifar10_cnn, 0.01783363359054504, 0.9467621764163304, 0.0001632297890687358",
    "cifar100_cnn, 0.01783363359054504, 0.9467621764163304, 0.0001632297890687358",
    "fmnist_resnet18, 0.13703143914683882, 0.8540867186466918, 0.0019628778027380735",
    "cifar10_resnet34, 0.05647954851010358, 0.8664874765380984, 0.0016973382637335273",
    "cifar100_resnet34, 0.06799373956698931, 0.8673695434076598, 0.0017998911061911822"
  })
  void sgd(String name, double learningRate, double momentum, double weightDecay) {
    assertThat(Experiments.find(name, "sgd").optimizer())
        .isEqualTo(new SgdHyperparameters(learningRate, momentum, weightDecay));
  }

  @Test
  void everyFileHasAName() throws Exception {
    Path folder = Path.of(Experiments.class.getResource("/experiments/fmnist_cnn.yaml").toURI()).getParent();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".yaml", "")))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(Experiments.NAMES.stream(), Experiments.OTHERS.stream()).toList());
    }
    assertThat(Experiments.NAMES)
        .startsWith("fmnist_cnn", "fmnist_cnn-adam", "fmnist_cnn-adamw", "fmnist_cnn-sgd")
        .contains("cifar10_cnn", "cifar10_cnn-adam", "cifar100_cnn-adamw", "cifar100_cnn-sgd");
  }
}
