// SPDX-License-Identifier: Apache-2.0
// The view where a job is submitted: a form made from what the server says a job may ask for.

import {get, send} from "./api.js";
import {fill, h} from "./dom.js";
import {Field, numberOrText, refuseAt, selectInput, textInput} from "./field.js";
import {live} from "./live.js";
import {load} from "./notice.js";
import {OptionField, isMain} from "./options.js";

const YAML = "yaml";

/** What is in force where nothing is given, whatever the experiment. */
const OF_KIND = {"options.trials": "27", "options.method": "asha", "options.min-epochs": "1", "options.reduction-factor": "3",
  "options.linalg": "auto", "options.precision": "fp32", "options.cuda-graphs": "where they come to the same bits"};

function key() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function radios(legend, name, choices, changed) {
  const inputs = choices.map(([value, text], i) => {
    const input = h("input", {type: "radio", name, value, checked: i === 0, onchange: changed});
    return {input, label: h("label", {}, input, text)};
  });
  return {
    element: h("fieldset", {class: "radios"}, h("legend", {}, legend), inputs.map(({label}) => label)),
    get value() {
      return inputs.find(({input}) => input.checked).input.value;
    },
    set value(value) {
      inputs.forEach(({input}) => {
        input.checked = input.value === value;
      });
    },
  };
}

/** The form. */
export class SubmitView {
  #from;
  #wanted;
  #catalog = null;
  #kind = radios("Kind", "kind", [["train", "Train"], ["compare", "Compare optimizers"], ["tune", "Search values"]], () => this.#showOptions());
  #source = radios("Experiment", "source", [["name", "Built-in"], [YAML, "YAML"]], () => this.#showSource());
  #experiment = new Field("experiment", "Experiment", selectInput([], {onchange: () => this.#defaults()}));
  #yaml = new Field("experimentYaml", "Experiment in YAML", h("textarea", {rows: "14", spellcheck: "false", maxlength: "65536"}),
      "As the files in the repository's experiments folder; paths of data begin below the server's data root.");
  #dataset = new Field("dataset", "Data set", selectInput([["", "the experiment's own"]]),
      ["In place of the experiment's own data. ", h("a", {href: "#/datasets"}, "Upload more under Data"), "."]);
  #name = new Field("name", "Name", textInput({maxlength: "100"}));
  #labels = new Field("labels", "Labels", textInput({maxlength: "1300"}), "Separated by commas. Jobs are found and cancelled by them.");
  #priority = new Field("priority", "Priority", textInput({inputmode: "numeric", placeholder: "50"}),
      "0 to 100; the greater, the sooner.");
  #devices = new Field("devices", "Devices", textInput({inputmode: "numeric", placeholder: "1"}),
      "How many it gets; with several it is a distributed training.");
  #device = new Field("device", "Only on", selectInput([["", "any device"]]));
  #options = [];
  #main = h("div", {class: "grid"});
  #more = h("div", {class: "grid"});
  #details = h("details", {}, h("summary", {}, "More options"), this.#more);
  #facts = h("p", {class: "facts hint", "aria-live": "polite"});
  #problem = h("div", {role: "alert", tabindex: "-1"});
  #button = h("button", {class: "primary"}, "Submit");
  #key = key();
  #sent = null;

  constructor(query) {
    this.#from = query.get("from");
    this.#wanted = query.get("dataset");
    this.element = h("form",
        {class: "submit", novalidate: true, "aria-labelledby": "submit-title", onsubmit: (event) => this.#submit(event)},
        h("h1", {id: "submit-title"}, "Submit a job"),
        h("p", {class: "empty", id: "submit-loading"}, "Loading…"));
    load(() => this.#load());
  }

  async #load() {
    const [catalog, datasets, source] = await Promise.all([
      get("/experiments"), get("/datasets"), this.#from ? get(`/jobs/${Number(this.#from)}`) : null]);
    this.#catalog = catalog;
    this.#experiment.input.append(...catalog.experiments.map(({name}) => h("option", {value: name}, name)));
    this.#dataset.input.append(...datasets.datasets.map(({name, files}) =>
      h("option", {value: name}, `${name} (${files} ${files === 1 ? "file" : "files"})`)));
    this.#device.input.append(...[...live.devices.values()].map(({id, name}) => h("option", {value: id}, `${id}: ${name}`)));
    fill(this.element,
        h("h1", {id: "submit-title"}, "Submit a job"), this.#problem,
        h("div", {class: "card"}, h("div", {class: "grid"}, this.#kind.element, this.#source.element),
            this.#experiment.element, this.#facts, this.#yaml.element),
        h("section", {class: "card", "aria-labelledby": "options-title"}, h("h2", {id: "options-title"}, "Options"),
            this.#main, this.#details),
        h("section", {class: "card", "aria-labelledby": "queue-title"}, h("h2", {id: "queue-title"}, "Data and queue"),
            h("div", {class: "grid"}, this.#dataset.element, this.#name.element, this.#labels.element, this.#priority.element,
                this.#devices.element, this.#device.element)),
        h("div", {class: "buttons"}, this.#button));
    this.#showSource();
    this.#showOptions();
    if (source) {
      this.#fillFrom(source);
    } else if (datasets.datasets.some(({name}) => name === this.#wanted)) {
      this.#dataset.input.value = this.#wanted;
    }
  }

  /** As a job that was submitted before. */
  #fillFrom(job) {
    this.#kind.value = job.kind;
    this.#experiment.input.value = job.experiment;
    if (this.#experiment.input.selectedIndex < 0) { // an experiment of one's own, whose text only its submitter has
      this.#source.value = YAML;
    }
    this.#showSource();
    this.#showOptions();
    for (const field of this.#options) {
      const value = job.options[field.name.slice("options.".length)];
      if (value !== undefined) {
        field.choose(value);
      }
    }
    this.#dataset.input.value = job.dataset ?? "";
    this.#name.input.value = job.name === job.experiment ? "" : job.name;
    this.#labels.input.value = job.labels.join(", ");
    this.#priority.input.value = job.priority;
    this.#devices.input.value = job.devices;
    this.#device.input.value = job.device ?? "";
  }

  #showSource() {
    const yaml = this.#source.value === YAML;
    this.#experiment.element.hidden = yaml;
    this.#facts.hidden = yaml;
    this.#yaml.element.hidden = !yaml;
    this.#defaults();
  }

  #showOptions() {
    const kind = this.#kind.value;
    const before = new Map(this.#options.map((field) => [field.name, field.value()]));
    const listed = this.#catalog.options.filter((option) => option.commands.includes(kind));
    this.#options = listed.map((option) => new OptionField(option));
    this.#options.find(({name}) => name === "options.optimizer")?.suggest(this.#catalog.optimizers);
    this.#options.forEach((field) => {
      if (before.get(field.name) !== undefined) {
        field.choose(before.get(field.name));
      }
    });
    fill(this.#main, this.#options.filter((field, i) => isMain(kind, listed[i])).map((field) => field.element));
    fill(this.#more, this.#options.filter((field, i) => !isMain(kind, listed[i])).map((field) => field.element));
    this.#defaults();
  }

  /** Where nothing is given, the experiment's own values are in force: they are shown in pale. */
  #defaults() {
    const own = this.#source.value === YAML ? undefined
      : this.#catalog.experiments.find(({name}) => name === this.#experiment.input.value);
    const values = {"options.optimizer": own?.optimizer, "options.epochs": own?.epochs, "options.batch-size": own?.batchSize,
      "options.seed": own?.seed, "options.optimizers": own && "all that are published for it", "options.seeds": own && "42,43,44"};
    this.#options.forEach((field) => field.placeholder(values[field.name], OF_KIND[field.name]));
    fill(this.#facts, own ? `${own.model} on ${own.dataset}, ${own.epochs} epochs, batches of ${own.batchSize}, ${own.optimizer}` : "");
    this.#name.input.placeholder = own?.name ?? "the experiment's name";
  }

  #request() {
    const request = {kind: this.#kind.value, options: {}};
    if (this.#source.value === YAML) {
      request.experimentYaml = this.#yaml.input.value;
    } else {
      request.experiment = this.#experiment.input.value;
    }
    for (const field of this.#options) {
      const value = field.value();
      if (value !== undefined) {
        request.options[field.name.slice("options.".length)] = value;
      }
    }
    const labels = this.#labels.input.value.split(",").map((part) => part.trim()).filter((part) => part !== "");
    if (labels.length > 0) {
      request.labels = labels;
    }
    for (const field of [this.#dataset, this.#name, this.#device]) {
      if (field.input.value.trim() !== "") {
        request[field.name] = field.input.value.trim();
      }
    }
    for (const field of [this.#priority, this.#devices]) {
      if (field.input.value.trim() !== "") {
        request[field.name] = numberOrText(field.input.value.trim());
      }
    }
    return request;
  }

  async #submit(event) {
    event.preventDefault();
    if (this.#button.getAttribute("aria-busy") === "true") {
      return;
    }
    this.#fields().forEach((field) => field.clear());
    fill(this.#problem);
    const body = this.#request();
    if (this.#sent !== null && JSON.stringify(body) !== this.#sent) {
      this.#key = key(); // the same request again is the same job, another one is another
    }
    this.#sent = JSON.stringify(body);
    this.#button.setAttribute("aria-busy", "true");
    try {
      const response = await send("POST", "/jobs", {body, headers: {"Idempotency-Key": this.#key}});
      location.hash = `#/job/${(await response.json()).id}`;
    } catch (error) {
      this.#refuse(error);
    } finally {
      this.#button.removeAttribute("aria-busy");
    }
  }

  #fields() {
    return [this.#experiment, this.#yaml, ...this.#options, this.#dataset, this.#name, this.#labels, this.#priority, this.#devices,
      this.#device];
  }

  /** What is wrong stands at its field, or, where that is none of these, at the top. */
  #refuse(error) {
    if (!refuseAt(this.#fields(), error)) {
      fill(this.#problem, h("p", {class: "problem"}, error.field ? `${error.field}: ${error.message}` : error.message));
      this.#problem.focus();
    }
  }
}
