// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

class TornadoVmMessageTest {
  @Test
  void theInnermostOfItsOwnWordsAreSaidInOneLine() {
    Throwable own = new TornadoRuntimeException("\u001b[31m[ERROR] Unable to compile task s0.t0.\u001b[0m\nThe internal error");
    assertThat(TornadoVmMessage.of(new IllegalArgumentException("outer", own))).hasValue("Unable to compile task s0.t0");
    assertThat(TornadoVmMessage.of(new TornadoRuntimeException(""))).isEmpty();
    assertThat(TornadoVmMessage.of(new IllegalStateException("[ERROR] x"))).isEmpty();
  }
}
