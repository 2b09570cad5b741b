// Typing into a draft: saved as one types, dates echoed as understood, records suggested, items added without a new page.
// Without this script the form is saved by its button, and does the same.
"use strict";

const REST = 1500;
// Seconds until it is tried again, each time longer.
const PAUSES = [2, 5, 15, 30, 60];
let form = null;
let saved = null;

const say = (name, text) => {
  const lost = watched.get(form)?.kept === false && name.startsWith("save-");
  sayIn(saved, name, lost ? sentence("not-kept") : (text ?? sentence(name)));
};

// What is said by fields, whichever edition they were typed over and whichever button sends them.
const wordsOf = (fields) => JSON.stringify(fields.filter(([name]) => name !== "edition" && name !== "do"));
const editionOf = (fields) => Number(fields.find(([name]) => name === "edition")?.[1]);
const over = (edition, fields) => fields.map(([name, value]) => [name, name === "edition" ? String(edition) : value]);
// Where somebody else was faster, or what was typed is not saved yet, a person decides.
const decides = () => form.querySelector(".overtaken, [value=forget]") !== null;

const read = (got) => {
  try {
    return JSON.parse(got.text);
  } catch {
    return null;
  }
};

const saving = {
  waiting: 0,
  retrying: 0,
  failures: 0,
  running: null,
  again: false,
  stopped: false,
  // What the server has said it has, and what was sent without its answer: whether it has that, nobody here knows.
  confirmed: "",
  unanswered: null,

  isTyped() {
    const fields = fieldsOf(form);
    return decides() || this.unanswered !== null || wordsOf(fields) !== this.confirmed || filesOf(form).length > 0;
  },

  soon() {
    keepSoon(form);
    if (this.stopped || decides()) {
      return;
    }
    if (this.failures === 0) {
      say("typing");
    }
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.now(), REST);
  },

  // Nothing waits any more: what is typed goes another way.
  rest() {
    clearTimeout(this.waiting);
    clearTimeout(this.retrying);
    this.waiting = 0;
  },

  async now(keepalive = false) {
    this.rest();
    if (this.stopped || decides()) {
      return;
    }
    if (this.running) {
      this.again = true;
      await this.running;
      return;
    }
    this.running = this.run(keepalive);
    await this.running;
    this.running = null;
    if (this.again) {
      this.again = false;
      await this.now();
    }
  },

  // Until the server has what stands in the form now, or does not answer.
  async settle() {
    await this.running;
    await this.now();
  },

  // What was sent without an answer is sent again as it was, before anything newer: the server knows it by its words,
  // where newer ones would look like somebody else's.
  async run(keepalive) {
    if (this.unanswered && !(await this.deliver(this.unanswered, keepalive))) {
      return;
    }
    const fields = fieldsOf(form);
    if (wordsOf(fields) !== this.confirmed) {
      await this.deliver(fields, keepalive);
    }
  },

  async deliver(fields, keepalive) {
    this.unanswered = fields;
    keep(form);
    const got = await send(addressOf(form), fields, { headers: { Accept: "application/json" }, keepalive });
    const said = read(got);
    if (got.came === "done" && said) {
      this.has(said.edition, fields);
      if (this.isTyped() && filesOf(form).length === 0) {
        say("typing");
      } else {
        say("saved", said.saved);
      }
      return true;
    }
    this.failed(got.came === "done" ? "failing" : got.came, said?.problem);
    return false;
  },

  has(edition, fields) {
    form.elements.edition.value = edition;
    this.unanswered = null;
    this.failures = 0;
    // What a button did is not to be seen on this page: what is to be seen is saved over it.
    this.confirmed = fields.some(([name]) => name === "do") ? "" : wordsOf(fields);
    keep(form);
  },

  failed(came, problem) {
    const pause = PAUSES[Math.min(this.failures, PAUSES.length - 1)];
    this.failures += 1;
    const unknown = ["cut", "silent", "failing"].includes(came);
    if (!unknown) {
      this.unanswered = null;
    }
    keep(form);
    if (came === "refused") {
      this.stopped = true;
      say("refused", `${problem ?? ""} ${sentence("both")}`.trim());
      return;
    }
    say(`save-${came}`);
    if (unknown) {
      clearTimeout(this.retrying);
      this.retrying = setTimeout(() => this.now(), pause * 1000);
    }
  },
};

// The form as the server gives it anew, in the place of this one.
const showAnew = (got) => {
  const page = parsed(got.text);
  const anew = page.getElementById("making");
  if (!anew) {
    return false;
  }
  const savedThere = anew.querySelector("#saved").textContent;
  form.replaceChildren(...document.adoptNode(anew).childNodes);
  // The place that is read aloud when it changes stays the same one.
  document.getElementById("saved").replaceWith(saved);
  saving.rest();
  saving.unanswered = null;
  saving.failures = 0;
  saving.stopped = false;
  saving.confirmed = got.came === "done" && !decides() ? wordsOf(fieldsOf(form)) : "";
  keep(form);
  say("saved", got.came === "done" ? savedThere : sentence("typing"));
  dress(form);
  return true;
};

// A button inside the form does what it does without a new page; what comes back is the form anew.
const change = async (button) => {
  await saving.settle();
  if (saving.unanswered) {
    say(navigator.onLine ? "press-cut" : "press-offline");
    return;
  }
  saving.rest();
  const fields = fieldsOf(form, button);
  // What comes back takes the place of what stands here: nothing is typed in between.
  form.inert = true;
  const got = await send(addressOf(form), fields, { files: filesOf(form) });
  form.inert = false;
  if (["done", "refused"].includes(got.came) && showAnew(got)) {
    focusOn(button.value);
    return;
  }
  if (["cut", "silent", "failing"].includes(got.came)) {
    saving.failed(got.came);
    saving.unanswered = fields;
  }
  say(`press-${["cut", "silent"].includes(got.came) ? (navigator.onLine ? "cut" : "offline") : got.came}`);
  button.focus();
};

// A button that leads to another page.
const pressed = async (button) => {
  await saving.settle();
  if (saving.unanswered) {
    say(navigator.onLine ? "press-cut" : "press-offline");
    return;
  }
  saving.rest();
  const fields = fieldsOf(form, button);
  const came = await press(form, button, say);
  if (["cut", "silent", "failing"].includes(came) && button?.value !== "forget") {
    saving.unanswered = fields;
    keep(form);
  }
};

// What was typed on an earlier visit and did not arrive is saved where nothing else was meanwhile; else both are shown.
const putDraftBack = (key, copy) => async (box) => {
  await saving.settle();
  const got = await send(addressOf(form), [...copy.fields, ["do", "save"]]);
  if (["done", "refused"].includes(got.came) && showAnew(got)) {
    if (got.came === "done" || watched.get(form).kept) {
      browser.drop(key);
    }
    box.remove();
    return;
  }
  say(`press-${got.came === "silent" ? "cut" : got.came}`);
};

// Whether what was sent last on an earlier visit had arrived after all: then one's own words are nobody else's.
const askAfter = async (key, copy) => {
  if (!copy.unanswered || !(Number(form.elements.edition.value) > editionOf(copy.unanswered))) {
    return copy;
  }
  const got = await send(addressOf(form), copy.unanswered, { headers: { Accept: "application/json" } });
  const said = got.came === "done" ? read(got) : null;
  if (!said) {
    return copy;
  }
  const arrived = wordsOf(copy.fields) === wordsOf(copy.unanswered);
  const known = { ...copy, fields: over(said.edition, copy.fields), unanswered: null };
  if (arrived) {
    browser.drop(key);
    return null;
  }
  browser.write(key, known);
  return known;
};

const offerDrafts = async () => {
  const own = ownKey(form);
  for (const [key, kept] of browser.mine().filter(([key]) => key.startsWith(formKey(form)) && key !== own)) {
    const copy = await askAfter(key, kept);
    if (copy && wordsOf(copy.fields) === saving.confirmed) {
      browser.drop(key);
    } else if (copy && wordsOf(copy.fields) !== wordsOf(fieldsOf(form))) {
      offer(form, key, copy, { form, putBack: putDraftBack(key, copy) });
    } else if (copy && keep(form)) {
      // It stands in the form, and is kept with it.
      browser.drop(key);
    }
  }
};

const focusOn = (act) => {
  const path = act.slice(act.indexOf(":") + 1);
  const place = document.getElementById(`f-${path}`) ?? document.getElementById(`f-${path.replace(/\[[^[]*$/, "")}`);
  const items = [...(place?.querySelectorAll(".item") ?? [])].filter((item) => item.parentElement.closest(".items") === place);
  const within = act.startsWith("add:") && items.length ? items[items.length - 1] : place;
  const control = within?.querySelector("input:not([type=hidden], [type=radio]), select, textarea, button") ?? within;
  unfold(control);
  control?.focus();
};

const pick = (input) => {
  const kinds = input.dataset.kinds;
  suggestIn(input, {
    address: (words) => `${input.dataset.pick}?${new URLSearchParams({ kinds, q: words })}`,
    take: async (one) => {
      const box = input.closest(".record");
      const path = box.querySelector("input[type=hidden]").name;
      box.querySelector("input[type=hidden]").value = one.record;
      const name = document.createElement("span");
      name.lang = one.lang;
      name.textContent = one.text;
      const chosen = box.querySelector(".chosen");
      chosen.replaceChildren(name);
      chosen.hidden = false;
      input.value = "";
      if (path.endsWith("[+]")) {
        await change(Object.assign(document.createElement("button"), { name: "do", value: `pick:${path.slice(0, -3)}` }));
        document.getElementById(`f-${path}-find`)?.focus();
      } else {
        saving.soon();
      }
    },
  });
};

const echo = (input) => {
  const place = document.getElementById(input.dataset.echo);
  let waiting = 0;
  const ask = async () => {
    if (!input.value.trim()) {
      place.textContent = "";
      return;
    }
    try {
      const answer = await fetch(`${form.dataset.echo}?${new URLSearchParams({ q: input.value })}`);
      const said = await answer.json();
      place.textContent = said.words ? `${form.dataset.understood} ${said.words} ${said.date}` : said.wrong;
    } catch {
      place.textContent = "";
    }
  };
  input.addEventListener("input", (event) => {
    clearTimeout(waiting);
    // While an input method is at work, what is in the line is not yet what is meant.
    if (!event.isComposing) {
      waiting = setTimeout(ask, 300);
    }
  });
  input.addEventListener("compositionend", ask);
};

const dress = (part) => {
  part.querySelectorAll("input[data-pick]").forEach(pick);
  part.querySelectorAll("input[data-echo]").forEach(echo);
};

const ACTS = /^(add|remove|up|down|clear|switch|pick):/;

const begin = () => {
  const found = document.getElementById("making");
  if (!found || found === form) {
    return;
  }
  form = found;
  saved = document.getElementById("saved");
  dress(form);
  watched.set(form, {
    isTyped: () => saving.isTyped(),
    copy: () => ({ fields: fieldsOf(form), unanswered: saving.unanswered }),
    settle: () => saving.settle(),
  });
  saving.rest();
  Object.assign(saving, { failures: 0, stopped: false, unanswered: null });
  saving.confirmed = "unsent" in form.dataset || decides() ? "" : wordsOf(fieldsOf(form));
  if (saving.confirmed === "") {
    say("typing");
    keep(form);
  }
  form.addEventListener("input", () => saving.soon());
  form.addEventListener("change", () => saving.soon());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter && ACTS.test(event.submitter.value)) {
      change(event.submitter);
    } else {
      pressed(event.submitter);
    }
  });
  offerDrafts();
};

document.addEventListener("koryu-shown", begin);
const tryAgain = () => {
  if (form && saving.isTyped()) {
    saving.now();
  }
};
window.addEventListener("online", tryAgain);
window.addEventListener("focus", tryAgain);
document.addEventListener("visibilitychange", () => {
  if (form && document.visibilityState === "hidden" && saving.waiting) {
    saving.now(true);
  } else if (document.visibilityState === "visible") {
    tryAgain();
  }
});
// A link that is followed right after typing waits a moment, until that is saved.
document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[href]");
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!form || !link || event.defaultPrevented || !plain || link.target || link.origin !== location.origin) {
    return;
  }
  if ("drops" in link.dataset) {
    forget(form);
    return;
  }
  if (link.hash && link.pathname === location.pathname) {
    return;
  }
  if (saving.isTyped() && !saving.stopped && !decides()) {
    event.preventDefault();
    await settled();
    location.assign(link.href);
  }
});
