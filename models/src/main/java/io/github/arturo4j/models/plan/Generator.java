// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.data.Preprocessing;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * Writes on with a language model of GPT's shape: token by token, each chosen by the logits that the network puts out at the last
 * position of what there is, of which it sees as much of the end as it has positions for. Each token takes a forward pass over
 * all positions: keys and values of those before are not kept. Not thread-safe.
 */
public final class Generator implements AutoCloseable {
  private final Network network;
  private final int context;
  private final PredictionPlan plan;

  /**
   * Compiles the forward pass.
   *
   * @param network of tokens [positions], which puts out logits of the next token at each of them, no position seeing a later one
   * @throws IllegalArgumentException if it is none, or the weights are another network's; one line
   */
  public Generator(Network network, Weights weights, TornadoDevice device) {
    this(network, weights, device, DeviceTraits.of(device));
  }

  /** The same with kernels that are chosen for other traits than the device's own. */
  public Generator(Network network, Weights weights, TornadoDevice device, DeviceTraits traits) {
    this.network = network;
    context = network.input().size();
    if (network.vocabulary() == 0 || network.positions() != context || network.outputs() > network.vocabulary()) {
      throw new IllegalArgumentException(
          "%s takes %s and puts out %d×%d; to write on, it has to take tokens and put out logits of the next one at each position"
              .formatted(network.name(), network.input(), network.positions(), network.outputs()));
    }
    plan = new PredictionPlan(
            network, weights, Randomness.NONE, Features.Tokens.class, Preprocessing.NONE, 1, device, traits);
    try {
      checkCausal();
    } catch (RuntimeException | Error e) {
      plan.close();
      throw e;
    }
  }

  /** What is behind a position is filled with any token, which must not matter. */
  private void checkCausal() {
    int[] window = new int[context];
    float[] before = predict(window);
    Arrays.fill(window, 1, context, network.vocabulary() - 1);
    float[] after = predict(window);
    int outputs = network.outputs();
    if (!Arrays.equals(before, 0, outputs, after, 0, outputs)) {
      throw new IllegalArgumentException(
          network.name() + " lets a position see those behind it, which are still to be written; it needs causal attention");
    }
  }

  private float[] predict(int[] window) {
    return plan.predict(Features.of(window, network.input().sizes()));
  }

  /**
   * So many tokens that come next.
   *
   * @param prompt tokens that there are, at least one
   * @return the new tokens alone
   * @throws IllegalArgumentException if there are to be none, or the prompt has none, or one that the network does not know; one
   *     line
   */
  public int[] generate(int[] prompt, int count, Sampling sampling) {
    if (count < 1) {
      throw new IllegalArgumentException("the number of tokens to write is " + count + "; it must be at least 1");
    }
    int[] generated = new int[count];
    int[] written = {0};
    generate(
        prompt, sampling,
        token -> {
          generated[written[0]++] = token;
          return written[0] < count;
        });
    return generated;
  }

  /**
   * Writes on as long as it is told to.
   *
   * @param prompt tokens that there are, at least one
   * @param next is given each new token, and says whether there is to be another
   * @throws IllegalArgumentException if the prompt has none, or one that the network does not know; one line
   */
  public void generate(int[] prompt, Sampling sampling, IntPredicate next) {
    if (prompt.length == 0) {
      throw new IllegalArgumentException("the prompt has no token; give it one");
    }
    for (int token : prompt) {
      if (token < 0 || token >= network.vocabulary()) {
        throw new IllegalArgumentException(
            "the prompt has the token " + token + ", and the network knows 0 to " + (network.vocabulary() - 1));
      }
    }
    SplittableRandom random = new SplittableRandom(sampling.seed());
    int known = Math.min(prompt.length, context);
    int[] window = new int[context];
    System.arraycopy(prompt, prompt.length - known, window, 0, known);
    int outputs = network.outputs();
    while (true) {
      int token = sampling.choose(predict(window), (known - 1) * outputs, outputs, random);
      if (!next.test(token)) {
        return;
      }
      if (known == context) {
        System.arraycopy(window, 1, window, 0, context - 1);
      } else {
        known++;
      }
      window[known - 1] = token;
    }
  }

  @Override
  public void close() {
    plan.close();
  }
}
