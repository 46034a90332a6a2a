// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.layer.Shape;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Features that are made as they are needed. */
class FeatureSourceTest {
  private static final Shape PAIR = new Shape(2);

  private final AtomicInteger made = new AtomicInteger();
  private final FeatureSource source =
      FeatureSource.ofFloats(
          4, PAIR,
          i -> {
            made.incrementAndGet();
            return new float[] {i, -i};
          });

  private static float[] floats(Features features) {
    return ((Features.Floats) features).values();
  }

  @Test
  void examplesAreMadeWhenTheyAreRead() {
    Examples all = Examples.of(Features.of(source), Targets.classes(new int[] {0, 1, 0, 1}, 2));
    assertThat(all.count()).isEqualTo(4);
    assertThat(all.shape()).isEqualTo(PAIR);
    assertThat(all.features().type()).isEqualTo(Features.Floats.class);
    assertThat(all.features().kind()).isEqualTo("floats");
    Examples some = all.select(3, 1, 1).limit(2);
    assertThat(made).hasValue(0);
    assertThat(some.count()).isEqualTo(2);
    assertThat(floats(some.features().read(1, 0))).containsExactly(1, -1, 3, -3);
    assertThat(made).hasValue(2);
  }

  @Test
  void bytesAreMadeToo() {
    Features bytes = Features.of(FeatureSource.ofBytes(3, new Shape(1, 1, 2), i -> new byte[] {(byte) i, 7}));
    assertThat(((Features.Bytes) bytes.read(2, 2)).values()).containsExactly(2, 7, 2, 7);
    assertThat(bytes.type()).isEqualTo(Features.Bytes.class);
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    Features streamed = Features.of(source);
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> streamed.select(4));
    assertThatIllegalArgumentException().isThrownBy(streamed::read)
        .withMessage("0 examples of 2 are selected; there must be one, and at most 1,073,741,815");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Features.of(FeatureSource.ofFloats(2, PAIR, i -> new float[3])).read(1))
        .withMessage("example 1 was made with 3 values; 2 has 2");
    assertThatIllegalArgumentException().isThrownBy(() -> Features.of(FeatureSource.ofFloats(0, PAIR, i -> null)))
        .withMessage("the source has 0 examples; it must have one or more");
    assertThatIllegalArgumentException().isThrownBy(() -> Features.of(new Wrong(Features.Tokens.class)))
        .withMessage("a source makes Features.Bytes or Features.Floats, not Tokens");
    assertThatIllegalStateException().isThrownBy(() -> Features.of(new Wrong(Features.Bytes.class)).read(0))
        .withMessageEndingWith("Wrong made 1 floats of 3 for 1 examples, not bytes of 2");
  }

  /** Makes three floats, whatever it says. */
  private record Wrong(Class<? extends Features> type) implements FeatureSource {
    @Override
    public int count() {
      return 2;
    }

    @Override
    public Shape shape() {
      return PAIR;
    }

    @Override
    public Features read(int... indices) {
      return Features.of(new float[3 * indices.length], 3);
    }
  }
}
