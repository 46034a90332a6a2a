// SPDX-License-Identifier: Apache-2.0
// The devices: their slots, what runs there, and whether they get jobs.

import {post} from "./api.js";
import {fill, h, setAttribute, setText} from "./dom.js";
import {live} from "./live.js";
import {action} from "./notice.js";
import {Rows} from "./rows.js";
import {isAdmin} from "./session.js";
import {badge, setBadge} from "./state.js";

/** A list of devices, a line each. */
export class Devices {
  #list = h("ul", {class: "devices"});
  #rows = new Rows(this.#list, (device) => this.#row(device));

  constructor() {
    this.element = h("section", {"aria-labelledby": "devices-title"}, h("h2", {id: "devices-title"}, "Devices"), this.#list);
  }

  /** Shows what is known now. */
  update() {
    this.#rows.show([...live.devices.values()]);
  }

  #row(device) {
    const state = badge(device.state);
    const cells = h("span", {class: "slots", role: "img"});
    const jobs = h("span", {class: "on"});
    const reason = h("small");
    const button = isAdmin() ? h("button", {type: "button"}) : null;
    let now = device;
    button?.addEventListener("click", action(async () => {
      const what = now.state === "available" ? "drain" : "undrain";
      const changed = await post(`/devices/${encodeURIComponent(now.id)}/${what}`);
      live.devices.set(changed.id, changed);
      this.update();
    }));
    return {
      element: h("li", {}, h("span", {class: "device"}, h("b", {}, device.name), h("small", {}, device.id)), state, cells, jobs, reason,
          button),
      update: (next) => {
        now = next;
        setBadge(state, next.state);
        setAttribute(cells, "aria-label", `${next.busy} of ${next.slots} slots busy`);
        setAttribute(cells, "title", `${next.busy} of ${next.slots} slots busy`);
        fill(cells, Array.from({length: Math.min(next.slots, 32)}, (none, i) => h("i", {class: i < next.busy ? "busy" : null})));
        fill(jobs, next.jobs.length === 0 ? "idle"
          : next.jobs.map((id, i) => [i === 0 ? "job " : ", ", h("a", {href: `#/job/${id}`}, String(id))]));
        setText(reason, next.reason ?? "");
        if (button) {
          setText(button, next.state === "available" ? "Drain" : "Undrain");
          setAttribute(button, "aria-label", `${button.textContent} ${next.name}`);
          setAttribute(button, "title", next.state === "available"
            ? "Give it no new jobs; those that run there go on" : "Give it jobs again");
        }
      },
    };
  }
}
