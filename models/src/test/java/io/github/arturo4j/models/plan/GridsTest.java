// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.graph.RecordedLaunch;
import io.github.arturo4j.kernels.loss.CrossEntropy;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.kernels.optimizer.Optimizers;
import io.github.arturo4j.kernels.optimizer.Parameters;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.TestImages;
import io.github.arturo4j.models.data.Augmentation;
import io.github.arturo4j.models.data.ColorJitter;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.data.ResizedCrop;
import io.github.arturo4j.models.layer.NetworkArrays;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.zoo.Gpt;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * On a GPU no task leaves it to TornadoVM how two loops or more become work-groups: of those it chooses for them,
 * NVIDIA's OpenCL refuses some, without an error. For a single loop it takes a divisor of the loop's steps.
 */
class GridsTest {
  private static final int BATCH = 3;

  /** What a GPU of any maker can run. */
  private static final long MAX_THREADS = 256;

  private static final Augmentation AUGMENTATION = new Augmentation(2, Augmentation.Mode.reflect, true);

  private static final Augmentation RESIZED =
      new Augmentation(0, null, true, new ResizedCrop(null, null), new ColorJitter(.4, .4, 0, 0));

  private static final TornadoDevice GPU = gpu();

  private static TornadoDevice gpu() {
    TornadoTargetDevice physical =
        fake(TornadoTargetDevice.class, "getDeviceName", "a GPU", "getDeviceMaxComputeUnits", 132);
    return fake(
        TornadoDevice.class, "getDeviceType", TornadoDeviceType.GPU, "getPhysicalDevice", physical, "getTornadoVMBackend",
        TornadoVMBackendType.OPENCL);
  }

  /** An object that answers only these methods. */
  private static <T> T fake(Class<T> type, Object... answers) {
    List<Object> known = Arrays.asList(answers);
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              int at = known.indexOf(method.getName());
              if (at < 0) {
                throw new UnsupportedOperationException(method.toString());
              }
              return known.get(at + 1);
            }));
  }

  static List<String> networks() {
    return ModelZoo.names().stream().filter(name -> !name.startsWith("vgg")).toList(); // half a GB, and no layer of its own
  }

  /** Of an image that is not too large. */
  private static Network network(String name) {
    Shape made = ModelZoo.create(name).input();
    return ModelZoo.model(name).network(made.height() > 32 ? new Shape(3, 64, 64) : made, 10);
  }

  static List<Optimizer> optimizers() {
    return Stream.concat(
            Stream.of(ArturoHyperparameters.published().withMode(Mode.PAPER)), Optimizers.all().stream())
        .map(OptimizerConfig::create)
        .toList();
  }

  private static void check(KernelGraph graph) {
    List<RecordedLaunch> launches = RecordedLaunch.of(graph);
    assertThat(launches).hasSameSizeAs(graph.tasks());
    assertThat(launches).allSatisfy(GridsTest::check);
  }

  private static void check(RecordedLaunch launch) {
    if (launch.grid() == null) {
      assertThat(launch.context()).isFalse();
      assertThat(launch.loops()).isEqualTo(1);
      return;
    }
    long[] local = launch.grid().getLocalWork();
    long[] global = launch.grid().getGlobalWork();
    assertThat(Arrays.stream(local).reduce(1, (a, b) -> a * b)).isBetween(1L, MAX_THREADS);
    for (int d = 0; d < launch.grid().dimension(); d++) {
      assertThat(global[d]).isPositive();
      assertThat(global[d] % local[d]).isZero();
    }
  }

  private static KernelGraph graph() {
    return new KernelGraph("step", GPU);
  }

  private static ImageSet images(Network network) {
    return TestImages.bars(BATCH, network.input(), network.outputs(), 1);
  }

  private static NetworkArrays arrays(Network network, BatchControl control) {
    int n = network.parameterCount();
    return new NetworkArrays(
        new FloatArray(n), new FloatArray(n), NetworkArrays.buffers(network.initialBuffers()), control);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void ofTraining(String name) {
    Network network = network(name);
    NetworkArrays arrays = arrays(network, NetworkTasks.control(network));
    for (Augmentation augmentation : Arrays.asList(null, AUGMENTATION, RESIZED)) {
      Preprocessing preprocessing = new Preprocessing(augmentation, null);
      KernelGraph graph = graph();
      DeviceExamples images = new DeviceExamples(images(network));
      NetworkTasks.addTraining(graph, network, new ExampleBatch(images, preprocessing, new CrossEntropy(), BATCH), arrays);
      check(graph);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void ofEvaluation(String name) {
    Network network = network(name);
    KernelGraph graph = graph();
    ExampleBatch images = new ExampleBatch(new DeviceExamples(images(network)), Preprocessing.NONE, new CrossEntropy(), BATCH);
    NetworkTasks.addEvaluation(graph.program().section("once"), graph, network, images, arrays(network, new BatchControl(0)));
    check(graph);
  }

  @Test
  void ofALanguageModel() {
    Network network = new Network("gpt", new Shape(5), Gpt.layers(7, 9, 6, 2, 3, .1));
    Examples examples = Examples.of(Features.of(new int[5], 5), Targets.classes(new int[5], 7, 5));
    ExampleBatch batch = new ExampleBatch(new DeviceExamples(examples), Preprocessing.NONE, new CrossEntropy(), BATCH);
    KernelGraph graph = graph();
    NetworkTasks.addTraining(graph, network, batch, arrays(network, NetworkTasks.control(network)));
    check(graph);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void ofTheOptimizer(Optimizer optimizer) {
    KernelGraph graph = graph();
    Parameters trained = Parameters.of(new FloatArray(1001), new FloatArray(1001));
    KernelGraph before = graph.program().section("before");
    optimizer.addBefore(before, trained);
    check(before);
    optimizer.addTo(graph, trained);
    check(graph);
  }
}
