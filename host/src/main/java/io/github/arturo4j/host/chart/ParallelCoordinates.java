// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.chart;

import java.util.List;
import java.util.Locale;

/**
 * Parallel coordinates as an SVG (Inselberg, "The plane with parallel coordinates", 1985): an upright axis for each value, and
 * a line for each of those that have them. Colours and type sizes are the style sheet's.
 *
 * @param title what a reader hears who does not see the picture
 * @param axes from left to right, at least one
 * @param lines drawn in their order, so that the last one is on top
 */
public record ParallelCoordinates(String title, List<Upright> axes, List<Line> lines) {
  private static final double SPACING = 160;
  private static final double MIN_WIDTH = 560;
  private static final double LEFT = 84;
  private static final double RIGHT = 104;
  private static final double TOP = 44;
  private static final double BOTTOM = 330;
  private static final double HEIGHT = 350;
  private static final int LONGEST = 14;

  /** To the right of the last axis is room. */
  private static final int LONGEST_LAST = 20;

  /** By how much it may be made smaller before it has to be scrolled, and larger where there is room. */
  private static final double SMALLEST = 0.7;

  private static final double LARGEST = 1.2;

  /**
   * An axis.
   *
   * @param name above it
   */
  public record Upright(String name, List<Tick> ticks) {}

  /**
   * A label at an axis.
   *
   * @param position from 0 at the bottom to 1 at the top
   */
  public record Tick(double position, String label) {}

  /**
   * A line.
   *
   * @param style its class in the style sheet
   * @param label what a reader is told whose pointer rests on it
   * @param positions on the axes, each in [0, 1]; NaN where it has none, where the line ends
   */
  public record Line(String style, String label, List<Double> positions) {}

  private double width() {
    return Math.max(MIN_WIDTH, LEFT + RIGHT + (axes.size() - 1) * SPACING);
  }

  /** Writes the picture, an element of HTML; where there is less room than it needs, whoever holds it lets it scroll. */
  public void writeTo(Markup out) {
    String width = LineChart.number(width());
    out.open(
        "svg", "xmlns", "http://www.w3.org/2000/svg", "viewBox", "0 0 " + width + " " + LineChart.number(HEIGHT), "role", "img",
        "aria-label", title, "style",
        "min-width: " + LineChart.number(SMALLEST * width()) + "px; max-width: " + LineChart.number(LARGEST * width()) + "px");
    lines.forEach(line -> line(out, line));
    for (int i = 0; i < axes.size(); i++) {
      axis(out, i);
    }
    out.close().line();
  }

  private double x(int axis) {
    return axes.size() == 1 ? LEFT : LEFT + axis * (width() - LEFT - RIGHT) / (axes.size() - 1);
  }

  private static double y(double position) {
    return BOTTOM - position * (BOTTOM - TOP);
  }

  private void axis(Markup out, int index) {
    Upright axis = axes.get(index);
    String x = LineChart.number(x(index));
    out.empty("line", "class", "base", "x1", x, "x2", x, "y1", LineChart.number(TOP), "y2", LineChart.number(BOTTOM));
    String name = shortened(axis.name, index == axes.size() - 1 ? LONGEST_LAST : LONGEST);
    out.element("text", name, "class", "axis heading", "text-anchor", "middle", "x", x, "y", "20");
    for (Tick tick : axis.ticks) {
      String y = LineChart.number(y(tick.position));
      out.empty("line", "class", "base", "x1", LineChart.number(x(index) - 5), "x2", x, "y1", y, "y2", y);
      out.element(
          "text", shortened(tick.label, LONGEST), "class", "tick outlined", "text-anchor", "end", "dominant-baseline", "central", "x",
          LineChart.number(x(index) - 8), "y", y);
    }
    out.line();
  }

  private static String shortened(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
  }

  /** The line, and a wider one around it that cannot be seen, for pointers. */
  private void line(Markup out, Line line) {
    StringBuilder corners = new StringBuilder();
    for (int i = 0; i < axes.size() && !Double.isNaN(line.positions.get(i)); i++) {
      corners.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(i), y(line.positions.get(i))));
    }
    String points = corners.toString().strip();
    out.open("g", "class", "way " + line.style).element("title", line.label);
    out.empty("polyline", "class", "line", "points", points).empty("polyline", "class", "around", "points", points);
    out.close().line();
  }
}
