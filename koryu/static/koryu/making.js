// Typing into a draft: saved as one types, dates echoed as understood, records suggested, items added without a new page.
// Without this script the form is saved by its button, and does the same.
"use strict";

const REST = 1500;
const form = document.getElementById("making");
const saved = document.getElementById("saved");

const say = (sentence) => {
  saved.textContent = sentence;
};

const isSignedOut = (answer) => answer.status === 401 || (answer.redirected && answer.url.includes("/account/login/"));

// What is typed, without files: they go with the button, once.
const typed = () => {
  const fields = new FormData(form);
  [...fields.entries()].filter(([, value]) => value instanceof File).forEach(([name]) => fields.delete(name));
  return fields;
};

const saving = {
  waiting: 0,
  running: null,
  again: false,
  stopped: false,

  soon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.now(), REST);
  },

  // Nothing waits any more: what is typed goes another way.
  rest() {
    clearTimeout(this.waiting);
    this.waiting = 0;
  },

  async now(keepalive = false) {
    this.rest();
    // Where somebody else was faster, or what was typed is not saved yet, a person decides.
    if (this.stopped || form.querySelector(".overtaken, [value=forget]")) {
      return;
    }
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = this.send(keepalive);
    await this.running;
    this.running = null;
    if (this.again) {
      this.again = false;
      await this.now();
    }
  },

  async send(keepalive) {
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: typed(),
        headers: { Accept: "application/json" },
        keepalive,
      });
      if (isSignedOut(answer)) {
        this.stopped = true;
        say(form.dataset.signedOut);
        return;
      }
      const said = await answer.json();
      if (answer.ok) {
        form.elements.edition.value = said.edition;
        say(said.saved);
      } else {
        this.stopped = true;
        say(said.problem);
      }
    } catch {
      say(form.dataset.notSaved);
    }
  },
};

// A button inside the form does what it does without a new page; what comes back is the form anew.
const press = async (button) => {
  await saving.running;
  saving.rest();
  const fields = new FormData(form);
  fields.append("do", button.value);
  const answer = await fetch(form.action, { method: "POST", body: fields });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const anew = page.getElementById("making");
  if (!answer.ok || isSignedOut(answer) || !anew) {
    form.requestSubmit(button);
    return;
  }
  form.replaceChildren(...document.adoptNode(anew).childNodes);
  say(page.getElementById("saved").textContent);
  dress(form);
  focusOn(button.value);
};

const focusOn = (act) => {
  const path = act.slice(act.indexOf(":") + 1);
  const place = document.getElementById(`f-${path}`) ?? document.getElementById(`f-${path.replace(/\[[^[]*$/, "")}`);
  const items = place?.querySelectorAll(":scope > .item");
  const within = act.startsWith("add:") && items?.length ? items[items.length - 1] : place;
  const control = within?.querySelector("input:not([type=hidden], [type=radio]), select, textarea, button") ?? within;
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
        await press(Object.assign(document.createElement("button"), { name: "do", value: `pick:${path.slice(0, -3)}` }));
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

if (form && saved) {
  dress(form);
  form.addEventListener("input", () => saving.soon());
  form.addEventListener("change", () => saving.soon());
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (button && ACTS.test(button.value)) {
      event.preventDefault();
      await press(button);
    } else if (saving.running) {
      // What is on its way is answered first, so that the button is not taken for somebody else's.
      event.preventDefault();
      await saving.running;
      form.requestSubmit(button);
    }
    saving.rest();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && saving.waiting) {
      saving.now(true);
    }
  });
}
