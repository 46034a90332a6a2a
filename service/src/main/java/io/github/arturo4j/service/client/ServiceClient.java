// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import io.github.arturo4j.service.api.Artifact;
import io.github.arturo4j.service.api.ArtifactList;
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
import io.github.arturo4j.service.api.ResumeRequest;
import io.github.arturo4j.service.api.Token;
import io.github.arturo4j.service.client.Exchange.Repeat;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
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
  private static final String JOBS = "/jobs";
  private static final String DATASETS = "/datasets";

  private final Exchange exchange;
  private final Administration administration;

  private ServiceClient(ClientSettings settings) {
    exchange = new Exchange(settings);
    administration = new Administration(exchange);
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
    HttpRequest post = Exchange.with(exchange.request(JOBS).header("Idempotency-Key", key), "POST", request);
    return exchange.value(post, Repeat.YES, Job.class);
  }

  /** A job as it is now. */
  public Job job(long id) {
    return exchange.get(job("", id), Job.class);
  }

  /** A page of jobs, the newest first; its {@code next} is what the query for the next one is before. */
  public JobPage jobs(JobQuery query) {
    return exchange.get(JOBS + query.text(), JobPage.class);
  }

  /** All jobs that a query asks for, the newest first; pages are asked for as they are needed. */
  public Stream<Job> allJobs(JobQuery query) {
    return Stream.iterate(jobs(query), Objects::nonNull, page -> page.next() == null ? null : jobs(query.before(page.next())))
        .flatMap(page -> page.jobs().stream());
  }

  /** The trials of a search as jobs, in the order in which they have begun; of another job, none. */
  public List<Job> trials(long id) {
    return exchange.get(job("/trials", id), JobPage.class).jobs();
  }

  /** Changes name, labels or priority of a job; what is null stays as it is. */
  public Job change(long id, JobChange change) {
    return exchange.value(Exchange.with(exchange.request(job("", id)), "PATCH", change), Repeat.YES, Job.class);
  }

  /**
   * Cancels a job.
   *
   * @param mode with a checkpoint, or at once
   * @return the job, which may still be stopping
   */
  public Job cancel(long id, CancelMode mode) {
    return exchange.post(job("/cancel", id), new CancelRequest(mode), Repeat.UNSENT, Job.class);
  }

  /** Cancels all jobs with a label that wait or run, and tells them. */
  public List<Job> cancel(String label, CancelMode mode) {
    String path = JOBS + "/cancel?label=" + Exchange.encoded(label);
    return exchange.post(path, new CancelRequest(mode), Repeat.UNSENT, JobPage.class).jobs();
  }

  /**
   * Has a job that has ended go on from its checkpoint.
   *
   * @param epochs as many in all; null for as many as before
   */
  public Job resume(long id, Integer epochs) {
    return exchange.post(job("/resume", id), new ResumeRequest(epochs), Repeat.UNSENT, Job.class);
  }

  /** Removes a job that has ended, with its run folder. */
  public void delete(long id) {
    exchange.delete(job("", id));
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
    return exchange.get(job("/artifacts", id), ArtifactList.class).artifacts();
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
    return exchange.get(job("/metrics?points=" + points, id), Metrics.class);
  }

  /** The devices and what runs on them. */
  public List<Device> devices() {
    return exchange.get("/devices", DeviceList.class).devices();
  }

  /** The built-in experiments, and the options that a job may set. */
  public Catalog catalog() {
    return exchange.get("/experiments", Catalog.class);
  }

  /** The data sets below the server's data root. */
  public List<DatasetInfo> datasets() {
    return exchange.get(DATASETS, DatasetList.class).datasets();
  }

  /**
   * Stores a file of a data set, under its own name, whole or not at all.
   *
   * @throws IOException if the file cannot be read
   */
  public DatasetFile upload(String dataset, Path file) throws IOException {
    String path = DATASETS + "/" + Exchange.encoded(dataset) + "/" + Exchange.encoded(file.getFileName().toString());
    return new Upload(exchange, file, path).run();
  }

  /** What takes a token of role admin. */
  public Administration administration() {
    return administration;
  }

  /** The token that this client sends. */
  public Token session() {
    return exchange.get("/session", Token.class);
  }

  private static String job(String rest, long id) {
    return JOBS + "/" + id + rest;
  }

  /** Ends whatever still waits for the server; it is not asked any more. */
  @Override
  public void close() {
    exchange.close();
  }
}
