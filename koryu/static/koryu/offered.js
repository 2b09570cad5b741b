// What was typed on an earlier visit and did not arrive: shown, put back, or thrown away. Beside typed.js, which keeps it.
"use strict";

// What lies in a fold is seen once the fold is open, and every fold around it.
const unfold = (element) => {
  for (let fold = element?.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    fold.open = true;
  }
};

// What was typed, put back into its boxes.
const fill = (form, fields) => {
  [...form.elements].forEach((control) => {
    const values = fields.filter(([name]) => name === control.name).map(([, value]) => value);
    if (["checkbox", "radio"].includes(control.type)) {
      control.checked = values.includes(control.value);
    } else if (values.length && !["hidden", "submit", "file"].includes(control.type)) {
      control.value = values[0];
      if (control.value) {
        unfold(control);
      }
    }
  });
};

const labelOf = (form, name) => {
  const named = form.elements.namedItem(name);
  // A select is both a control and a list.
  const control = named instanceof Element ? named : named?.[0];
  return control?.labels?.[0]?.textContent.trim() || name;
};

const gathered = (fields) => {
  const found = new Map();
  fields.forEach(([name, value]) => found.set(name, [...(found.get(name) ?? []), value]));
  return new Map([...found].map(([name, values]) => [name, values.join("\n")]));
};

const MEANT_FOR_NOBODY = ["edition", "do", "shown", "version"];
const differences = (copy, form) => {
  if (!form) {
    // Without the form, what was typed into its boxes says enough.
    return copy.fields
      .filter(([name, value]) => name in copy.labels && value !== "")
      .map(([name, value]) => [copy.labels[name], value, ""]);
  }
  const there = gathered(copy.fields);
  const here = gathered(fieldsOf(form));
  return [...new Set([...there.keys(), ...here.keys()])]
    .filter((name) => !MEANT_FOR_NOBODY.includes(name) && (there.get(name) ?? "") !== (here.get(name) ?? ""))
    .map((name) => [labelOf(form, name), there.get(name) ?? "", here.get(name) ?? ""]);
};

// Says that something typed was not saved, shows it, and asks what is to become of it.
const offer = (before, key, copy, { form, putBack }) => {
  const box = document.getElementById("offer").content.firstElementChild.cloneNode(true);
  const when = new Date(copy.at);
  const day = when.toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
  const says = box.querySelector("p");
  says.textContent = says.textContent.replace("{when}", day);
  box.dataset.kept = key;
  box.setAttribute("role", "status");
  box.querySelector("tbody").append(
    ...differences(copy, form).map((cells) => {
      const row = document.createElement("tr");
      row.append(
        ...cells.map((text) => {
          const cell = document.createElement("td");
          cell.className = "prose";
          cell.textContent = text;
          return cell;
        }),
      );
      return row;
    }),
  );
  if (putBack) {
    box.querySelector("[value=back]").addEventListener("click", () => putBack(box));
  } else {
    // There is no box for it any more: it is shown, to be copied.
    box.querySelector("[value=back]").remove();
    box.querySelector("details").open = true;
  }
  if (copy.address !== location.pathname) {
    const way = document.createElement("a");
    way.href = copy.address;
    way.textContent = copy.title;
    says.append(" ", way);
  }
  box.querySelector("[value=away]").addEventListener("click", () => {
    browser.drop(key);
    box.remove();
  });
  before.before(box);
};

const putInto = (form, key, copy) => (box) => {
  fill(form, copy.fields);
  form.dataset.unsent = "";
  names.set(form, copy.sent);
  if (keep(form)) {
    browser.drop(key);
  }
  box.remove();
  boxesOf(form)[0]?.focus();
  sayIn(placeFor(form, "status"), watched.get(form).kept ? "unsent" : "not-kept");
};

// A form with boxes for text that is sent by its button.
const watch = (form) => {
  const boxes = boxesOf(form);
  watched.set(form, {
    isTyped: () => "unsent" in form.dataset || boxes.some((box) => box.value !== box.defaultValue) || filesOf(form).length > 0,
    copy: () => ({ fields: fieldsOf(form), sent: names.get(form) }),
  });
  const place = placeFor(form, "status");
  form.addEventListener("input", () => {
    keepSoon(form);
    sayIn(place, "unsent", watched.get(form)?.kept === false ? sentence("not-kept") : sentence("unsent"));
  });
  const now = JSON.stringify(fieldsOf(form));
  const earlier = browser.mine().filter(([key]) => key.startsWith(formKey(form)) && key !== ownKey(form));
  earlier.forEach(([key, copy]) => {
    if (JSON.stringify(copy.fields) !== now) {
      const open = boxes.some((box) => !box.disabled);
      offer(form, key, copy, { form, putBack: open ? putInto(form, key, copy) : null });
      return;
    }
    // The server shows it in its boxes already: it is the same text, and has still not been sent.
    form.dataset.unsent = "";
    names.set(form, copy.sent);
    if (keep(form)) {
      browser.drop(key);
    }
  });
};

// What was typed on this page into a form that is no longer on it; on the page of what is to do, all there is.
const offerTheRest = () => {
  const main = document.getElementById("main");
  browser.mine().forEach(([key, copy]) => {
    const has = [...main.querySelectorAll("form")].some((form) => key.startsWith(formKey(form)));
    const here = copy.address === location.pathname || location.pathname === home;
    if (here && !has && !main.querySelector(`[data-kept="${CSS.escape(key)}"]`)) {
      offer(main.firstElementChild, key, copy, { form: null, putBack: null });
    }
  });
};
