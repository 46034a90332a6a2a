// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.github.arturo4j.service.api.CancelMode;
import io.github.arturo4j.service.api.CancelRequest;
import io.github.arturo4j.service.api.JobChange;
import io.github.arturo4j.service.api.JobPage;
import io.github.arturo4j.service.api.JobRequest;
import io.github.arturo4j.service.api.ResumeRequest;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.queue.Jobs;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is done with jobs as wholes.
 *
 * @param jobs all of them
 */
record JobOperations(Jobs jobs) {
  /** By operationId. */
  Map<String, Call.Handler> handlers() {
    return Map.of(
        "submitJob", this::submit,
        "listJobs", this::list,
        "cancelJobs", this::cancelAll,
        "listTrials", call -> call.answer(200, new JobPage(jobs.trials(call.number("id")), null)),
        "getJob", call -> call.answer(200, jobs.get(call.number("id"))),
        "changeJob", call -> call.answer(200, jobs.change(call.number("id"), call.body(JobChange.class, null), call.who())),
        "deleteJob", this::delete,
        "cancelJob", call -> call.answer(200, jobs.cancel(call.number("id"), mode(call), call.who())),
        "resumeJob", this::resume);
  }

  private void submit(Call call) {
    Jobs.Submission submission = jobs.submit(call.body(JobRequest.class, null), call.text("Idempotency-Key"), call.who());
    call.context().header("Location", "/api/v1/jobs/" + submission.job().id());
    call.answer(submission.created() ? 201 : 200, submission.job());
  }

  private void list(Call call) {
    call.answer(
        200, jobs.list(states(call.text("state")), call.text("label"), call.optionalNumber("before"), (int) call.number("limit")));
  }

  private void cancelAll(Call call) {
    call.answer(200, new JobPage(jobs.cancel(call.text("label"), mode(call), call.who()), null));
  }

  private void delete(Call call) {
    jobs.delete(call.number("id"), call.who());
    call.context().status(204);
  }

  private void resume(Call call) {
    Integer epochs = call.body(ResumeRequest.class, new ResumeRequest(null)).epochs();
    call.answer(200, jobs.resume(call.number("id"), epochs, call.who()));
  }

  private static CancelMode mode(Call call) {
    CancelMode mode = call.body(CancelRequest.class, new CancelRequest(null)).mode();
    return mode == null ? CancelMode.CHECKPOINT : mode;
  }

  private static Set<State> states(String text) {
    Set<State> states = EnumSet.noneOf(State.class);
    List<String> words = Arrays.stream(State.values()).map(State::word).toList();
    for (String word : text == null ? new String[0] : text.split(",", -1)) {
      int index = words.indexOf(word);
      if (index < 0) {
        String shown = Schema.shown(word);
        throw new RequestException(400, "state", "state has '" + shown + "', which is none; " + Nearest.remedy(word, words));
      }
      states.add(State.values()[index]);
    }
    return states;
  }
}
