// Shows, while somebody types, what may tell who a patient is. Bound to fields with data-patientdata (its value is the
// name under which the writer's answers are sent). The server judges again; without this file it asks on sending.

const PAUSE = 600;
let half;

/** The patterns and lists are large: they come when somebody starts to write. Without a line: nothing, until the next try. */
function load() {
  half ??= Promise.all([import("./patientdata-detect.js"), import("./patientdata-data.js")])
    .then(([detect, data]) => ({
      findings: detect.findings,
      words: document.documentElement.lang.startsWith("fr") ? data.words.fr : data.words.nl,
    }))
    .catch(() => (half = null));
  return half;
}

class Watch {
  constructor(field) {
    this.field = field;
    this.answered = new Set();
    this.panel = this.place();
    this.shown = "";
    field.addEventListener("focus", () => load(), { once: true });
    field.addEventListener("input", () => this.later());
    field.form?.addEventListener("submit", () => clearTimeout(this.waiting));
  }

  /** A region of its own, there from the start, so that screen readers hear what comes into it. */
  place() {
    const panel = document.createElement("div");
    panel.setAttribute("aria-live", "polite");
    const given = this.field.form?.querySelector("[data-patientdata-findings]");
    if (given) given.append(panel);
    else (this.field.closest(".field") ?? this.field).after(panel);
    return panel;
  }

  later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.look(), PAUSE);
  }

  async look() {
    const loaded = await load();
    if (!loaded) return;
    const { findings, words } = loaded;
    this.words = words;
    const text = this.field.value;
    const found = findings(text).map((one) => ({ ...one, passage: text.slice(one.start, one.end) }));
    this.forget(found);
    const open = found.filter((one) => one.certain || !this.answered.has(one.passage));
    const once = [...new Map(open.map((one) => [one.passage, one])).values()];
    const shown = JSON.stringify(once.map(({ kind, passage, certain }) => [kind, passage, certain]));
    if (shown === this.shown) return;
    this.shown = shown;
    for (const old of this.field.form?.querySelectorAll("[data-gate-answer]") ?? []) old.remove();
    this.panel.replaceChildren(...(once.length ? [this.draw(once)] : []));
  }

  /** An answer holds for the words it was given for, as long as they stand there. */
  forget(found) {
    const still = new Set(found.map((one) => one.passage));
    for (const passage of this.answered) if (!still.has(passage)) this.answer(passage, false);
  }

  draw(found) {
    const certain = found.some((one) => one.certain);
    const box = element("div", "gate");
    const title = element("p", "gate__title");
    title.append(icon("shield"), element("b", "", certain ? this.words.titleCertain : this.words.titleAsk));
    const list = element("ul", "gate__list");
    list.append(...found.map((one) => this.row(one)));
    box.append(title, list, element("p", "meta", certain ? this.words.footCertain : this.words.footAsk));
    return box;
  }

  row(one) {
    const row = element("li");
    const sentence = element("span");
    const mark = element("mark", one.certain ? "found" : "found found--ask", one.passage);
    sentence.append(mark, one.certain ? " " : ": ", (one.certain ? this.words.statements : this.words.questions)[one.kind]);
    const choices = element("span", "cluster");
    const instead = this.instead(one);
    const label = instead ? this.words.replace.replace("{}", instead) : this.words.takeOut;
    choices.append(button(label, () => this.replace(one.passage, instead)));
    if (!one.certain) choices.append(button(this.words.letStand, () => this.answer(one.passage, true), "button--quiet"));
    row.append(sentence, choices);
    return row;
  }

  /** A number or a date has no wording that fits every sentence: those are taken out. */
  instead(one) {
    return one.kind === "name" ? this.words.names[one.clue] : "";
  }

  replace(passage, instead) {
    const start = this.field.value.indexOf(passage);
    if (start < 0) return;
    this.field.focus();
    this.field.setRangeText(instead, start, start + passage.length, "end");
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    clearTimeout(this.waiting);
    this.look();
  }

  answer(passage, stands) {
    const name = this.field.dataset.patientdata || "gate_confirmed";
    const sent = [...(this.field.form?.querySelectorAll("input[data-gate-words]") ?? [])].find((one) => one.value === passage);
    if (stands && !sent) {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name, value: passage });
      input.dataset.gateWords = "";
      this.field.form?.append(input);
    }
    if (!stands) sent?.remove();
    this.answered[stands ? "add" : "delete"](passage);
    if (stands) {
      this.field.focus();
      this.look();
    }
  }
}

function element(name, classes = "", text = "") {
  const made = document.createElement(name);
  if (classes) made.className = classes;
  if (text) made.textContent = text;
  return made;
}

function button(label, act, classes = "") {
  const made = element("button", `button button--s ${classes}`.trim(), label);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  const sprite = document.querySelector("svg.icon use")?.getAttribute("href")?.split("#")[0] ?? "";
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${sprite}#${name}`);
  drawing.append(use);
  return drawing;
}

const watched = new WeakSet();

function bind(root) {
  for (const field of root.querySelectorAll("textarea[data-patientdata], input[data-patientdata]")) {
    if (!watched.has(field)) {
      watched.add(field);
      new Watch(field);
    }
  }
}

bind(document);
document.addEventListener("htmx:load", (event) => bind(event.detail?.elt ?? document));
