// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.spec;

import io.github.arturo4j.models.layer.Layer;
import io.github.arturo4j.models.layer.LayerArguments;
import io.github.arturo4j.models.layer.ReLU;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Notes what a kind of layer asks for; gives it something valid. */
final class KeyRecorder implements LayerArguments {
  /** What required numbers are given from, each another, so that a default that is one of them is seen to be. */
  private static final int FIRST = 1_000_003;

  private final List<LayerKey> keys = new ArrayList<>();

  List<LayerKey> keys() {
    return List.copyOf(keys);
  }

  private <T> T note(String key, String kind, Object otherwise, T value) {
    keys.add(new LayerKey(key, kind, otherwise == null ? null : otherwise.toString()));
    return value;
  }

  @Override
  public int integer(String key) {
    return note(key, "a whole number", null, FIRST + keys.size());
  }

  @Override
  public int integer(String key, int otherwise) {
    boolean another = otherwise >= FIRST && otherwise < FIRST + keys.size();
    return note(key, "a whole number", another ? "as " + keys.get(otherwise - FIRST).name() : otherwise, otherwise);
  }

  @Override
  public int width(String key) {
    return note(key, "a whole number, or outputs", null, 1);
  }

  @Override
  public double number(String key) {
    return note(key, "a number", null, .5);
  }

  @Override
  public double number(String key, double otherwise) {
    return note(key, "a number", otherwise, otherwise);
  }

  @Override
  public boolean flag(String key, boolean otherwise) {
    return note(key, "true or false", otherwise, otherwise);
  }

  @Override
  public <E extends Enum<E>> E word(String key, E otherwise) {
    String words =
        Arrays.stream(otherwise.getDeclaringClass().getEnumConstants())
            .map(word -> word.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(" or "));
    return note(key, words, otherwise.name().toLowerCase(Locale.ROOT), otherwise);
  }

  @Override
  public String text(String key) {
    return note(key, "a text", null, key);
  }

  @Override
  public List<Integer> integers(String key) {
    return note(key, "a list of whole numbers", null, List.of(1));
  }

  @Override
  public List<Layer> layers(String key) {
    return note(key, "a list of layers", null, List.of(new ReLU()));
  }

  @Override
  public List<Layer> layersIfAny(String key) {
    return note(key, "a list of layers", "[]", List.of());
  }
}
