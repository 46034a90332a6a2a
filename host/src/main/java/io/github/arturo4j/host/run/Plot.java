// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.host.io.AtomicFile;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Loss and accuracy over the epochs, on both sets, as a picture. */
final class Plot {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 400;

  private Plot() {}

  static void write(Path file, List<EpochRow> rows) throws IOException {
    BufferedImage loss =
        BitmapEncoder.getBufferedImage(chart("Loss (nats)", rows, EpochRow::trainLoss, EpochRow::testLoss, true));
    BufferedImage accuracy =
        BitmapEncoder.getBufferedImage(
            chart("Accuracy", rows, EpochRow::trainAccuracy, EpochRow::testAccuracy, false));
    BufferedImage both = new BufferedImage(2 * WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = both.createGraphics();
    graphics.drawImage(loss, 0, 0, null);
    graphics.drawImage(accuracy, WIDTH, 0, null);
    graphics.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try (ImageOutputStream memory = new MemoryCacheImageOutputStream(png)) { // the default keeps a file in /tmp
      ImageIO.write(both, "png", memory);
    }
    AtomicFile.write(file, png.toByteArray());
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
