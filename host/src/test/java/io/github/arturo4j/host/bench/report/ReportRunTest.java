// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.arturo4j.host.bench.LayerCase;
import io.github.arturo4j.host.bench.StepCase;
import io.github.arturo4j.host.chart.WrittenPage;
import io.github.arturo4j.host.doctor.Check;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.linalg.ConvolutionShape;
import io.github.arturo4j.kernels.loss.CrossEntropy;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.ReLU;
import io.github.arturo4j.models.layer.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** Reports of small problems. */
class ReportRunTest {
  private static final Devices.Entry DEVICE = Devices.find(null);
  private static final Check RIGHT = new Check("nothing", List::of);
  private static final LayerCase LINEAR = new LayerCase.Linear("small | product", 4, 5, 6, true);
  private static final LayerCase CONVOLUTION =
      new LayerCase.Convolution("small convolution", new ConvolutionShape(2, 3, 6, 6, 4, 3, 1, 1), false);

  /** More values than an array has. */
  private static final LayerCase TOO_LARGE = new LayerCase.Linear("too large", 1 << 16, (1 << 15) + 1, 1, true);

  /** One without a fault, at the beginning and after each part. */
  private static List<BenchReport> whole;

  @TempDir Path folder;

  @BeforeAll
  static void makeOne() {
    List<BenchReport> told = new ArrayList<>();
    assertThat(make(workload(List.of(RIGHT), List.of(LINEAR)), 10, null, told)).isEqualTo(told.getLast());
    whole = told;
  }

  private static Workload workload(List<Check> checks, List<LayerCase> products) {
    OptimizerConfig sgd = Experiments.find("fmnist_cnn", "sgd").optimizer();
    OptimizerConfig arturo = Experiments.find("fmnist_cnn").optimizer();
    Network network = new Network("tiny", new Shape(5), List.of(new Linear(7), new ReLU(), new Linear(3)));
    return new Workload(
        checks, 1000, products, List.of(CONVOLUTION), List.of(arturo, sgd), 100,
        List.of(new StepCase(network, new CrossEntropy(), arturo, 8), new StepCase(network, new CrossEntropy(), sgd, 8)), 20, 0.1);
  }

  private static BenchReport make(Workload workload, double minutes, String python, List<BenchReport> told) {
    return new ReportRun(DEVICE, workload, new ReportRun.Settings(minutes, python, "arturo bench report <x>"), String::valueOf)
        .make(told::add);
  }

  private static JsonNode json(BenchReport report) throws IOException {
    return new ObjectMapper().readTree(report.json());
  }

  @Test
  void everyPartIsMeasuredAndToldInTurn() throws IOException {
    BenchReport report = whole.getLast();
    assertThat(report.failures()).isEmpty();
    assertThat(whole).hasSize(8);
    for (int i = 0; i < whole.size(); i++) {
      assertThat(whole.get(i).parts()).hasSize(i);
      assertThat(whole.get(i).complete()).isEqualTo(i == 7);
    }
    JsonNode json = json(report);
    assertThat(json.at("/format").asText()).isEqualTo("arturo4j-report/1");
    assertThat(json.at("/complete").asBoolean()).isTrue();
    assertThat(json.at("/machine/device/name").asText()).isEqualTo(DEVICE.name());
    for (String limit : List.of("copyGigabytesPerSecond", "productGigaflopsPerSecond")) {
      assertThat(json.at("/limits/" + limit).asDouble()).as(limit).isPositive();
    }
    for (String list : List.of("checks", "copies", "products", "convolutions", "optimizers", "steps", "epochs", "parts")) {
      assertThat(json.path(list).size()).as(list).isPositive();
    }
    JsonNode forward = json.at("/products/0/passes/0");
    assertThat(forward.at("/pass").asText()).isEqualTo("forward");
    assertThat(forward.at("/flops").asLong()).isEqualTo(2 * 4 * 5 * 6);
    assertThat(forward.at("/gigaflopsPerSecond").asDouble())
        .isCloseTo(240 / forward.at("/times/medianSeconds").asDouble() * 1e-9, within(1e-9));
    JsonNode step = json.at("/steps/0");
    assertThat(step.at("/launches").asInt()).isGreaterThan(10);
    assertThat(step.at("/graphs").asInt()).isPositive();
    assertThat(step.at("/predictedSeconds").asDouble()).isPositive();
    assertThat(step.at("/profile/bytesToHost").asInt()).isZero();
    JsonNode profile = step.at("/profile");
    assertThat(profile.at("/kernelSeconds").asDouble() + profile.at("/transferSeconds").asDouble() + profile.at("/hostSeconds").asDouble())
        .isCloseTo(profile.at("/wallSeconds").asDouble(), within(1e-9));
    assertThat(json.at("/epochs/0/images").asInt()).isEqualTo(20);
    assertThat(json.at("/epochs/0/epoch").asInt()).isEqualTo(2);
    assertThat(json.at("/steps/0/pytorchSeconds").isNull()).isTrue();
  }

  /** The tables of a page of Markdown, below their titles, with nothing escaped. */
  private static List<List<String>> markdownRows(String markdown) {
    return markdown.lines()
        .filter(line -> line.startsWith("| "))
        .map(line -> List.of(line.substring(2, line.length() - 2).split("(?<!\\\\) ?\\| ?", -1)))
        .map(cells -> cells.stream().map(cell -> cell.replaceAll("\\\\(.)", "$1").strip()).toList())
        .toList();
  }

  private static List<List<String>> htmlRows(WrittenPage page) {
    return page.elements("tr").stream()
        .map(row -> IntStream.range(0, row.getChildNodes().getLength()).mapToObj(i -> row.getChildNodes().item(i)))
        .map(cells -> cells.filter(Element.class::isInstance).map(cell -> cell.getTextContent().replace('\u00a0', ' ').strip()).toList())
        .toList();
  }

  @Test
  void allFormsTellTheSame() throws IOException {
    BenchReport report = whole.getLast();
    JsonNode json = json(report);
    String markdown = MarkdownPage.of(report);
    WrittenPage page = WrittenPage.parse(HtmlPage.of(report));
    List<List<String>> rows = markdownRows(markdown);
    assertThat(rows).hasSizeGreaterThan(30).isEqualTo(htmlRows(page));
    String text = TextReport.ofLastPart(report);
    assertThat(text).contains("epoch: ", rows.get(rows.size() - 9).get(6));
    List<String> product = rows.stream().filter(row -> row.getFirst().equals("small | product")).findFirst().orElseThrow();
    for (int pass = 0; pass < 3; pass++) {
      assertThat(product.get(2 + pass)).isEqualTo(Words.number(json.at("/products/0/passes/" + pass + "/gigaflopsPerSecond").asDouble()));
    }
    List<String> sgd = rows.stream().filter(row -> row.getFirst().equals("sgd")).findFirst().orElseThrow();
    assertThat(sgd).contains(
        String.format(
            Locale.ROOT, "%.0f%%", 100 * json.at("/optimizers/1/gigabytesPerSecond").asDouble()
                / json.at("/limits/copyGigabytesPerSecond").asDouble()));
    assertThat(rows).anySatisfy(row -> assertThat(row).startsWith("tiny, sgd", json.at("/steps/1/launches").asText()));
    assertThat(markdown).contains("`arturo bench report <x>`").doesNotContain("PyTorch by ours", "Failures", "Not complete");
  }

  @Test
  void whatFailsIsToldAndTheRestGoesOn() {
    Check faulty = new Check("a check", () -> List.of("one is two"));
    Check broken = new Check("another", () -> { throw new IllegalStateException("no kernel"); });
    BenchReport report = make(workload(List.of(faulty, broken), List.of(TOO_LARGE, LINEAR)), 10, null, new ArrayList<>());
    assertThat(report.complete()).isTrue();
    assertThat(report.failures()).extracting(Failure::part).containsExactly("doctor", "doctor", "products");
    assertThat(report.failures().getFirst()).hasToString("doctor, a check: one is two");
    assertThat(report.failures().get(1)).hasToString("doctor, another: no kernel");
    assertThat(report.failures().getLast().item()).startsWith("too large");
    assertThat(report.faults()).isEqualTo(2);
    assertThat(report.products()).hasSize(1);
    assertThat(report.epochs()).hasSize(1);
    assertThat(MarkdownPage.of(report)).contains("**3 failures, see below.**", "| doctor | a check | one is two |");
    assertThat(WrittenPage.parse(HtmlPage.of(report)).texts("td")).contains("one is two", "1 fault");
  }

  @Test
  void whatThereIsNoTimeForIsLeftOut() {
    List<BenchReport> told = new ArrayList<>();
    BenchReport report = make(workload(List.of(RIGHT), List.of(LINEAR)), 1e-9, null, told);
    assertThat(report.complete()).isTrue();
    assertThat(report.failures()).isEmpty();
    assertThat(report.products()).isEmpty();
    assertThat(report.parts()).extracting(PartResult::name)
        .containsExactly("doctor", "copies", "products", "convolutions", "optimizers", "steps", "epoch");
    assertThat(report.parts().get(2).leftOut()).containsExactly("small | product, 4×5×6");
    assertThat(report.limits().copyGigabytesPerSecond()).isNull();
    assertThat(TextReport.ofLastPart(told.get(3))).contains("left out for want of time: small | product");
    assertThat(WrittenPage.parse(HtmlPage.of(told.get(3))).texts("p")).contains("Not complete: it goes on, or was interrupted.");
  }

  private String python(String body) throws IOException {
    Path file = folder.resolve("python");
    Files.writeString(file, "#!/bin/sh\necho PyTorch 9, slow\n" + body);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file.toString();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void pytorchStandsBesideOurs() throws IOException {
    String python = python("""
        while read -r line; do
          case $line in
            *'"work":"optimizer"'*) echo 1;;
            *'"work":"linear"'*'"batch":4,"inputs":5,"outputs":6'*) echo 2 3 4;;
            *'"work":"convolution"'*) echo 1 1 1;;
            *) echo 0.75 0.25;;
          esac
        done
        """);
    BenchReport report = make(workload(List.of(RIGHT), List.of(LINEAR)), 10, python, new ArrayList<>());
    assertThat(report.failures()).isEmpty();
    assertThat(report.pytorch()).isEqualTo("PyTorch 9, slow");
    assertThat(report.products().getFirst().passes()).extracting("pytorchSeconds").containsExactly(2.0, 3.0, 4.0);
    assertThat(report.steps().getFirst().pytorchSeconds()).isEqualTo(1);
    assertThat(report.epochs().getFirst().pytorchByOurs()).isCloseTo(1 / report.epochs().getFirst().seconds(), within(1e-9));
    assertThat(MarkdownPage.of(report)).contains("PyTorch by ours, forward", "in turns with PyTorch 9, slow");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void ourSideGoesOnWithoutPytorch() throws IOException {
    String python = python("""
        while read -r line; do
          case $line in
            *'"work":"linear"'*) echo 'RuntimeError: no more' >&2; exit 1;;
            *'"work":"convolution"'*) echo 1 1 1;;
            *'"work":"optimizer"'*) echo 1;;
            *) echo 0.75 0.25;;
          esac
        done
        """);
    BenchReport report = make(workload(List.of(RIGHT), List.of(LINEAR)), 10, python, new ArrayList<>());
    assertThat(report.failures()).hasSize(1);
    assertThat(report.failures().getFirst().message()).contains("ended: exit code 1, RuntimeError: no more");
    assertThat(report.products().getFirst().passes().getFirst().pytorchSeconds()).isNull();
    assertThat(report.convolutions().getFirst().passes().getFirst().pytorchSeconds()).isEqualTo(1); // it was started anew
    BenchReport without = make(workload(List.of(RIGHT), List.of(LINEAR)), 1e-9, folder.resolve("none").toString(), new ArrayList<>());
    assertThat(without.failures()).extracting(Failure::part).containsExactly("pytorch");
  }
}
