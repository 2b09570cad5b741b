// Suggestions while a reader types in the search box (the combobox of WAI-ARIA 1.2 with a list of its own).
// Without this script the box is a plain form, and finds the same.
"use strict";

const PAUSE = 150;

const suggestIn = (input) => {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `${input.id}-suggestions`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.label);
  list.hidden = true;
  input.after(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  let waiting = 0;
  let asked = 0;

  const chosen = () => list.querySelector("[aria-selected=true]");

  const close = () => {
    list.hidden = true;
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const go = (option) => {
    input.value = option.textContent;
    close();
    input.form.requestSubmit();
  };

  const select = (option) => {
    chosen()?.setAttribute("aria-selected", "false");
    option.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", option.id);
  };

  const show = (suggestions) => {
    const options = suggestions.map((one, place) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${place}`;
      option.lang = one.lang;
      option.textContent = one.text;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.addEventListener("mousedown", (event) => {
        event.preventDefault();
        go(option);
      });
      return option;
    });
    if (options.length === 0) {
      close();
      return;
    }
    list.replaceChildren(...options);
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  };

  const ask = async () => {
    const typed = input.value.trim();
    const mine = ++asked;
    if (!typed) {
      close();
      return;
    }
    const question = new URLSearchParams({ suggest: "1", lang: input.dataset.lang, q: typed });
    try {
      const answer = await fetch(`${input.dataset.suggest}?${question}`);
      const found = answer.ok ? await answer.json() : { suggestions: [] };
      if (mine === asked && document.activeElement === input) {
        show(found.suggestions);
      }
    } catch {
      close();
    }
  };

  const move = (step) => {
    const options = [...list.children];
    const at = options.indexOf(chosen());
    const first = step > 0 ? 0 : options.length - 1;
    select(options[at < 0 ? first : (at + step + options.length) % options.length]);
  };

  input.addEventListener("input", (event) => {
    clearTimeout(waiting);
    // While an input method is at work, what is in the box is not yet what is meant.
    if (!event.isComposing) {
      waiting = setTimeout(ask, PAUSE);
    }
  });
  input.addEventListener("compositionend", () => {
    waiting = setTimeout(ask, PAUSE);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) {
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && chosen()) {
      event.preventDefault();
      go(chosen());
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
};

document.querySelectorAll("input[data-suggest]").forEach(suggestIn);
