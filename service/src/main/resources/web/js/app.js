// SPDX-License-Identifier: Apache-2.0
// Which view is shown: the part of the address behind the #.

import {signedOut} from "./api.js";
import {AuditView} from "./audit.js";
import {DatasetsView, closeUploads} from "./datasets.js";
import {fill, h} from "./dom.js";
import {JobView} from "./job.js";
import {JobsView} from "./jobs.js";
import {live} from "./live.js";
import {clearProblem, showProblem, action} from "./notice.js";
import {OverlayView} from "./overlay.js";
import * as session from "./session.js";
import {SignInView} from "./signin.js";
import {SubmitView} from "./submit.js";
import {TokensView} from "./tokens.js";

const VIEWS = {
  jobs: {title: "Jobs", nav: () => true, make: (rest, query) => new JobsView(query)},
  submit: {title: "Submit", nav: session.mayChange, make: (rest, query) => new SubmitView(query)},
  datasets: {title: "Data", nav: () => true, make: () => new DatasetsView()},
  job: {title: "Job", nav: () => false, make: (rest) => new JobView(Number(rest))},
  overlay: {title: "Overlay", nav: () => false, make: (rest) => new OverlayView(rest.split(",").map(Number))},
  tokens: {title: "Tokens", nav: session.isAdmin, make: () => new TokensView()},
  audit: {title: "Audit", nav: session.isAdmin, make: () => new AuditView()},
};

const AGAIN_MILLIS = 3000;

const main = document.getElementById("main");
let view = null;
let shown = null;

function route() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  const [name, rest = ""] = path.split("/");
  return {name: name === "" ? "jobs" : name, rest, query: new URLSearchParams(query)};
}

function header(name) {
  const nav = document.getElementById("nav");
  const account = document.getElementById("session");
  const token = session.who();
  nav.hidden = account.hidden = token === null;
  if (token === null) {
    fill(nav);
    fill(account);
    return;
  }
  fill(nav, Object.entries(VIEWS).filter(([, entry]) => entry.nav()).map(([key, entry]) =>
    h("a", {href: `#/${key}`, "aria-current": key === name ? "page" : null}, entry.title)),
  h("a", {href: "/docs", target: "_blank", rel: "noopener"}, "API"));
  fill(account, h("span", {class: "who", title: `Signed in with token ${token.id}`}, token.name, h("small", {}, token.role)),
      h("button", {type: "button", onclick: action(signOut)}, "Sign out"));
}

async function signOut() {
  await session.end();
  live.close();
  closeUploads();
  location.hash = "#/signin";
}

function signInAddress() {
  const here = location.hash;
  return here === "" || here.startsWith("#/signin") ? "#/signin" : `#/signin?next=${encodeURIComponent(here)}`;
}

function show(name, made, title) {
  view?.close?.();
  clearProblem();
  view = made;
  fill(main, view.element);
  document.title = title === "" ? "arturo4j" : `${title} · arturo4j`;
  header(name);
  const first = shown === null;
  shown = name;
  scrollTo(0, view.scroll ?? 0);
  if (view.focus) {
    view.focus();
  } else if (!first) {
    main.focus({preventScroll: true});
  }
}

function navigate() {
  const {name, rest, query} = route();
  if (session.who() === null) {
    if (name !== "signin") {
      location.replace(signInAddress());
      return;
    }
    show("signin", new SignInView(query.get("next"), () => navigate()), "Sign in");
    return;
  }
  live.open();
  const entry = VIEWS[name];
  if (entry === undefined || name === "signin") {
    location.replace("#/jobs");
    return;
  }
  show(name, entry.make(rest, query), name === "job" ? `Job ${rest}` : entry.title);
}

signedOut.told = () => {
  if (session.who() !== null) {
    session.forget();
    live.close();
    closeUploads();
    location.hash = signInAddress();
  }
};

document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
addEventListener("hashchange", navigate);
addEventListener("pageshow", async (event) => {
  if (!event.persisted) {
    return;
  }
  const before = session.who()?.id;
  try { // left and come back to as it was; who looks at it may be somebody else
    if ((await session.find())?.id !== before) {
      location.reload();
    }
  } catch {
    // The streams say that the server does not answer.
  }
});

async function begin() {
  try {
    await session.find();
  } catch (error) {
    showProblem(error);
    setTimeout(begin, AGAIN_MILLIS);
    return;
  }
  navigate();
}

begin();
