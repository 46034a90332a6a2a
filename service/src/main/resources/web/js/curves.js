// SPDX-License-Identifier: Apache-2.0
// What trainings have told so far, as curves over epochs. A step's place is the epochs that are done plus its share of the next one.

const MOST_STEPS = 4000;

function compare(a, b) {
  return a.localeCompare(b, undefined, {numeric: true});
}

/** The curves of one training. */
class Run {
  epochs = [];
  steps = [];

  /** A step; points that a training tells again after a crash replace those from there on. */
  step(event) {
    const x = event.epoch - 1 + (event.steps ? event.step / event.steps : 0);
    this.#cut(this.steps, x);
    this.steps.push({x, loss: event.loss, seconds: event.seconds, eta: event.eta, rate: event.examplesPerSecond});
    if (this.steps.length > MOST_STEPS) {
      this.#thin();
    }
  }

  epoch(event) {
    this.#cut(this.epochs, event.epoch);
    this.epochs.push({...event, x: event.epoch});
  }

  #cut(points, x) {
    while (points.length > 0 && points.at(-1).x >= x) {
      points.pop();
    }
  }

  /** Every pair becomes its mean. */
  #thin() {
    const pairs = [];
    for (let i = 0; i + 1 < this.steps.length; i += 2) {
      const [a, b] = [this.steps[i], this.steps[i + 1]];
      const mean = (key) => Number.isFinite(a[key]) && Number.isFinite(b[key]) ? (a[key] + b[key]) / 2 : b[key];
      pairs.push({x: b.x, loss: mean("loss"), seconds: mean("seconds"), eta: mean("eta"), rate: mean("rate")});
    }
    this.steps = pairs;
  }
}

/** The curves of a job: of a training one run, of a comparison several. */
export class Curves {
  /** Runs by the name of their folder. */
  runs = new Map();
  /** The set that epochs are judged by. */
  judgedBy = "judged";
  /** Names of the metrics. */
  metrics = [];

  /** Begins with what is past. */
  past(metrics) {
    this.judgedBy = metrics.judgedBy ?? this.judgedBy;
    this.#named(metrics.metrics);
    metrics.epochs.forEach((event) => this.add({type: "epoch", ...event}));
    metrics.steps.forEach((event) => this.add({type: "step", ...event}));
  }

  /** Takes an event; tells whether a curve is other than before. */
  add(event) {
    if (event.type === "step") {
      this.#run(event).step(event);
      return true;
    }
    if (event.type === "epoch") {
      this.judgedBy = event.judgedBy ?? this.judgedBy;
      this.#named(Object.keys(event.metrics ?? {}));
      this.#run(event).epoch(event);
      return true;
    }
    return false;
  }

  /** The runs with their names, in order. */
  named() {
    return [...this.runs].sort(([a], [b]) => compare(a, b));
  }

  #named(names) {
    for (const name of names) {
      if (!this.metrics.includes(name)) {
        this.metrics.push(name);
      }
    }
  }

  #run(event) {
    const name = (event.run ?? "").split("/").pop();
    let run = this.runs.get(name);
    if (run === undefined) {
      run = new Run();
      this.runs.set(name, run);
    }
    return run;
  }
}

/** Places and values of points; what is no number is a gap. */
export function points(list, value) {
  const xs = [];
  const ys = [];
  for (const point of list) {
    const y = value(point);
    xs.push(point.x);
    ys.push(Number.isFinite(y) ? y : null);
  }
  return [xs, ys];
}

/** Mean wall time of a step of an epoch, where a step's is not told: none. */
export function epochSeconds(epoch) {
  return (epoch.networkSeconds ?? NaN) + (epoch.optimizerSeconds ?? 0);
}
