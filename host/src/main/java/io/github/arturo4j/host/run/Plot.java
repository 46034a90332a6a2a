// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.host.io.AtomicFile;
import io.github.arturo4j.models.metric.Metric;
import io.github.arturo4j.models.metric.Metrics;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Loss and metrics over the epochs, on both sets, as a picture: a chart beside the other. */
final class Plot {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 400;

  private Plot() {}

  static void write(Path file, List<EpochRow> rows) throws IOException {
    List<BufferedImage> charts = new ArrayList<>();
    charts.add(
        BitmapEncoder.getBufferedImage(chart("Loss", rows, EpochRow::trainLoss, EpochRow::testLoss, true)));
    for (String name : rows.getFirst().metrics()) {
      Metric metric = Metrics.of(name);
      charts.add(
          BitmapEncoder.getBufferedImage(
              chart(
                  capitalized(metric.title()), rows, row -> row.train().metric(name), row -> row.test().metric(name),
                  !metric.higherIsBetter())));
    }
    BufferedImage all = new BufferedImage(charts.size() * WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = all.createGraphics();
    for (int i = 0; i < charts.size(); i++) {
      graphics.drawImage(charts.get(i), i * WIDTH, 0, null);
    }
    graphics.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try (ImageOutputStream memory = new MemoryCacheImageOutputStream(png)) { // the default keeps a file in /tmp
      ImageIO.write(all, "png", memory);
    }
    AtomicFile.write(file, png.toByteArray());
  }

  private static String capitalized(String title) {
    return title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
  }

  private static XYChart chart(
      String title,
      List<EpochRow> rows,
      ToDoubleFunction<EpochRow> train,
      ToDoubleFunction<EpochRow> test,
      boolean falls) {
    XYChart chart =
        new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).xAxisTitle("epoch").build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLegendPosition(falls ? Styler.LegendPosition.InsideNE : Styler.LegendPosition.InsideSE);
    double[] epochs = rows.stream().mapToDouble(EpochRow::epoch).toArray();
    chart.addSeries("train", epochs, rows.stream().mapToDouble(train).toArray()).setMarker(SeriesMarkers.CIRCLE);
    chart.addSeries("test", epochs, rows.stream().mapToDouble(test).toArray()).setMarker(SeriesMarkers.DIAMOND);
    return chart;
  }
}
