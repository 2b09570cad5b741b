// Suggestions while somebody types (the combobox of WAI-ARIA 1.2 with a list of its own): in the search box, and at the
// desk where a record is picked. Without this script both are plain forms, and find the same.
"use strict";

const PAUSE = 150;

// `address` gives where to ask for what goes on from what was typed; `take` is given the suggestion that was chosen.
const suggestIn = (input, { address, take }) => {
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
  let suggested = [];

  const chosen = () => list.querySelector("[aria-selected=true]");

  const close = () => {
    list.hidden = true;
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const go = (option) => {
    const one = suggested[[...list.children].indexOf(option)];
    close();
    take(one);
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
    suggested = suggestions;
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
    try {
      const answer = await fetch(address(typed));
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

document.querySelectorAll("input[data-suggest]").forEach((input) =>
  suggestIn(input, {
    address: (typed) =>
      `${input.dataset.suggest}?${new URLSearchParams({ suggest: "1", lang: input.dataset.lang, q: typed })}`,
    take: (one) => {
      input.value = one.text;
      input.form.requestSubmit();
    },
  }),
);
