// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.predict;

import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.metric.Accuracy;
import io.github.arturo4j.models.metric.OutputObserver;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The examples of an evaluation that a network is most wrong about. Of classes, these are the ones that it takes for another
 * class, and behind them the others, each of least probability of their own class first; of values, those of the greatest
 * error.
 */
public final class MostWrong implements OutputObserver {
  /** Wrong ones first, then by their error; of equal ones the first example first. */
  private static final Comparator<Mistake> WORST =
      Comparator.comparing(Mistake::isWrong)
          .thenComparingDouble(Mistake::error)
          .reversed()
          .thenComparingInt(Mistake::example);

  private final OutputMeaning meaning;
  private final Targets targets;
  private final int limit;
  private final PriorityQueue<Mistake> found = new PriorityQueue<>(WORST.reversed());
  private int wrong;

  /**
   * Those of examples.
   *
   * @param targets of all the examples
   * @param limit how many are kept
   */
  public MostWrong(OutputMeaning meaning, Targets targets, int limit) {
    this.meaning = meaning;
    this.targets = targets;
    this.limit = limit;
  }

  /**
   * What a network says of an example.
   *
   * @param example its index
   * @param isWrong whether it is taken for another class; of values true
   * @param error −log of the probability of its class; of values the root of the mean squared difference
   */
  public record Mistake(int example, Prediction prediction, boolean isWrong, double error) {}

  @Override
  public void add(int example, float[] outputs) {
    Mistake mistake = mistake(example, outputs, meaning.of(outputs));
    wrong += mistake.isWrong ? 1 : 0;
    found.add(mistake);
    if (found.size() > limit) {
      found.remove();
    }
  }

  private Mistake mistake(int example, float[] outputs, Prediction prediction) {
    double[] predicted = prediction.values();
    return switch (targets) {
      case Targets.Classes classes -> {
        int label = classes.labels()[example];
        yield new Mistake(example, prediction, Accuracy.best(outputs) != label, -Math.log(predicted[label]));
      }
      case Targets.Values values -> new Mistake(example, prediction, true, distance(predicted, meaning.target(values, example)));
    };
  }

  private static double distance(double[] predicted, double[] target) {
    double sum = 0;
    for (int i = 0; i < target.length; i++) {
      sum += (predicted[i] - target[i]) * (predicted[i] - target[i]);
    }
    return Math.sqrt(sum / target.length);
  }

  /** The worst first. */
  public List<Mistake> mistakes() {
    return found.stream().sorted(WORST).toList();
  }

  /** How many of all examples are taken for another class; of values all. */
  public int wrong() {
    return wrong;
  }
}
