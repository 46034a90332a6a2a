// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.layer.ParameterSpec;
import io.github.arturo4j.models.layer.Stage;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketTest {
  /** Of every network, each tensor is in a stage's list, and in one bucket, and behind the bucket's stage nothing contributes to it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 100_000, Bucket.VALUES, Integer.MAX_VALUE})
  void aBucketIsCompleteBehindItsStage(int least) {
    for (String name : ModelZoo.names()) {
      Network network = ModelZoo.create(name);
      List<Bucket> buckets = Bucket.of(network, least);
      Set<ParameterSpec> listed = new HashSet<>();
      network.stages().forEach(stage -> listed.addAll(stage.parameters()));
      assertThat(listed).containsExactlyInAnyOrderElementsOf(network.parameters());
      int to = network.parameterCount();
      int end = network.stages().size();
      for (Bucket bucket : buckets) {
        assertThat(bucket.to()).isEqualTo(to);
        assertThat(bucket.from()).isLessThan(to);
        assertThat(bucket.stage()).isLessThan(end);
        for (Stage earlier : network.stages().subList(0, bucket.stage())) {
          assertThat(earlier.parameters()).allSatisfy(spec -> assertThat(spec.offset() + spec.size()).isLessThanOrEqualTo(bucket.from()));
        }
        assertThat(bucket == buckets.getLast() || bucket.size() >= Math.max(least, network.parameterCount() / 4)).isTrue();
        to = bucket.from();
        end = bucket.stage();
      }
      assertThat(to).isZero();
      assertThat(end).isZero();
      assertThat(buckets.size()).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void largeNetworksHaveSeveral() {
    assertThat(Bucket.of(ModelZoo.create("fmnist_cnn"), Bucket.VALUES)).hasSize(1);
    assertThat(Bucket.of(ModelZoo.create("fmnist_resnet18"), Bucket.VALUES)).hasSizeBetween(2, 4);
  }
}
