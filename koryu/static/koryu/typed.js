// Text typed at the desk is never lost: what the server has not said it has is kept in this browser, and offered again.
// Without this script every form is sent by its button; with it, a button pressed without a line leaves the page as it is.
"use strict";

const { whose, home, signIn, signOut } = document.body.dataset;
const KEPT = "koryu-typed/";
const MONTH = 30 * 24 * 60 * 60 * 1000;
// Seconds: in which an answer is waited for, without and with a file, and after which what is typed is kept.
const PATIENCE = 30;
const PATIENCE_WITH_FILE = 330;
const KEEPING = 0.8;
// Bytes of files that are not even sent: the server does not read a form of more (a file of 20 MB, and what is typed).
const MOST_OF_FILES = 25 * 1024 * 1024;
// Milliseconds for which going to another page waits for what was typed just before.
const BEFORE_LEAVING = 5000;
// What may still be sent while the page is closed (Fetch Standard: 64 KiB in all).
const WHILE_CLOSING = 60_000;
// Letters from this visit to the page: two windows with one page keep each its own.
const visit = [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("");
let madeNames = 0;
let leaving = false;

const sentences = document.getElementById("sentences").content;
const sentence = (name) => sentences.querySelector(`[data-say=${name}]`).textContent;
const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

// Says a sentence in a place that is read aloud when it changes; where one must sign in, with the way there.
const sayIn = (place, name, text = sentence(name)) => {
  if (place.dataset.said === name && place.textContent.startsWith(text)) {
    return;
  }
  place.dataset.said = name;
  place.textContent = text;
  if (name.endsWith("-out")) {
    const way = sentences.querySelector("[data-say=sign-in]").cloneNode(true);
    way.href = `${signIn}?${new URLSearchParams({ next: home })}`;
    place.append(" ", way);
  }
};

// What is kept in this browser: for one person and institution, of one form, from one visit.
const browser = {
  closed: false,

  read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  },

  // Whether it is kept now: a browser may be full, or keep nothing for anybody.
  write(key, copy) {
    try {
      if (!this.closed) {
        localStorage.setItem(key, JSON.stringify(copy));
      }
      return !this.closed;
    } catch {
      return false;
    }
  },

  drop(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      // Where nothing can be kept there is nothing to be dropped.
    }
  },

  keys(beginning) {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(beginning));
    } catch {
      return [];
    }
  },

  mine() {
    const found = this.keys(`${KEPT}${whose}/`).map((key) => [key, this.read(key)]);
    return found.filter(([, copy]) => copy).sort(([, one], [, other]) => one.at - other.at);
  },

  // Whoever it belongs to: after a month nobody comes for it.
  tidy() {
    this.keys(KEPT).forEach((key) => {
      const copy = this.read(key);
      if (!copy || !(Date.now() - copy.at < MONTH)) {
        this.drop(key);
      }
    });
  },

  // All of this person, for whichever institution.
  empty() {
    this.keys(`${KEPT}${whose.split("%20")[0]}%20`).forEach((key) => this.drop(key));
    this.closed = true;
  },
};

const isText = (control) =>
  control.matches("textarea, input:not([type]), input[type=text], input[type=email], input[type=url]") &&
  !control.readOnly;
const boxesOf = (form) => [...form.elements].filter(isText);
// With its query: whose calendar a page shows, or which template, stands there alone.
const addressOf = (form) => {
  const { pathname, search } = new URL(form.action);
  return pathname + search;
};

// The fields of a form as they would be sent, without its files and the mark of the page.
const fieldsOf = (form, button) => {
  const fields = [...new FormData(form).entries()].filter(
    ([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken",
  );
  return button?.name ? [...fields, [button.name, button.value]] : fields;
};
const filesOf = (form) =>
  [...new FormData(form).entries()].filter(([, value]) => value instanceof File && value.name !== "");

// Which form it is, on whatever page it stands: where it goes, and its first box.
const formKey = (form) => {
  const first = boxesOf(form)[0]?.name.replace(/-.*/, "") ?? "";
  return `${KEPT}${whose}/${encodeURIComponent(addressOf(form))}#${form.id || first}/`;
};
const ownKey = (form) => formKey(form) + visit;

// Every form of this page into which text is typed, with how it is asked what is not saved and what is to be kept of it.
const watched = new Map();

const keep = (form) => {
  const watching = watched.get(form);
  if (!watching) {
    return true;
  }
  clearTimeout(watching.waiting);
  watching.waiting = 0;
  if (!watching.isTyped()) {
    browser.drop(ownKey(form));
    return true;
  }
  const labels = Object.fromEntries(boxesOf(form).map((box) => [box.name, labelOf(form, box.name)]));
  const copy = { at: Date.now(), title: document.title, address: location.pathname, labels, ...watching.copy() };
  watching.kept = browser.write(ownKey(form), copy);
  return watching.kept;
};
const keepSoon = (form) => {
  const watching = watched.get(form);
  if (watching) {
    watching.waiting ||= setTimeout(() => keep(form), KEEPING * 1000);
  }
};
const keepAll = () => {
  watched.forEach((watching, form) => {
    if (form.isConnected) {
      keep(form);
    }
  });
};
const isUnsaved = () => [...watched].some(([form, watching]) => form.isConnected && watching.isTyped());
const forget = (form) => {
  const watching = watched.get(form);
  if (watching) {
    clearTimeout(watching.waiting);
    browser.drop(ownKey(form));
    watched.delete(form);
  }
};

// Leaves for an address. What else is typed on this page is kept, and only where it cannot be does the browser ask.
const leaveFor = (address) => {
  const kept = [...watched.keys()].map((form) => !form.isConnected || keep(form)).every(Boolean);
  leaving = kept;
  location.assign(address);
};

// A moment for what saves itself, before the page is left.
const settled = () =>
  Promise.race([
    Promise.all([...watched.values()].map((watching) => watching.settle?.())),
    new Promise((wait) => setTimeout(wait, BEFORE_LEAVING)),
  ]);

// A new mark for the forms of this page, from a page for the same person; in one word, why there is none.
const renewMark = async () => {
  try {
    const page = parsed(await (await fetch(home)).text());
    const now = page.body.dataset.whose ?? "";
    const mark = page.querySelector("[name=csrfmiddlewaretoken]");
    if (now !== whose || !mark) {
      return now && now !== whose ? "another" : "out";
    }
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => {
      field.value = mark.value;
    });
    return "";
  } catch {
    return "cut";
  }
};

const CAME = { 400: "large", 401: "out", 403: "old", 404: "gone", 409: "refused", 412: "another", 413: "large" };

const cameOf = (answer) => {
  if (answer.redirected && new URL(answer.url).pathname.startsWith(signIn.replace(/login\/$/, ""))) {
    return "out";
  }
  return answer.ok ? "done" : (CAME[answer.status] ?? "failing");
};

const sendOnce = async (address, fields, { files, headers, keepalive }) => {
  const body = new FormData();
  [...fields, ...files].forEach(([name, value]) => body.append(name, value));
  body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  const stop = new AbortController();
  const patience = setTimeout(() => stop.abort(), 1000 * (files.length ? PATIENCE_WITH_FILE : PATIENCE));
  try {
    const answer = await fetch(address, {
      method: "POST",
      body,
      headers: { "Koryu-Whose": whose, ...headers },
      signal: stop.signal,
      keepalive: keepalive && files.length === 0 && JSON.stringify(fields).length * 3 < WHILE_CLOSING,
    });
    // The whole answer, for the line may be cut in the middle of it.
    return { came: cameOf(answer), text: await answer.text(), answer };
  } catch {
    return { came: stop.signal.aborted ? "silent" : "cut" };
  } finally {
    clearTimeout(patience);
  }
};

// Sends fields, and says in one word what came of it: done, refused, or why not. "cut" and "silent" mean that nobody
// here knows whether it was done.
const send = async (address, fields, { files = [], headers = {}, keepalive = false } = {}) => {
  const got = await sendOnce(address, fields, { files, headers, keepalive });
  if (got.came !== "old") {
    return got;
  }
  const why = await renewMark();
  return why ? { came: why } : sendOnce(address, fields, { files, headers, keepalive });
};

// The name under which a form is sent: the same again where the same is sent again.
const names = new WeakMap();
const nameOf = (form, fields) => {
  const written = JSON.stringify(fields);
  if (names.get(form)?.written !== written) {
    madeNames += 1;
    names.set(form, { name: `${visit}-${madeNames}`, written });
  }
  return names.get(form).name;
};

const placeFor = (form, role) => {
  const found = form.querySelector(":scope > .state") ?? document.createElement("p");
  found.className = "state";
  found.setAttribute("role", role);
  form.append(found);
  return found;
};

// The page that came instead of another one, in the place of this one.
const showInstead = (got, { form, key }) => {
  const page = parsed(got.text);
  const main = page.getElementById("main");
  if (!main) {
    return false;
  }
  document.title = page.title;
  document.getElementById("main").replaceWith(document.adoptNode(main));
  history.replaceState(null, "", got.answer.url);
  const anew = [...main.querySelectorAll("form")].find((one) => formKey(one) === key);
  if (got.came === "refused" && anew && names.has(form)) {
    // What was typed is in its boxes again, and has still not arrived.
    anew.dataset.unsent = "";
    names.set(anew, names.get(form));
  }
  dressPage();
  window.scrollTo(0, 0);
  main.focus({ preventScroll: true });
  return true;
};

// Sends a form by its button. Whatever happens on the way, what was typed stays on the page, or is in the next one.
const press = async (form, button, say = (name) => sayIn(placeFor(form, "alert"), name)) => {
  if ("sending" in form.dataset) {
    return "";
  }
  if (!navigator.onLine) {
    say("press-offline");
    return "offline";
  }
  if (filesOf(form).reduce((sum, [, file]) => sum + file.size, 0) > MOST_OF_FILES) {
    say("press-large");
    return "large";
  }
  form.dataset.sending = "";
  const key = formKey(form);
  const fields = fieldsOf(form, button);
  const name = nameOf(form, fields);
  if (watched.has(form)) {
    keep(form);
  }
  const got = await send(addressOf(form), fields, { files: filesOf(form), headers: { "Koryu-Sent": name } });
  delete form.dataset.sending;
  // Where somebody typed on meanwhile, that is kept, and offered on the next page.
  if (got.came === "done" && JSON.stringify(fieldsOf(form, button)) === JSON.stringify(fields)) {
    forget(form);
  }
  const onwards = got.answer?.headers.get("Koryu-Go-On");
  if (onwards) {
    leaveFor(onwards);
  } else if (!["done", "refused"].includes(got.came) || !showInstead(got, { form, key })) {
    say(`press-${got.came === "silent" ? "cut" : got.came in { done: 1, refused: 1 } ? "failing" : got.came}`);
  }
  return got.came;
};

// Of forms that leave the page whatever the answer is (languages, searching, signing in): sent when the line is there.
const passOn = async (form, button) => {
  await settled();
  const leavesForGood = addressOf(form) === signOut;
  if (leavesForGood && (isUnsaved() || browser.mine().length > 0) && !window.confirm(sentence("sign-out"))) {
    return;
  }
  const mark = document.querySelector("link[rel=icon]").href;
  const there = await fetch(mark, { method: "HEAD", cache: "no-store" }).then(
    () => true,
    () => false,
  );
  if (!there) {
    sayIn(placeFor(form, "alert"), "press-offline");
    return;
  }
  if (leavesForGood) {
    browser.empty();
    leaving = true;
  }
  form.dataset.passed = "";
  form.requestSubmit(button);
};

const goesByScript = (form) =>
  form.method === "post" &&
  form.closest("main") &&
  whose &&
  !addressOf(form).startsWith(signIn.replace(/login\/$/, "")) &&
  form.querySelector("[name=csrfmiddlewaretoken]");

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || "passed" in form.dataset) {
    delete form.dataset.passed;
    return;
  }
  event.preventDefault();
  if (goesByScript(form)) {
    press(form, event.submitter);
    return;
  }
  passOn(form, event.submitter);
});

const dressPage = () => {
  if (!whose) {
    return;
  }
  document.dispatchEvent(new Event("koryu-shown"));
  document.querySelectorAll("main form").forEach((form) => {
    if (!watched.has(form) && goesByScript(form) && boxesOf(form).length > 0) {
      watch(form);
    }
  });
  offerTheRest();
};

window.addEventListener("beforeunload", (event) => {
  if (!leaving && isUnsaved()) {
    event.preventDefault();
  }
});
window.addEventListener("pagehide", keepAll);
// The page come back to as it was left.
window.addEventListener("pageshow", () => {
  leaving = false;
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") {
    keepAll();
  }
});
browser.tidy();
// After making.js, which knows the form of a draft better.
document.addEventListener("DOMContentLoaded", dressPage);
