// Typing into a sheet of rows: saved cell by cell as one types, rows added, moved, removed and put back, tables pasted.
// Without this script the table is posted by its button, with three empty rows, a number for the order and a tick to
// remove. Beside typed.js (which keeps what has not arrived), offered.js and find.js.
"use strict";

const REST_OF_SHEET = 2000;
const PAUSES_OF_SHEET = [2, 5, 15, 30, 60];
const DITTO = ['"', "”", "″", "〃", "''", "同上", "上同", "상동", "위와 같음"];
// Characters of a paste that are sent at most; the server refuses what is more than a sheet takes, and says so.
const MOST_PASTED = 2_000_000;

const madeId = () =>
  [...crypto.getRandomValues(new Uint8Array(8))].map((part) => "abcdefghijklmnopqrstuvwxyz234567"[part % 32]).join("");

const sheetOf = (form, table) => {
  const body = table.tBodies[0];
  const words = document.getElementById(`${table.id}-words`).content;
  const word = (name) => words.querySelector(`[data-say=${name}]`).textContent;
  const kindsOf = new Map(
    [...table.querySelectorAll("th[data-key]")].map((head) => [head.dataset.key, head.dataset.kinds ?? ""]),
  );

  // What the server has said stands in each cell, by the name of its control; and what it would take to go back.
  const was = new Map();
  const undo = new Map();
  // Cells that another changed meanwhile, by name, with what the other wrote: not sent until somebody chooses.
  const disputed = new Map();
  // Rows taken out, moved and put back, in their order, until they are sent.
  let acts = [];

  const rows = () => [...body.querySelectorAll(":scope > tr[data-row]")];
  const rowOf = (control) => control.closest("tr[data-row]");
  const rowNamed = (id) => rows().find((row) => row.dataset.row === id);
  const cellsOf = (row) => [...row.querySelectorAll("input, select, textarea")].filter((cell) => keyOf(cell));
  // The column of a control; '' for the order and the tick, which are the form's own.
  const keyOf = (control) => {
    const key = control.name.slice(control.name.indexOf("/") + 1);
    return control.type === "hidden" || !kindsOf.has(key) ? "" : key;
  };
  const valueOf = (cell) => (cell.dataset.said === cell.value && cell.dataset.record) || cell.value;
  const isNew = (row) => row.classList.contains("new");
  const isBlank = (row) => cellsOf(row).every((cell) => cell.value.trim() === "");
  const isChanged = (cell) => valueOf(cell) !== (was.get(cell.name) ?? "");
  const shownIn = (row) => Object.fromEntries(cellsOf(row).map((cell) => [keyOf(cell), was.get(cell.name) ?? ""]));

  const before = (row) => {
    const above = rows().slice(0, rows().indexOf(row)).filter((other) => !isNew(other) || !isBlank(other));
    return above.at(-1)?.dataset.row ?? "";
  };

  // What is to be sent: what was done with rows first, then new rows, then cells.
  const changes = () => [
    ...acts,
    ...rows().flatMap((row) => {
      const cells = cellsOf(row).filter((cell) => isChanged(cell) && !disputed.has(cell.name));
      const added = isNew(row) && cells.length > 0 ? [{ row: row.dataset.row, add: before(row) }] : [];
      return [
        ...added,
        ...cells.map((cell) => ({
          row: row.dataset.row,
          cell: keyOf(cell),
          was: was.get(cell.name) ?? "",
          now: valueOf(cell),
        })),
      ];
    }),
  ];
  const isTyped = () => saving.unanswered !== null || disputed.size > 0 || changes().length > 0;

  const saved = form.querySelector("[data-saved]") ?? placeFor(form, "status");
  const say = (name, text) => {
    const lost = watched.get(form)?.kept === false && name.startsWith("save-");
    sayIn(saved, name, lost ? sentence("not-kept") : (text ?? sentence(name)));
  };

  // Rows.

  const named = (row, id) => {
    const old = row.dataset.row;
    row.dataset.row = id;
    row.querySelectorAll("[name]").forEach((control) => {
      control.name = control.name.startsWith(`${old}/`) ? id + control.name.slice(old.length) : control.name;
    });
    // A label is named by the place of its row, so that it is never another's.
    row.querySelectorAll("[id]").forEach((part) => {
      part.id = part.id.endsWith(old) ? part.id.slice(0, -old.length) + id : part.id;
    });
    row.querySelectorAll("[aria-labelledby]").forEach((control) => {
      const labels = control.getAttribute("aria-labelledby").split(" ");
      control.setAttribute(
        "aria-labelledby",
        labels.map((label) => (label.endsWith(old) ? label.slice(0, -old.length) + id : label)).join(" "),
      );
    });
    const mark = row.querySelector("input[type=hidden][name=rows]");
    if (mark) {
      mark.value = `${id}:`;
    }
  };

  // A row into which nobody typed yet; a table without one takes no more rows.
  const emptyRow = rows().find(isNew)?.cloneNode(true);
  // Rows that are drafts have no order, and their ids stand in names: four figures.
  const unordered = "unordered" in table.dataset;
  // Rows that stay are neither added nor removed, and the page may show some of them alone.
  const stay = "stay" in table.dataset;
  const idOfNew = () => {
    const taken = new Set(rows().map((row) => row.dataset.row));
    const made = () => [...crypto.getRandomValues(new Uint8Array(2))].map((part) => part.toString(16).padStart(2, "0"));
    let id = unordered ? made().join("") : madeId();
    while (taken.has(id)) {
      id = unordered ? made().join("") : madeId();
    }
    return id;
  };

  const blankRow = (id = idOfNew()) => {
    const pattern = rows().find(isNew) ?? emptyRow ?? rows()[0];
    const row = pattern.cloneNode(true);
    row.hidden = false;
    delete row.dataset.held;
    row.className = "new";
    named(row, id);
    row.querySelectorAll(".suggestions").forEach((list) => list.remove());
    row.querySelectorAll("td[data-shown] > span").forEach((shown) => shown.replaceChildren());
    row.querySelectorAll("td:not([data-shown], :has([name])), .file, .put-file").forEach((part) => {
      part.matches("td") ? part.replaceChildren() : part.remove();
    });
    cellsOf(row).forEach((cell) => {
      cell.value = "";
      cell.removeAttribute("placeholder");
      cell.removeAttribute("aria-invalid");
      cell.removeAttribute("aria-describedby");
      ["role", "aria-controls", "aria-expanded", "aria-autocomplete"].forEach((name) => cell.removeAttribute(name));
      delete cell.dataset.dressed;
      cell.closest("td").classList.remove("pointed");
    });
    return row;
  };

  const below = (row) => rows().find((other, place) => place > rows().indexOf(row) && !other.hidden);
  const afterAll = (row) => {
    const said = [...body.children].filter((other) => other.dataset.of === row.dataset.row);
    return said.at(-1) ?? row;
  };
  const addBelow = (row) => {
    const made = blankRow();
    afterAll(row).after(made);
    return made;
  };
  const focusIn = (row, key) => {
    const cell = cellsOf(row).find((control) => keyOf(control) === key) ?? cellsOf(row)[0];
    cell?.focus();
    cell?.select?.();
  };

  const withSaid = (row) => [row, ...[...body.children].filter((other) => other.dataset.of === row.dataset.row)];
  const number = () => {
    rows().forEach((row, place) => {
      const order = row.querySelector("input[name$='/order']");
      if (order) {
        order.value = String(place + 1);
      }
    });
  };
  const put = (row, above) => {
    const parts = withSaid(row);
    if (above) {
      afterAll(above).after(...parts);
    } else {
      body.prepend(...parts);
    }
    number();
  };
  const move = (row, above) => {
    if (unordered) {
      return;
    }
    put(row, above);
    if (!isNew(row)) {
      acts.push({ row: row.dataset.row, move: above?.dataset.row ?? "" });
      soon();
    }
  };

  // Takes a row out; a line with a way back stands in its place.
  const remove = (row) => {
    if ("held" in row.dataset || (!emptyRow && !isNew(row))) {
      return;
    }
    const neighbour = below(row) ?? rows()[rows().indexOf(row) - 1] ?? addBelow(row);
    const id = row.dataset.row;
    const act = isNew(row) ? null : { row: id, remove: shownIn(row) };
    const line = document.createElement("tr");
    line.className = "gone";
    const cell = line.insertCell();
    cell.colSpan = table.rows[0].cells.length;
    cell.setAttribute("role", "status");
    const way = document.createElement("button");
    way.type = "button";
    way.className = "quiet";
    way.textContent = word("put-back");
    cell.append(word("removed"), " ", way);
    const parts = withSaid(row);
    row.before(line);
    parts.forEach((part) => part.remove());
    if (act) {
      acts.push(act);
      soon();
    }
    way.addEventListener("click", () => {
      if (act && !acts.includes(act)) {
        acts.push(undo.get(id) ?? { row: id, restore: null, was: {} });
      }
      acts = acts.filter((other) => other !== act);
      line.replaceWith(...parts);
      number();
      focusIn(row, "");
      soon();
    });
    number();
    focusIn(neighbour, "");
  };

  // What the server says.

  const asSaid = (cell, text) => {
    const untouched = !isChanged(cell);
    was.set(cell.name, text);
    if (untouched && cell.value !== text) {
      cell.value = text;
      if (cell === document.activeElement) {
        // Whoever is about to type here types over it, as in any cell one comes to.
        cell.select?.();
      }
    }
  };

  const take = (answer, sent) => {
    const added = new Set(sent.filter((change) => "add" in change).map((change) => change.row));
    const sentOf = (cell, id) => sent.find((change) => change.row === id && change.cell === keyOf(cell));
    const refused = new Set(answer.conflicts.map((conflict) => `${conflict.row}/${conflict.column}`));
    const known = new Set(answer.rows.map((row) => row.id));
    if (!stay) {
      rows()
        .filter((row) => !known.has(row.dataset.row) && !isNew(row) && !acts.some((act) => act.row === row.dataset.row))
        .forEach(gone);
    }
    let above = null;
    answer.rows.forEach(({ id, cells }) => {
      let row = rowNamed(id);
      if (!row && (stay || acts.some((act) => act.row === id))) {
        return;
      }
      if (!row) {
        row = blankRow(id);
        put(row, above);
      }
      row.classList.remove("new");
      cellsOf(row).forEach((cell) => {
        const text = cells[keyOf(cell)] ?? "";
        const change = sentOf(cell, id);
        if (refused.has(cell.name) || disputed.has(cell.name)) {
          return;
        }
        if (change && valueOf(cell) === change.now) {
          // As it is understood: nothing was typed since.
          was.set(cell.name, text);
          cell.value = text;
          delete cell.dataset.record;
        } else if (change || added.has(id) || !isChanged(cell)) {
          asSaid(cell, text);
        }
      });
      // What follows from the cells, and cannot be typed into.
      row.querySelectorAll("td[data-shown]").forEach((cell) => {
        cell.firstElementChild.textContent = cells[cell.dataset.shown] ?? "";
      });
      above = row;
    });
    if (acts.length === 0 && !stay) {
      arrange(answer.rows.map((row) => row.id));
    }
    answer.conflicts.forEach(dispute);
    answer.undo.forEach((restored) => undo.set(restored.row, restored));
    mark(answer.marks);
  };

  // A row that somebody else removed: what I typed into it and is not saved stays to be seen, and is asked about.
  const gone = (row) => {
    const cells = cellsOf(row);
    if (!cells.some(isChanged)) {
      withSaid(row).forEach((part) => part.remove());
      return;
    }
    if (cells.some((cell) => disputed.has(cell.name))) {
      return;
    }
    cells.forEach((cell) => disputed.set(cell.name, null));
    const place = under(row, "disputed");
    place.setAttribute("role", "alert");
    place.append(word("gone"));
    const settled = () => {
      cells.forEach((cell) => disputed.delete(cell.name));
      place.parentElement.remove();
      soon();
    };
    choice(place, "theirs", () => {
      settled();
      withSaid(row).forEach((part) => part.remove());
    });
    choice(place, "mine", () => {
      row.classList.add("new");
      cells.forEach((cell) => was.set(cell.name, ""));
      settled();
    });
  };
  const choice = (place, name, then) => {
    const way = document.createElement("button");
    way.type = "button";
    way.className = "quiet";
    way.textContent = word(name);
    way.addEventListener("click", then);
    place.append(" ", way);
  };

  // The rows in the order of the server; new ones stay where they are, after what they stand after.
  const arrange = (order) => {
    const now = rows().filter((row) => !isNew(row)).map((row) => row.dataset.row);
    if (JSON.stringify(now) === JSON.stringify(order.filter((id) => now.includes(id)))) {
      number();
      return;
    }
    let above = null;
    order.map(rowNamed).filter(Boolean).forEach((row) => {
      put(row, above);
      above = row;
    });
  };

  const under = (row, name) => {
    const line = document.createElement("tr");
    line.className = name;
    line.dataset.of = row.dataset.row;
    const cell = line.insertCell();
    cell.colSpan = table.rows[0].cells.length;
    afterAll(row).after(line);
    return cell;
  };

  const dispute = ({ row: id, column, theirs, words: says }) => {
    const row = rowNamed(id);
    const cell = row && cellsOf(row).find((control) => keyOf(control) === column);
    if (!cell || theirs === null) {
      // A row that is gone is asked about as a whole; one that was not removed is there again.
      if (!row || !column) {
        say("refused", says);
      }
      return;
    }
    disputed.set(cell.name, theirs);
    body.querySelectorAll("tr.disputed").forEach((line) => line.dataset.cell === cell.name && line.remove());
    const place = under(row, "disputed");
    place.parentElement.dataset.cell = cell.name;
    place.setAttribute("role", "alert");
    place.append(says);
    const choose = (name, then) =>
      choice(place, name, () => {
        then();
        was.set(cell.name, theirs);
        disputed.delete(cell.name);
        place.parentElement.remove();
        cell.focus();
        soon();
      });
    choose("theirs", () => {
      cell.value = theirs;
    });
    choose("mine", () => {});
  };

  // What is pointed out, under each row and over the table.
  const mark = (marks) => {
    body.querySelectorAll("tr.said").forEach((line) => line.remove());
    rows().forEach((row) => {
      const own = marks.filter((each) => each.row === row.dataset.row);
      row.classList.toggle("pointed", own.length > 0);
      const list = own.length > 0 ? listIn(under(row, "said"), own, `${table.id}w${row.dataset.row}`) : null;
      cellsOf(row).forEach((cell) => {
        const at = own.filter((each) => each.column === keyOf(cell));
        cell.closest("td").classList.toggle("pointed", at.length > 0);
        attribute(cell, "aria-describedby", at.length > 0 ? list.id : "");
        attribute(cell, "aria-invalid", at.some((each) => each.stops) ? "true" : "");
      });
    });
    const whole = document.getElementById(`${table.id}-said`);
    whole.replaceChildren(...marks.filter((each) => each.row === "").map(lineOf));
  };
  const attribute = (element, name, value) =>
    value ? element.setAttribute(name, value) : element.removeAttribute(name);
  const lineOf = ({ words: says, stops }) => {
    const line = document.createElement("li");
    const strong = document.createElement(stops ? "strong" : "span");
    strong.textContent = says;
    line.append(strong);
    return line;
  };
  const listIn = (cell, marks, id) => {
    const list = document.createElement("ul");
    list.id = id;
    list.append(...marks.map(lineOf));
    cell.append(list);
    return list;
  };

  // Saving.

  const saving = {
    waiting: 0,
    retrying: 0,
    failures: 0,
    running: null,
    stopped: false,
    // What was sent without its answer: it is sent again as it was, before anything newer.
    unanswered: null,
    // What was said of the last save.
    told: saved.textContent,
  };

  const soon = () => {
    keepSoon(form);
    clearTimeout(saving.waiting);
    if (!saving.stopped) {
      // A cell left after it was saved says nothing anew: a link beside what is said would move away from under a click.
      if (saving.failures === 0 && isTyped()) {
        say("typing");
      }
      saving.waiting = setTimeout(() => now(), REST_OF_SHEET);
    }
  };

  const now = async (keepalive = false) => {
    clearTimeout(saving.waiting);
    clearTimeout(saving.retrying);
    saving.waiting = 0;
    if (saving.stopped) {
      return;
    }
    while (saving.running) {
      await saving.running;
    }
    saving.running = run(keepalive);
    await saving.running;
    saving.running = null;
  };

  const run = async (keepalive) => {
    if (saving.unanswered && !(await deliver(saving.unanswered, keepalive))) {
      return;
    }
    const sent = changes();
    if (sent.length > 0) {
      acts = [];
      await deliver(sent, keepalive);
    } else if (saving.failures === 0) {
      // What was typed was taken back.
      say("saved", saving.told);
    }
  };

  const deliver = async (sent, keepalive) => {
    saving.unanswered = sent;
    keep(form);
    const got = await send(table.dataset.save, [["changes", JSON.stringify(sent)]], {
      headers: { Accept: "application/json" },
      keepalive,
    });
    const answer = answerIn(got);
    if (got.came === "done" && answer) {
      saving.unanswered = null;
      saving.failures = 0;
      saving.told = answer.saved;
      take(answer, sent);
      keep(form);
      say(changes().length > 0 ? "typing" : "saved", changes().length > 0 ? undefined : answer.saved);
      return true;
    }
    failed(got.came === "done" ? "failing" : got.came, answer?.problem);
    return false;
  };

  const answerIn = (got) => {
    try {
      return JSON.parse(got.text);
    } catch {
      return null;
    }
  };

  const failed = (came, problem) => {
    const pause = PAUSES_OF_SHEET[Math.min(saving.failures, PAUSES_OF_SHEET.length - 1)];
    saving.failures += 1;
    if (came === "refused") {
      saving.unanswered = null;
      saving.stopped = true;
      say("refused", problem ?? "");
    } else {
      say(`save-${came}`);
      saving.retrying = setTimeout(() => now(), pause * 1000);
    }
    keep(form);
  };

  // Keys.

  const KEYS = {
    Enter: (cell, row) => {
      const next = below(row) ?? (emptyRow ? addBelow(row) : null);
      if (next) {
        focusIn(next, keyOf(cell));
      }
    },
    "Ctrl+Enter": () => {
      now();
    },
    "Ctrl+d": (cell, row) => {
      copyAbove(cell, row);
    },
    "Alt+ArrowUp": (cell, row) => {
      const above = rows()[rows().indexOf(row) - 1];
      if (above) {
        move(row, rows()[rows().indexOf(above) - 1] ?? null);
        cell.focus();
      }
    },
    "Alt+ArrowDown": (cell, row) => {
      const next = below(row);
      if (next && !(isNew(next) && isBlank(next))) {
        move(row, next);
        cell.focus();
      }
    },
    "Ctrl+Shift+Backspace": (_cell, row) => {
      remove(row);
    },
    // The row as a form with every field, where it has one.
    F2: (_cell, row) => {
      row.querySelector("a[data-form]")?.click();
    },
  };

  const copyAbove = (cell, row) => {
    const above = rows()[rows().indexOf(row) - 1];
    const source = above && cellsOf(above).find((control) => keyOf(control) === keyOf(cell));
    if (source) {
      cell.value = source.value;
      cell.dataset.record = source.dataset.record ?? "";
      cell.dataset.said = source.dataset.said ?? "";
      soon();
    }
  };

  const keyIn = (event) =>
    [
      event.ctrlKey || event.metaKey ? "Ctrl+" : "",
      event.altKey ? "Alt+" : "",
      event.shiftKey ? "Shift+" : "",
      event.key.length === 1 ? event.key.toLowerCase() : event.key,
    ].join("");

  body.addEventListener("keydown", (event) => {
    const cell = event.target.closest("input, select, textarea");
    const key = keyIn(event);
    // While an input method is composing every key is its own. In prose Enter is a new line; a choice opens by Alt+↓.
    const own = (key === "Enter" && cell?.matches("textarea")) || (key.startsWith("Alt+") && cell?.matches("select"));
    if (!cell || event.isComposing || event.keyCode === 229 || event.defaultPrevented || own || !KEYS[key]) {
      return;
    }
    event.preventDefault();
    KEYS[key](cell, rowOf(cell));
  });

  body.addEventListener("input", (event) => {
    if (!event.isComposing && keyOf(event.target)) {
      soon();
    }
  });
  body.addEventListener("compositionend", soon);
  body.addEventListener("change", (event) => {
    const control = event.target;
    const row = rowOf(control);
    if (control.name?.endsWith("/remove")) {
      control.checked = false;
      remove(row);
    } else if (control.name?.endsWith("/order")) {
      const others = rows().filter((other) => other !== row);
      const wanted = Math.max(1, Number.parseInt(control.value, 10) || rows().indexOf(row) + 1);
      move(row, others[Math.min(wanted, others.length + 1) - 2] ?? null);
      control.focus();
    } else if (keyOf(control)) {
      if (DITTO.includes(control.value.trim())) {
        copyAbove(control, row);
      }
      soon();
    }
  });
  body.addEventListener("focusout", (event) => {
    if (keyOf(event.target) && isChanged(event.target) && !event.target.matches("[aria-expanded=true]")) {
      now();
    }
  });

  // The first click into a cell chooses all that is in it, as in a spreadsheet; the next one puts the cursor.
  let entered = null;
  body.addEventListener("pointerdown", (event) => {
    const cell = event.target;
    entered = cell.matches("input[name]") && keyOf(cell) && cell !== document.activeElement ? cell : null;
  });
  body.addEventListener("click", (event) => {
    if (event.target === entered && entered.selectionStart === entered.selectionEnd) {
      entered.select();
    }
    entered = null;
  });

  // Cells that name records: asked for as one types, once somebody is in the cell.
  body.addEventListener("focusin", (event) => {
    const cell = event.target;
    const kinds = cell.matches("input") ? kindsOf.get(keyOf(cell)) : "";
    if (!kinds || !table.dataset.pick || "dressed" in cell.dataset) {
      return;
    }
    cell.dataset.dressed = "";
    cell.id ||= `${table.id}c${madeId()}`;
    cell.dataset.label = word("suggestions");
    suggestIn(cell, {
      address: (typed) => `${table.dataset.pick}?${new URLSearchParams({ kinds, q: typed })}`,
      take: (chosen) => {
        cell.value = chosen.text;
        cell.dataset.record = chosen.record;
        cell.dataset.said = chosen.text;
        soon();
      },
    });
  });

  // Files: dropped on the cell of a text, or chosen by the button that stands in it once somebody is there.

  const takesFiles = new Set([...table.querySelectorAll("th[data-files]")].map((head) => head.dataset.key));
  const fileForm = document.getElementById(`file-${table.id.slice(1, -1)}`);
  const textCell = (place) => {
    const cell = place.closest?.("td")?.querySelector("input[name]");
    return fileForm && cell && takesFiles.has(keyOf(cell)) ? cell : null;
  };

  const putFile = async (cell, file) => {
    await settle();
    say("file", word("sending"));
    const row = rowOf(cell);
    const fields = [["paper", row.dataset.row], ["language", keyOf(cell).split(":")[1]]];
    const got = file.size > MOST_OF_FILES
      ? { came: "large" }
      : await send(fileForm.action, fields, { files: [["file", file]], headers: { Accept: "application/json" } });
    const answer = answerIn(got);
    if (got.came === "done" && answer) {
      take(answer, []);
      const link = document.createElement("a");
      link.className = "file";
      link.href = answer.file.href;
      link.textContent = answer.file.name;
      cell.parentElement.querySelector(".file")?.remove();
      cell.after(link);
      say("saved", answer.saved);
    } else if (answer?.problem) {
      say("file", answer.problem);
    } else {
      say("file", ["cut", "silent"].includes(got.came) ? word("broke-off") : sentence(`press-${got.came}`));
    }
  };

  // Beside a cell nothing is done with a file; the browser would show it in the place of this page.
  ["dragover", "drop"].forEach((name) =>
    document.addEventListener(name, (event) => {
      if (fileForm && event.dataTransfer.types.includes("Files")) {
        event.preventDefault();
      }
    }),
  );
  body.addEventListener("drop", (event) => {
    const cell = textCell(event.target);
    if (cell && event.dataTransfer.files.length > 0) {
      event.preventDefault();
      putFile(cell, event.dataTransfer.files[0]);
    }
  });
  body.addEventListener("focusin", (event) => {
    const cell = event.target.matches("input[name]") ? textCell(event.target) : null;
    if (!cell || cell.parentElement.querySelector(".put-file") || isNew(rowOf(cell))) {
      return;
    }
    const way = document.createElement("button");
    way.type = "button";
    way.className = "quiet put-file";
    way.textContent = word("file");
    way.setAttribute("aria-description", cell.closest("td").dataset.is);
    way.addEventListener("click", () => {
      const chosen = document.createElement("input");
      chosen.type = "file";
      chosen.addEventListener("change", () => chosen.files[0] && putFile(cell, chosen.files[0]));
      chosen.click();
    });
    cell.parentElement.append(way);
  });

  // Pasting.

  const panel = document.createElement("div");
  panel.className = "pasting";
  panel.setAttribute("aria-live", "polite");
  form.before(panel);

  const ask = async (fields) => {
    await settle();
    const got = await send(table.dataset.paste, fields, { headers: { Accept: "text/html, application/json" } });
    const answer = got.answer?.headers.get("Content-Type")?.startsWith("application/json") ? answerIn(got) : null;
    if (got.came === "done" && answer) {
      take(answer, []);
      putIn(answer);
    } else if (got.came === "done") {
      const inside = parsed(got.text).querySelector(".pasted");
      panel.replaceChildren(...(inside ? [document.adoptNode(inside)] : []));
      (panel.querySelector("[data-unanswered]") ?? panel.querySelector("button, select"))?.focus();
    } else if (answerIn(got)?.problem) {
      const line = document.createElement("p");
      line.className = "wrong";
      line.textContent = answerIn(got).problem;
      panel.replaceChildren(line);
    } else {
      say(`press-${["cut", "silent"].includes(got.came) ? (navigator.onLine ? "cut" : "offline") : got.came}`);
    }
  };

  // What was put in can be taken out again, all of it, as long as this page is open.
  const putIn = (answer) => {
    const line = document.createElement("p");
    const way = document.createElement("button");
    way.type = "button";
    way.className = "quiet";
    way.textContent = word("put-back");
    way.addEventListener("click", () => {
      acts.push(...answer.undo);
      panel.replaceChildren();
      now();
    });
    line.append(answer.saved, " ", way);
    panel.replaceChildren(line);
  };

  body.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain").slice(0, MOST_PASTED);
    const html = event.clipboardData.getData("text/html").slice(0, MOST_PASTED);
    const cells = parsed(html).querySelectorAll("table td, table th").length;
    if (!table.dataset.paste || (cells < 2 && !/[\t\n]./.test(text.trim()))) {
      return;
    }
    event.preventDefault();
    ask([["text", text], ["html", cells < 2 ? "" : html]]);
  });
  panel.addEventListener("change", (event) => {
    const pasted = event.target.closest("form");
    if (pasted && event.target.matches("select")) {
      ask(fieldsOf(pasted));
    }
  });
  panel.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (event.submitter?.value === "drop") {
      panel.replaceChildren();
    } else {
      ask(fieldsOf(event.target, event.submitter));
    }
  });

  // What was typed on an earlier visit and did not arrive: sent as it was then; where another was faster both are shown.
  const putBack = (key, copy) => async (box) => {
    await settle();
    const left = [copy.unanswered, copy.changes].filter((each) => each?.length > 0);
    for (const sent of left) {
      if (!(await deliver(sent, false))) {
        return;
      }
    }
    browser.drop(key);
    box.remove();
  };
  const offerEarlier = () => {
    const own = ownKey(form);
    browser
      .mine()
      .filter(([key]) => key.startsWith(formKey(form)) && key !== own)
      .forEach(([key, copy]) => {
        if ([...(copy.unanswered ?? []), ...(copy.changes ?? [])].length === 0) {
          browser.drop(key);
        } else {
          offer(form, key, copy, { form, putBack: putBack(key, copy) });
        }
      });
  };

  const settle = async () => {
    await saving.running;
    if (isTyped()) {
      await now();
    }
  };

  rows().forEach((row) => cellsOf(row).forEach((cell) => was.set(cell.name, isNew(row) ? "" : valueOf(cell))));
  watched.set(form, {
    isTyped,
    copy: () => ({ fields: fieldsOf(form), changes: changes(), unanswered: saving.unanswered }),
    settle,
  });
  form.addEventListener("submit", (event) => {
    // The button that saves; any other goes its way with what is typed saved first.
    if (!event.submitter?.value || event.submitter.value === "save") {
      event.preventDefault();
      event.stopPropagation();
      now();
    }
  });
  window.addEventListener("online", () => isTyped() && now());
  window.addEventListener("focus", () => isTyped() && saving.failures > 0 && now());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && saving.waiting) {
      now(true);
    }
  });
  // A link that is followed right after typing waits a moment, until that is saved.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[href]");
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    const leaves = link && !link.target && link.origin === location.origin && !(link.hash && link.pathname === location.pathname);
    if (event.defaultPrevented || !plain || !leaves || !isTyped() || saving.stopped || disputed.size > 0) {
      return;
    }
    event.preventDefault();
    await settled();
    location.assign(link.href);
  });
  offerEarlier();
};

document.addEventListener("koryu-shown", () => {
  document.querySelectorAll("main form table.rows[data-save]").forEach((table) => {
    const form = table.closest("form");
    if (!watched.has(form)) {
      sheetOf(form, table);
    }
  });
});

// The page as it goes on paper.
const printing = document.querySelector("[data-print]");
if (printing) {
  printing.hidden = false;
  printing.addEventListener("click", () => window.print());
}
