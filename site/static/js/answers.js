// Saves what somebody answers, on change and while they type: first here, then at the server as soon as there is a line.
// For forms with data-unsent="address"; beside each stands whether it is kept, sent or waiting. Without this file the
// button of the form does the storing.

import { asOne, givenIn, owner, queue, spotOf, uuid } from "./unsent-queue.js";

const PAUSE = 400; // at most so long, and the time of writing, is typing only on the screen
const QUIET = 1200;
const LEFT_OUT = new Set(["csrfmiddlewaretoken", "base", "writer"]);

const piece = (name) => document.querySelector(`template[data-unsent-piece="${name}"]`).content.cloneNode(true);
const fieldsOf = (form) => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !LEFT_OUT.has(name));
const words = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";

class Place {
  constructor(form) {
    Object.assign(this, { form, spot: spotOf(form), writer: uuid(), sequence: 0, entry: null, adopted: null });
    this.id = `${owner}|${this.spot}|${this.writer}`;
    this.closed = "unsentClosed" in form.dataset;
    this.stand = form.querySelector("[data-unsent-stand]");
    this.note = form.querySelector("[data-unsent-note]");
    this.rest(Number(form.elements.base?.value ?? 0), givenIn(fieldsOf(form)));
    this.seen = this.basis[0];
    this.name();
    form.addEventListener("input", () => this.typed());
    form.addEventListener("change", () => this.keep(true));
    form.addEventListener("submit", () => this.keep(false), { capture: true });
    form.addEventListener("htmx:beforeOnLoad", (event) => this.pressed(event));
    for (const cut of ["htmx:sendError", "htmx:timeout"]) form.addEventListener(cut, () => this.cutOff());
    queue.addEventListener("answered", ({ detail }) => this.answered(detail));
    document.addEventListener("unsent:now", () => this.keep(false));
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.keep(true));
    queue.before.push(this.restore());
  }

  /** The server stores on the button, too, only over what this page saw or wrote itself. */
  name() {
    const writer = Object.assign(document.createElement("input"), { type: "hidden", name: "writer", value: this.writer });
    this.form.append(writer);
  }

  /** What this page builds on: the server's version, and the answers that need no question when they turn out to be there. */
  rest(base, ...basis) {
    Object.assign(this, { base, basis });
    if (this.form.elements.base) this.form.elements.base.value = base;
  }

  typed() {
    if (this.filling) return;
    this.saving ||= setTimeout(() => this.keep(false), PAUSE);
    clearTimeout(this.sending);
    this.sending = setTimeout(() => this.keep(true), QUIET);
  }

  async keep(send) {
    clearTimeout(this.saving);
    this.saving = 0;
    if (this.closed || this.filling || !this.form.isConnected) return;
    const fields = fieldsOf(this.form);
    const now = givenIn(fields);
    if (now !== this.seen) {
      this.seen = now;
      this.entry = this.changed(fields);
      await queue.keep(this.entry, this.adopted?.id);
      this.adopted = null;
      this.note.replaceChildren();
    }
    if (queue.closed) this.show("closed");
    if (!send && navigator.onLine) return;
    clearTimeout(this.sending);
    if (this.entry) queue.flush();
  }

  changed(fields) {
    const { writer, base, basis, spot } = this;
    return {
      ...{ id: this.id, spot, writer, base, basis, fields, change: uuid(), sequence: ++this.sequence, state: "waiting" },
      address: this.form.dataset.unsent,
      page: `${location.pathname}#${this.form.closest("[id]:not(form)")?.id ?? ""}`,
      title: words(this.form.querySelector("legend, h2")),
      own: this.describe(fields),
    };
  }

  /** What was given, as a person would say it. */
  describe(fields) {
    const inputs = [...this.form.querySelectorAll("input, select")];
    const said = fields.map(([name, value]) => {
      if (name === "text") return value;
      if (!value || (name !== "option" && !name.startsWith("place-"))) return "";
      const field = inputs.find((input) => input.name === name && (name !== "option" || input.value === value));
      const chosen = field instanceof HTMLSelectElement ? `: ${words([...field.options].find((one) => one.value === value))}` : "";
      return `${words(field?.labels?.[0])}${chosen}`;
    });
    return said.filter(Boolean).join("; ");
  }

  /** What was not sent yet stands in the form again. */
  async restore() {
    const entry = (await queue.all()).filter((one) => one.spot === this.spot).at(-1);
    if (!entry || !this.form.isConnected) return;
    this.entry = entry;
    if (!this.closed) this.adopt(entry);
    if (entry.state !== "waiting") this.answered({ entry, told: entry.told });
    else this.show("waiting");
    this.waited = true;
  }

  adopt(entry) {
    this.fill(entry.fields);
    this.adopted = entry;
    this.seen = givenIn(entry.fields);
    Object.assign(this, { base: entry.base, basis: [...entry.basis, this.seen] });
  }

  fill(fields) {
    this.filling = true;
    const values = new Map(fields.filter(([name]) => name !== "option"));
    const chosen = new Set(fields.filter(([name]) => name === "option").map(([, value]) => value));
    for (const field of this.form.elements) {
      if (field.name === "option") field.checked = chosen.has(field.value);
      else if (field.name?.startsWith("place-")) field.value = values.get(field.name) ?? "";
      else if (field.name === "text") {
        field.value = values.get("text") ?? "";
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
    this.form.querySelector("fieldset")?.dispatchEvent(new Event("filled"));
    this.filling = false;
  }

  answered({ entry, told }) {
    if (entry.spot !== this.spot || !this.form.isConnected) return;
    if (!this.isMine(entry)) return this.foreign(entry, told);
    const newer = this.entry && this.entry.change !== entry.change;
    if (told.outcome === "saved") this.stored(told, newer);
    else if (newer || told.outcome === "again") return;
    else if (told.outcome === "line" || told.outcome === "busy") this.wait("waiting");
    else if (told.outcome === "signed-out") this.wait("signed-out");
    else if (told.outcome === "stranger") this.wait("told", told.words);
    else this.refused(entry, told);
  }

  isMine(entry) {
    return [this.id, this.entry?.id, this.adopted?.id].includes(entry.id);
  }

  /** What another tab left: it comes in here only when nothing was changed here. */
  foreign(entry, told) {
    if (this.entry) return;
    if (told.outcome === "saved" && !this.closed) this.take(told);
    else if (entry.state !== "waiting") {
      if (!this.closed) this.adopt(entry);
      this.refused(entry, told);
    }
  }

  /** Show what the server has, and build on that. */
  take(told) {
    this.fill(fieldsFor(told));
    this.rest(told.version, asOne(told.chosen, told.text));
    this.seen = this.basis[0];
    this.show("saved");
  }

  stored(told, newer) {
    if ("version" in told) this.rest(told.version, asOne(told.chosen, told.text));
    if (newer) return;
    this.entry = this.adopted = null;
    this.note.replaceChildren();
    if (told.words) this.show("told", told.words);
    else if (this.closed) this.stand?.replaceChildren();
    else this.show(this.waited ? "sent" : "saved");
    this.waited = false;
    this.leftOver();
  }

  /** Of two tabs that were cut off, the second is told once the first is stored. */
  async leftOver() {
    const entry = (await queue.all()).find((one) => one.spot === this.spot && one.state !== "waiting");
    if (entry && this.form.isConnected) this.foreign(entry, entry.told);
  }

  async wait(name, sentence) {
    this.waited = true;
    if (name === "waiting" && this.shown === "press-again") return;
    this.show(name === "waiting" && !(await queue.lasting()) ? "waiting-here" : name, sentence);
  }

  show(name, sentence = "") {
    if (!this.stand || this.shown === name + sentence) return;
    this.shown = name + sentence;
    const shown = piece(name === "saved" ? (this.form.dataset.unsentSaved ?? name) : name);
    const place = shown.querySelector("[data-unsent-words]");
    if (place) place.textContent = sentence;
    this.stand.replaceChildren(shown);
  }

  /** Nothing is lost: what is here and what is there stand side by side, and a person chooses. */
  refused(entry, told) {
    this.entry = entry;
    if (told.outcome === "refused") return this.show("told", told.words);
    const note = piece(told.outcome === "overtaken" ? "overtaken" : "over");
    const part = (name) => note.querySelector(`[data-unsent-${name}]`);
    part("words").textContent = told.words;
    if (told.outcome === "overtaken") {
      const there = fieldsFor(told);
      part("other").textContent = this.describe(there);
      part("mine").addEventListener("click", () => this.insist(told));
      part("theirs").addEventListener("click", () => this.give(entry, told));
    } else {
      part("own").textContent = entry.own;
      part("drop").addEventListener("click", () => this.give(entry));
    }
    this.stand?.replaceChildren();
    this.shown = "";
    this.note.replaceChildren(note);
  }

  async insist(told) {
    this.rest(told.version, asOne(told.chosen, told.text));
    this.seen = "";
    this.waited = true;
    await this.keep(true);
    this.focus();
  }

  async give(entry, told) {
    await queue.drop(entry);
    this.entry = this.adopted = null;
    this.note.replaceChildren();
    if (told) this.take(told);
    this.focus();
  }

  focus() {
    this.form.querySelector("input:not([type=hidden]):checked, textarea, input:not([type=hidden]), select, [tabindex]")?.focus();
  }

  /** What the button stored need not be sent again. */
  async pressed({ detail }) {
    if (detail.elt !== this.form || detail.xhr.status >= 300) return;
    for (const entry of await queue.all()) if (this.isMine(entry)) await queue.drop(entry);
  }

  cutOff() {
    this.waited = true;
    this.show("press-again");
  }
}

function fieldsFor({ chosen, text }) {
  const placed = chosen.map((value) => (value.includes(":") ? [`place-${value.split(":")[0]}`, value.split(":")[1]] : ["option", value]));
  return [...placed, ["text", text]];
}

function bind(root) {
  for (const form of root.querySelectorAll("form[data-unsent]")) {
    if ("unsentBound" in form.dataset) continue;
    form.dataset.unsentBound = "";
    new Place(form);
  }
}

bind(document);
document.addEventListener("htmx:load", (event) => bind(event.detail?.elt ?? document));
