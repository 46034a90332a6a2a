// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import io.github.arturo4j.host.io.Hash;
import io.github.arturo4j.service.api.Artifact;
import io.github.arturo4j.service.api.ArtifactList;
import io.github.arturo4j.service.api.AuditPage;
import io.github.arturo4j.service.api.CancelMode;
import io.github.arturo4j.service.api.CancelRequest;
import io.github.arturo4j.service.api.Catalog;
import io.github.arturo4j.service.api.DatasetFile;
import io.github.arturo4j.service.api.DatasetInfo;
import io.github.arturo4j.service.api.DatasetList;
import io.github.arturo4j.service.api.Device;
import io.github.arturo4j.service.api.DeviceList;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.JobChange;
import io.github.arturo4j.service.api.JobPage;
import io.github.arturo4j.service.api.JobRequest;
import io.github.arturo4j.service.api.Metrics;
import io.github.arturo4j.service.api.NewToken;
import io.github.arturo4j.service.api.ResumeRequest;
import io.github.arturo4j.service.api.Role;
import io.github.arturo4j.service.api.Token;
import io.github.arturo4j.service.api.TokenList;
import io.github.arturo4j.service.api.TokenRequest;
import io.github.arturo4j.service.client.Exchange.Repeat;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Asks a server for jobs, and follows them. Any thread may call. Each call that needs the server throws {@link ServiceException}
 * where that refuses and {@link ConnectionException} where there is no answer; a server that is being started anew is waited for,
 * and a request that may have reached it is sent again only where that changes nothing.
 *
 * {@snippet :
 * static Path train(URI server, String token, Path folder) {
 *   try (ServiceClient client = ServiceClient.connect(server, token)) {
 *     Job job = client.submit(NewJob.training().experiment("fmnist_cnn").option("epochs", 3).request());
 *     client.events(job.id(), event -> {
 *       if (event instanceof JobEvent.Told told && told.type().equals("epoch")) {
 *         System.out.println(told.values());
 *       }
 *     });
 *     Job ended = client.job(job.id());
 *     if (ended.state() != State.SUCCEEDED) {
 *       throw new IllegalStateException(ended.state() + ": " + ended.failure());
 *     }
 *     return client.download(job.id(), "model.safetensors", folder.resolve("model.safetensors"));
 *   }
 * }
 * }
 */
public final class ServiceClient implements AutoCloseable {
  /** As many seconds more for an upload as it takes at this speed, in bytes a second. */
  private static final long SLOWEST = 1 << 16;

  private static final String JOBS = "/jobs";
  private static final String DATASETS = "/datasets";

  private final Exchange exchange;

  private ServiceClient(ClientSettings settings) {
    exchange = new Exchange(settings);
  }

  /**
   * A client; the server is not asked yet.
   *
   * @throws IllegalArgumentException if the address or the token cannot be one; one line
   */
  public static ServiceClient connect(URI server, String token) {
    return connect(ClientSettings.of(server, token));
  }

  /** The same with all settings. */
  public static ServiceClient connect(ClientSettings settings) {
    return new ServiceClient(settings);
  }

  /** Submits a job. However often this has to be tried, there is one. */
  public Job submit(JobRequest request) {
    return submit(request, UUID.randomUUID().toString());
  }

  /**
   * The same, also across calls and programs.
   *
   * @param key a name for the request, of 1 to 200 characters: a request of the same key is answered with the same job
   */
  public Job submit(JobRequest request, String key) {
    Objects.requireNonNull(key, "key");
    HttpRequest.Builder post = exchange.request(JOBS).header("Idempotency-Key", key);
    return exchange.value(with(post, "POST", request), Repeat.YES, Job.class);
  }

  /** A job as it is now. */
  public Job job(long id) {
    return get(job("", id), Job.class);
  }

  /** A page of jobs, the newest first; its {@code next} is what the query for the next one is before. */
  public JobPage jobs(JobQuery query) {
    return get(JOBS + query.text(), JobPage.class);
  }

  /** All jobs that a query asks for, the newest first; pages are asked for as they are needed. */
  public Stream<Job> allJobs(JobQuery query) {
    return Stream.iterate(jobs(query), Objects::nonNull, page -> page.next() == null ? null : jobs(query.before(page.next())))
        .flatMap(page -> page.jobs().stream());
  }

  /** Changes name, labels or priority of a job; what is null stays as it is. */
  public Job change(long id, JobChange change) {
    return exchange.value(with(exchange.request(job("", id)), "PATCH", change), Repeat.YES, Job.class);
  }

  /**
   * Cancels a job.
   *
   * @param mode with a checkpoint, or at once
   * @return the job, which may still be stopping
   */
  public Job cancel(long id, CancelMode mode) {
    return post(job("/cancel", id), new CancelRequest(mode), Repeat.UNSENT, Job.class);
  }

  /** Cancels all jobs with a label that wait or run, and tells them. */
  public List<Job> cancel(String label, CancelMode mode) {
    String path = JOBS + "/cancel?label=" + Exchange.encoded(label);
    return post(path, new CancelRequest(mode), Repeat.UNSENT, JobPage.class).jobs();
  }

  /**
   * Has a job that has ended go on from its checkpoint.
   *
   * @param epochs as many in all; null for as many as before
   */
  public Job resume(long id, Integer epochs) {
    return post(job("/resume", id), new ResumeRequest(epochs), Repeat.UNSENT, Job.class);
  }

  /** Removes a job that has ended, with its run folder. */
  public void delete(long id) {
    exchange.nothing(exchange.request(job("", id)).DELETE().build(), Repeat.UNSENT);
  }

  /** What a job has told from its beginning, and tells until it has ended. */
  public JobEvents events(long id) {
    return events(id, 0);
  }

  /**
   * The same behind a position.
   *
   * @param after that of an event, or {@link Metrics#after()}
   */
  public JobEvents events(long id, long after) {
    return new JobEvents(exchange, id, after);
  }

  /** Hands on what a job tells; comes back when it has ended. */
  public void events(long id, Consumer<JobEvent> taker) {
    try (JobEvents events = events(id)) {
      events.forEachRemaining(taker);
    }
  }

  /**
   * What a job's process has printed so far.
   *
   * @param offset bytes to leave out; negative: as many from the end
   */
  public LogStream log(long id, long offset) {
    return new LogStream(exchange, id, offset, false);
  }

  /** The same, and what it prints until it has ended. */
  public LogStream followLog(long id, long offset) {
    return new LogStream(exchange, id, offset, true);
  }

  /** The files of a job's run folder. */
  public List<Artifact> artifacts(long id) {
    return get(job("/artifacts", id), ArtifactList.class).artifacts();
  }

  /**
   * Brings a file of a job's run folder here, whole or not at all; one that is there already does not come again. A download that
   * was cut off goes on where it was, also in a later call.
   *
   * @param name as {@link #artifacts} lists it
   * @param target where it is to be; its folder must be there
   * @return the target
   * @throws io.github.arturo4j.host.io.OperationException if it cannot be written
   */
  public Path download(long id, String name, Path target) {
    new Download(exchange, job("/artifacts/", id) + Exchange.encodedPath(name), target).run();
    return target;
  }

  /**
   * The curves of a training so far.
   *
   * @param points of a curve at most, from 2 to 10000
   */
  public Metrics metrics(long id, int points) {
    return get(job("/metrics?points=" + points, id), Metrics.class);
  }

  /** The devices and what runs on them. */
  public List<Device> devices() {
    return get("/devices", DeviceList.class).devices();
  }

  /** Gives a device no new jobs; those that run there go on. */
  public Device drain(String device) {
    return post("/devices/" + Exchange.encoded(device) + "/drain", null, Repeat.YES, Device.class);
  }

  /** Gives a device jobs again, also one that was taken for faulty. */
  public Device undrain(String device) {
    return post("/devices/" + Exchange.encoded(device) + "/undrain", null, Repeat.YES, Device.class);
  }

  /** The built-in experiments, and the options that a job may set. */
  public Catalog catalog() {
    return get("/experiments", Catalog.class);
  }

  /** The data sets below the server's data root. */
  public List<DatasetInfo> datasets() {
    return get(DATASETS, DatasetList.class).datasets();
  }

  /**
   * Stores a file of a data set, under its own name, whole or not at all.
   *
   * @throws IOException if the file cannot be read
   */
  public DatasetFile upload(String dataset, Path file) throws IOException {
    String path = DATASETS + "/" + Exchange.encoded(dataset) + "/" + Exchange.encoded(file.getFileName().toString());
    Duration timeout = exchange.settings().silence().plusSeconds(Files.size(file) / SLOWEST);
    HttpRequest put =
        exchange.request(path).timeout(timeout).header("Content-Type", "application/octet-stream").PUT(BodyPublishers.ofFile(file)).build();
    DatasetFile stored = exchange.value(put, Repeat.YES, DatasetFile.class);
    try (InputStream in = Files.newInputStream(file)) {
      if (!Hash.of("SHA-256", in).equals(stored.sha256())) {
        throw new ConnectionException(
            ConnectionException.Kind.CORRUPT, "what the server has stored is not what '" + file.getFileName() + "' holds", null);
      }
    }
    return stored;
  }

  /** The tokens, without their secrets. */
  public List<Token> tokens() {
    return get("/tokens", TokenList.class).tokens();
  }

  /** Makes a token; its secret is in this answer only. */
  public NewToken createToken(String name, Role role) {
    return post("/tokens", new TokenRequest(name, role), Repeat.UNSENT, NewToken.class);
  }

  /** Revokes a token. */
  public void revokeToken(long id) {
    exchange.nothing(exchange.request("/tokens/" + id).DELETE().build(), Repeat.UNSENT);
  }

  /**
   * Who has changed what, the newest first.
   *
   * @param before only what is older than this entry; null for all
   * @param limit of the page, from 1 to 1000
   */
  public AuditPage audit(Long before, int limit) {
    return get("/audit?limit=" + limit + (before == null ? "" : "&before=" + before), AuditPage.class);
  }

  /** The token that this client sends. */
  public Token session() {
    return get("/session", Token.class);
  }

  private static String job(String rest, long id) {
    return JOBS + "/" + id + rest;
  }

  private <T> T get(String path, Class<T> type) {
    return exchange.value(exchange.request(path).build(), Repeat.YES, type);
  }

  private <T> T post(String path, Object body, Repeat repeat, Class<T> type) {
    return exchange.value(with(exchange.request(path), "POST", body), repeat, type);
  }

  private static HttpRequest with(HttpRequest.Builder request, String method, Object body) {
    BodyPublisher publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(Json.write(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    return request.method(method, publisher).build();
  }

  /** Ends whatever still waits for the server; it is not asked any more. */
  @Override
  public void close() {
    exchange.close();
  }
}
