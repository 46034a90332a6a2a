// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.arturo4j.host.io.Hash;
import io.github.arturo4j.service.api.JobRequest;

/** What a request asks for, whatever the order of its options: SHA-256. */
final class RequestHash {
  private static final ObjectMapper MAPPER = new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

  private RequestHash() {}

  static byte[] of(JobRequest request) {
    try {
      return Hash.sha256(MAPPER.writeValueAsBytes(request));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // texts and numbers can be written
    }
  }
}
