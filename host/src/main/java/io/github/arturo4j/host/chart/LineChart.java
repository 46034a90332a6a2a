// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Curves as an SVG: for each the mean as a line, the range of the seeds as a band, its name beside its end, and each
 * point's values as a tooltip. Colours, dashes and type sizes are the style sheet's; there is room for type of 17
 * units, which phones need.
 *
 * @param id a name for what the picture refers to in itself
 * @param title what a reader hears who does not see the picture
 * @param vertical name of the vertical axis
 * @param horizontal name of the horizontal axis
 * @param x the horizontal axis
 * @param y the vertical axis; what lies beyond its ends is cut off
 * @param digits after the point of values in tooltips
 * @param curves in the order of their colours
 */
public record LineChart(
    String id, String title, String vertical, String horizontal, Axis x, Axis y, int digits, List<Curve> curves) {
  private static final double WIDTH = 560;
  private static final double HEIGHT = 350;
  private static final double GAP = 24;
  private static final double HEADING = 26;
  private static final double LEFT = 58;
  private static final double TOP = 34;
  private static final double BOTTOM = HEIGHT - 56;
  private static final double CHARACTER = 11.5;
  private static final double LINE = 19;
  private static final int MAX_DOTS = 40;
  private static final int LONGEST = 12;
  private static final int ROUNDS = 50;

  /** The part of the axis that a curve has to come to for a line from its end to its name, which else would look like one. */
  private static final double LEAD_FROM = 0.6;

  /** Begins the title with a capital. */
  public LineChart {
    title = title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
  }

  /** Writes the picture, an element of HTML. */
  public void writeTo(Markup out) {
    out.open(
        "svg", "xmlns", "http://www.w3.org/2000/svg", "viewBox", "0 0 " + number(WIDTH) + " " + number(HEIGHT), "role",
        "img", "aria-label", title);
    drawTo(out);
    out.close().line();
  }

  /**
   * Charts side by side, each with its title above it, as a picture that needs nothing else.
   *
   * @param charts of different ids
   */
  public static String picture(List<LineChart> charts) {
    Markup out = new Markup();
    String width = number(charts.size() * (WIDTH + GAP) - GAP);
    String height = number(HEIGHT + HEADING);
    out.open(
        "svg", "xmlns", "http://www.w3.org/2000/svg", "viewBox", "0 0 " + width + " " + height, "width", width, "height",
        height, "role", "img", "aria-label", String.join("; ", charts.stream().map(LineChart::title).toList()));
    out.line().element("style", StyleSheet.of("/chart.css")).line();
    out.empty("rect", "class", "page", "width", "100%", "height", "100%").line();
    for (int i = 0; i < charts.size(); i++) {
      out.open("g", "transform", "translate(" + number(i * (WIDTH + GAP)) + " " + number(HEADING) + ")");
      out.element("text", charts.get(i).title, "class", "title", "x", "6", "y", "-6").line();
      charts.get(i).drawTo(out);
      out.close().line();
    }
    return out.close().line().toString();
  }

  private void drawTo(Markup out) {
    out.open("clipPath", "id", "clip-" + id)
        .empty("rect", "x", number(LEFT), "y", number(TOP - 4), "width", number(right() - LEFT), "height",
            number(BOTTOM - TOP + 8))
        .close()
        .line();
    axes(out);
    out.open("g", "clip-path", "url(#clip-" + id + ")");
    curves.forEach(curve -> band(out, curve));
    curves.forEach(curve -> line(out, curve));
    out.close().line();
    curves.forEach(curve -> points(out, curve));
    names(out);
  }

  /** Whether a value is cut off. */
  public boolean cuts() {
    return curves.stream().flatMap(curve -> curve.points().stream()).anyMatch(p -> !isOn(p.low()) || !isOn(p.high()));
  }

  private boolean isOn(double value) {
    return value >= y.low() && value <= y.high();
  }

  private double right() {
    int longest = curves.stream().filter(curve -> !curve.isMuted()).mapToInt(curve -> name(curve).length()).max().orElse(0);
    return WIDTH - 22 - longest * CHARACTER;
  }

  private double x(double value) {
    return LEFT + x.position(value) * (right() - LEFT);
  }

  private double y(double value) {
    return BOTTOM - y.position(value) * (BOTTOM - TOP);
  }

  private void axes(Markup out) {
    out.element("text", vertical, "class", "axis", "x", "6", "y", "17");
    for (double tick : y.ticks()) {
      String at = number(y(tick));
      out.empty("line", "class", "grid", "x1", number(LEFT), "x2", number(right()), "y1", at, "y2", at);
      out.element(
          "text", y.label(tick), "class", "tick", "text-anchor", "end", "dominant-baseline", "central", "x",
          number(LEFT - 8), "y", at);
    }
    out.empty(
        "line", "class", "base", "x1", number(LEFT), "x2", number(right()), "y1", number(BOTTOM), "y2", number(BOTTOM));
    for (double tick : x.ticks()) {
      String at = number(x(tick));
      out.empty("line", "class", "base", "x1", at, "x2", at, "y1", number(BOTTOM), "y2", number(BOTTOM + 5));
      out.element("text", x.label(tick), "class", "tick", "text-anchor", "middle", "x", at, "y", number(BOTTOM + 22));
    }
    out.element(
        "text", horizontal, "class", "axis", "text-anchor", "middle", "x", number((LEFT + right()) / 2), "y",
        number(HEIGHT - 8));
    out.line();
  }

  private void band(Markup out, Curve curve) {
    if (curve.points().size() < 2 || curve.points().stream().allMatch(point -> point.seeds() == 1)) {
      return;
    }
    StringBuilder corners = new StringBuilder();
    curve.points().forEach(point -> corner(corners, point.x(), y(point.high())));
    curve.points().reversed().forEach(point -> corner(corners, point.x(), y(point.low())));
    out.empty("polygon", "class", "band " + style(curve), "points", corners.toString().strip());
  }

  private void line(Markup out, Curve curve) {
    StringBuilder corners = new StringBuilder();
    curve.points().forEach(point -> corner(corners, point.x(), y(point.mean())));
    out.empty("polyline", "class", "line " + style(curve), "points", corners.toString().strip());
  }

  private void corner(StringBuilder corners, double value, double at) {
    corners.append(number(x(value))).append(',').append(number(at)).append(' ');
  }

  private void points(Markup out, Curve curve) {
    int max = curves.stream().mapToInt(other -> other.points().size()).max().orElse(0);
    String kind = max > MAX_DOTS ? "spot " : "dot ";
    for (Curve.Point point : curve.points()) {
      if (isOn(point.mean())) {
        out.open(
                "circle", "class", kind + style(curve), "cx", number(x(point.x())), "cy",
                number(y(point.mean())), "r", "3")
            .element("title", tooltip(curve, point))
            .close();
      }
    }
    out.line();
  }

  private String tooltip(Curve curve, Curve.Point point) {
    String x = point.x() == Math.rint(point.x()) ? "" + (long) point.x() : value(point.x());
    String at = point.epoch() == Curve.Point.NO_EPOCH ? horizontal + " " + x : "epoch " + point.epoch();
    String mean = curve.label() + ", " + at + ": " + value(point.mean());
    return point.seeds() == 1
        ? mean
        : mean + " (" + point.seeds() + " seeds, " + value(point.low()) + " to " + value(point.high()) + ")";
  }

  private String value(double value) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** The name of a curve, and how high it is to stand. */
  private record Name(Curve curve, double end, double at) {}

  private void names(Markup out) {
    List<Name> sorted =
        curves.stream()
            .filter(curve -> !curve.isMuted() && !curve.points().isEmpty() && isOn(curve.points().getLast().mean()))
            .map(curve -> new Name(curve, end(curve), end(curve)))
            .sorted(Comparator.comparingDouble(Name::end))
            .toList();
    for (Name name : apart(sorted)) {
      String kind = style(name.curve);
      double end = name.curve.points().getLast().x();
      if (x.position(end) > LEAD_FROM) {
        out.empty(
            "line", "class", "lead " + kind, "x1", number(x(end) + 4), "y1", number(name.end), "x2", number(right() + 12), "y2",
            number(name.at));
      }
      out.element(
          "text", name(name.curve), "class", "name " + kind, "dominant-baseline", "central", "x",
          number(right() + 16), "y", number(name.at));
    }
  }

  private double end(Curve curve) {
    return y(curve.points().getLast().mean());
  }

  /** The label, or its beginning. */
  private static String name(Curve curve) {
    String label = curve.label();
    return label.length() <= LONGEST ? label : label.substring(0, LONGEST - 1) + "…";
  }

  /** Moves names apart that would stand on each other, each pair by the same way, and into the picture. */
  private static List<Name> apart(List<Name> sorted) {
    double[] at = sorted.stream().mapToDouble(Name::at).toArray();
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 1; i < at.length; i++) {
        double overlap = Math.max(0, LINE - (at[i] - at[i - 1]));
        at[i - 1] -= overlap / 2;
        at[i] += overlap / 2;
      }
    }
    double limit = BOTTOM;
    List<Name> names = new ArrayList<>();
    for (int i = at.length - 1; i >= 0; i--) {
      at[i] = Math.min(at[i], limit);
      limit = at[i] - LINE;
      names.add(new Name(sorted.get(i).curve, sorted.get(i).end, at[i]));
    }
    return names;
  }

  private static String style(Curve curve) {
    return style(curve.index());
  }

  /** The class of a curve in the style sheet; there are nine, then they begin again, and one for those in the background. */
  public static String style(int index) {
    return index == Curve.MUTED ? "muted" : "s" + index % 9;
  }

  /** Writes a piece of a curve's line, for a legend. */
  public static void writeKey(Markup out, int index) {
    out.open("svg", "class", "key", "viewBox", "0 0 36 12", "width", "36", "height", "12", "aria-hidden", "true")
        .empty("polyline", "class", "line " + style(index), "points", "1,6 35,6")
        .close();
  }

  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
