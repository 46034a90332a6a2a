// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.State;
import java.net.URI;
import java.nio.file.Path;

/** What the page of the client shows. */
final class ServiceExample {
  private ServiceExample() {}

  // begin
  static Path train(URI server, String token, Path folder) {
    try (ServiceClient client = ServiceClient.connect(server, token)) {
      Job job = client.submit(NewJob.training().experiment("fmnist_cnn").option("epochs", 3).request());
      client.events(job.id(), event -> {
        if (event instanceof JobEvent.Told told && told.type().equals("epoch")) {
          System.out.println(told.values());
        }
      });
      Job ended = client.job(job.id());
      if (ended.state() != State.SUCCEEDED) {
        throw new IllegalStateException(ended.state() + ": " + ended.failure());
      }
      return client.download(job.id(), "model.safetensors", folder.resolve("model.safetensors"));
    }
  }
  // end
}
