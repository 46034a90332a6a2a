// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.run.Fingerprint;
import io.github.arturo4j.host.tune.Assignment;
import io.github.arturo4j.host.tune.Choice;
import io.github.arturo4j.host.tune.Domain;
import io.github.arturo4j.host.tune.Method;
import io.github.arturo4j.host.tune.Score;
import io.github.arturo4j.host.tune.Search;
import io.github.arturo4j.host.tune.SearchEvent;
import io.github.arturo4j.host.tune.SearchSettings;
import io.github.arturo4j.host.tune.Trial;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.SearchInfo;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.api.TrialInfo;
import io.github.arturo4j.service.store.StoredJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What holds of a search whose trials are jobs, in whatever order they end, and whenever the server is killed. */
class OngoingSearchTest {
  private static final Instant NOW = Instant.EPOCH;

  /** The server is killed here. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** A search, its record and its jobs, of which a kill leaves what was written. */
  private static final class World implements OngoingSearch.Trials {
    final SearchSettings settings;
    final Random random;
    final double kills;
    final double failures;
    final List<SearchEvent> record = new ArrayList<>();
    final Map<Integer, StoredJob> jobs = new TreeMap<>();
    final Set<List<Integer>> trained = new HashSet<>();
    int restarts;
    OngoingSearch search;

    World(int trials, long seed, double kills, double failures) {
      Experiment adam = Experiments.find("fmnist_cnn", "adam").change().epochs(9).validation(0.1).build();
      SequencedMap<String, Domain> tried = new LinkedHashMap<>();
      tried.put("batchSize", new Choice(List.of(16, 32, 64, 128)));
      Fingerprint data = new Fingerprint(100, "training", 1);
      settings = new SearchSettings("x", Method.asha, trials, 1, 3, null, null, null, "jvm", data, data, tried, adam);
      random = new Random(seed);
      this.kills = kills;
      this.failures = failures;
      restart();
    }

    void restart() {
      search = new OngoingSearch(new Search(settings, List.copyOf(record), this::record), this, World::score);
    }

    private void maybeKilled() {
      if (random.nextDouble() < kills) {
        restarts++;
        throw new Killed();
      }
    }

    private void record(SearchEvent event) {
      maybeKilled();
      record.add(event);
      maybeKilled();
    }

    private static Score score(Assignment what) {
      return new Score(new Random(what.trial() * 31L + what.rung()).nextInt(20) / 20.0, what.trial());
    }

    private StoredJob put(StoredJob job) {
      maybeKilled();
      jobs.put(job.trial().number(), job);
      maybeKilled();
      return job;
    }

    @Override
    public Optional<StoredJob> find(int trial) {
      return Optional.ofNullable(jobs.get(trial));
    }

    @Override
    public StoredJob begin(Trial trial, Experiment experiment, int untilEpoch) {
      assertThat(jobs).as("no trial begins twice").doesNotContainKey(trial.number());
      return put(job(trial.number(), State.QUEUED, untilEpoch));
    }

    @Override
    public StoredJob goOn(StoredJob trial, int untilEpoch) {
      assertThat(trial.state()).isIn(State.SUCCEEDED, State.CANCELLED);
      return put(trial.with(trial.trial().until(untilEpoch)).waiting(NOW, 0));
    }

    @Override
    public void scored(StoredJob trial, double value) {
      put(trial.with(trial.trial().scored(value)));
    }

    @Override
    public void tell(String line) {
      maybeKilled();
    }

    List<StoredJob> in(State state) {
      return jobs.values().stream().filter(job -> job.state() == state).toList();
    }

    /** As the queue does it, with so much room. */
    private void dispatch(int room) {
      search.settle();
      for (StoredJob queued : in(State.QUEUED)) {
        if (in(State.RUNNING).size() < room) {
          jobs.put(queued.trial().number(), queued.running(NOW));
        }
      }
      while (in(State.RUNNING).size() < room && search.hasNext()) {
        search.next().ifPresent(job -> jobs.put(job.trial().number(), job.running(NOW)));
      }
      assertThat(in(State.QUEUED)).isEmpty();
      assertThat(search.info().running()).isLessThanOrEqualTo(room);
    }

    private void endOne() {
      List<StoredJob> running = in(State.RUNNING);
      StoredJob one = running.get(random.nextInt(running.size()));
      TrialInfo trial = one.trial();
      assertThat(trained.add(List.of(trial.number(), trial.untilEpoch()))).as("no rung is trained twice").isTrue();
      boolean fails = new Random(trial.number()).nextDouble() < failures;
      State end = fails ? State.FAILED : State.SUCCEEDED;
      jobs.put(trial.number(), one.ended(end, fails ? "it diverged; try less" : null, null, NOW));
    }

    World run(int room) {
      while (true) {
        try {
          dispatch(room);
          if (search.isOver()) {
            return this;
          }
          endOne();
        } catch (Killed e) {
          restart();
        }
      }
    }
  }

  private static StoredJob job(int trial, State state, int until) {
    return new StoredJob(
        trial, JobKind.TRAIN, "t", "x", true, Map.of(), null, List.of(), 50, 1, null, state, false, null, null, null, 0, NOW, "me", NOW,
        null, null, null, new TrialInfo(100, trial, until, "", null), null);
  }

  @Property(tries = 200)
  void eachTrialIsTrainedOnceAndNoMoreThanThereIsRoomFor(
      @ForAll @IntRange(min = 1, max = 20) int trials,
      @ForAll @IntRange(min = 1, max = 4) int room,
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 3) int failures) {
    World world = new World(trials, seed, 0.1, failures * 0.3).run(room);
    assertThat(world.jobs).hasSize(trials);
    assertThat(world.trained).as("the record and the jobs agree").hasSize(world.record.size() / 2);
    SearchInfo info = world.search.info();
    assertThat(info.begun()).isEqualTo(trials);
    assertThat(info.running()).isZero();
    assertThat(info.failed()).isEqualTo(world.in(State.FAILED).size());
    assertThat(info.best() == null).isEqualTo(info.failed() == trials);
    world.jobs.values().stream().filter(job -> job.state() == State.SUCCEEDED).forEach(
        job -> assertThat(world.trained).contains(List.of(job.trial().number(), job.trial().untilEpoch())));
  }

  /** One worker decides as the command does, which is the only worker of its search. */
  @Property(tries = 50)
  void aServerThatIsKilledDecidesAsOneThatIsNot(@ForAll @IntRange(min = 1, max = 15) int trials, @ForAll long seed) {
    World killed = new World(trials, seed, 0.1, 0.2).run(1);
    World whole = new World(trials, seed + 1, 0, 0.2).run(1);
    assertThat(whole.restarts).isZero();
    assertThat(killed.record).isEqualTo(whole.record);
  }

  @Test
  void oneThatWasCancelledKeepsWhatHasEndedAndGoesOnWithTheOthers() {
    World world = new World(9, 1, 0, 0);
    world.dispatch(3);
    world.jobs.put(1, world.jobs.get(1).ended(State.SUCCEEDED, null, null, NOW));
    world.jobs.put(2, world.jobs.get(2).ended(State.CANCELLED, null, "eva", NOW));
    world.jobs.put(3, world.jobs.get(3).ended(State.FAILED, "no room; make some", null, NOW));
    world.search.settleCancelled();
    assertThat(world.record).hasSize(5).endsWith(
        new SearchEvent.Scored(new Assignment(1, 0), World.score(new Assignment(1, 0))),
        new SearchEvent.Failed(new Assignment(3, 0), "no room"));
    world.restart();
    world.search.resume();
    assertThat(world.in(State.QUEUED)).extracting(StoredJob::id).containsExactly(2L);
    world.run(2);
    assertThat(world.trained).hasSize(world.record.size() / 2 - 2); // 1 and 3 have ended by themselves
  }

  @Test
  void aTrialThatIsCancelledAloneCountsAsFailed() {
    World world = new World(2, 1, 0, 0);
    world.dispatch(1);
    world.jobs.put(1, world.jobs.get(1).ended(State.CANCELLED, null, "eva", NOW));
    world.dispatch(1);
    assertThat(world.record).contains(new SearchEvent.Failed(new Assignment(1, 0), "cancelled by eva"));
    assertThat(world.in(State.RUNNING)).extracting(StoredJob::id).containsExactly(2L);
  }

  @Test
  void whatIsToBeDoneFollowsFromWhatIsThere() {
    assertThat(TrialStep.of(Optional.empty(), 3)).isEqualTo(TrialStep.BEGIN);
    assertThat(TrialStep.of(Optional.of(job(1, State.SUCCEEDED, 1)), 3)).isEqualTo(TrialStep.GO_ON);
    for (State state : List.of(State.QUEUED, State.RUNNING, State.STOPPING)) {
      assertThat(TrialStep.of(Optional.of(job(1, state, 3)), 3)).isEqualTo(TrialStep.AWAIT);
    }
    assertThat(TrialStep.of(Optional.of(job(1, State.SUCCEEDED, 3)), 3)).isEqualTo(TrialStep.SCORE);
    assertThat(TrialStep.of(Optional.of(job(1, State.SUCCEEDED, 9)), 3)).isEqualTo(TrialStep.SCORE);
    assertThat(TrialStep.of(Optional.of(job(1, State.FAILED, 3)), 3)).isEqualTo(TrialStep.FAIL);
    assertThat(TrialStep.of(Optional.of(job(1, State.CANCELLED, 3)), 3)).isEqualTo(TrialStep.FAIL);
  }
}
