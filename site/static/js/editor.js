// The sheet on which people write: formatting, naming a colleague, quoting, looking ahead, and a draft that is kept on the
// server while typing. Without this file the sheet posts all the same.

const SAVE_AFTER = 1200;
const RETRY_AFTER = 5000;

/** One writing form: `[data-editor]`. */
class Editor {
  constructor(form) {
    this.form = form;
    this.text = form.querySelector("textarea[name=body]");
    this.title = form.querySelector("input[name=title]");
    this.saved = form.querySelector("[data-editor-saved]");
    this.findings = form.querySelector("[data-editor-findings]");
    this.version = Number(form.dataset.version) || 0;
    this.kept = this.state();
    this.waiting = 0;
    this.busy = false;
    this.posted = false;
    this.toolbar();
    this.mentions = new Mentions(this);
    for (const field of [this.text, this.title]) field?.addEventListener("input", () => this.later());
    form.querySelector("[data-editor-preview]")?.addEventListener("click", (event) => this.lookAhead(event));
    form.addEventListener("submit", () => this.stop());
    document.addEventListener("visibilitychange", () => document.hidden && this.save());
    window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  }

  state() {
    return `${this.title?.value ?? ""}\n${this.text.value}`;
  }

  stop() {
    this.posted = true;
    clearTimeout(this.waiting);
  }

  later(delay = SAVE_AFTER) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.save(), delay);
  }

  /** Keep the text on the server; a save at a time, the latest text wins. */
  async save() {
    clearTimeout(this.waiting);
    if (this.posted || this.conflict || this.kept === this.state()) return;
    if (this.busy) {
      this.later(300);
      return;
    }
    this.busy = true;
    const state = this.state();
    try {
      const answer = await this.send(this.form.dataset.draft, { version: this.version, title: this.title?.value ?? "" });
      await this.afterSave(answer, state);
    } catch {
      this.failed();
    } finally {
      this.busy = false;
    }
    if (!this.posted && !this.conflict && this.kept !== this.state()) this.later();
  }

  async afterSave(answer, state) {
    if (answer.redirected || !answer.headers.get("content-type")?.includes("json")) return this.failed();
    const told = await answer.json();
    if (answer.status === 409) return this.ask(told);
    if (answer.ok) {
      this.version = told.version;
      this.field("version").value = told.version;
    }
    this.kept = state;
    this.say(told.message, answer.ok ? "saved" : "alert");
  }

  failed() {
    this.say(this.form.dataset.wordsFailed, "alert");
    this.later(RETRY_AFTER);
  }

  /** Another device saved since: both texts are shown, the writer chooses. */
  ask(other) {
    this.conflict = true;
    const box = document.createElement("div");
    box.className = "editor__other";
    box.setAttribute("role", "alert");
    const words = document.createElement("p");
    words.textContent = other.message;
    const text = document.createElement("p");
    text.className = "pre";
    text.textContent = other.body;
    const choices = document.createElement("p");
    choices.className = "cluster";
    choices.append(
      this.choice(this.form.dataset.wordsTake, () => this.take(other)),
      this.choice(this.form.dataset.wordsKeep, () => {}),
    );
    box.append(words, text, choices);
    choices.addEventListener("click", (event) => {
      if (!(event.target instanceof HTMLButtonElement)) return;
      box.remove();
      this.conflict = false;
      this.version = other.version;
      this.field("version").value = other.version;
      this.text.focus();
      this.later(0);
    });
    this.findings.replaceChildren(box);
  }

  take(other) {
    this.text.value = other.body;
    if (this.title) this.title.value = other.title;
  }

  choice(label, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--s";
    button.textContent = label;
    button.addEventListener("click", act);
    return button;
  }

  say(words, icon) {
    const sprite = document.querySelector("svg.icon use")?.getAttribute("href")?.split("#")[0];
    this.saved.replaceChildren();
    if (sprite) {
      this.saved.insertAdjacentHTML("afterbegin", `<svg class="icon" aria-hidden="true"><use href="${sprite}#${icon}"/></svg> `);
    }
    this.saved.append(words);
  }

  field(name) {
    return this.form.querySelector(`[name=${name}]`);
  }

  send(address, more = {}) {
    const body = new FormData(this.form);
    for (const [name, value] of Object.entries(more)) body.set(name, value);
    return fetch(address, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
  }

  async lookAhead(event) {
    event.preventDefault();
    const answer = await this.send(this.form.dataset.preview).catch(() => null);
    if (!answer || answer.redirected) return this.failed();
    this.findings.innerHTML = await answer.text();
  }

  toolbar() {
    const bar = this.form.querySelector("[data-editor-bar]");
    bar.hidden = false;
    for (const button of bar.querySelectorAll("[data-wrap]")) button.addEventListener("click", () => this.wrap(button.dataset.wrap));
    for (const button of bar.querySelectorAll("[data-lines]")) button.addEventListener("click", () => this.lines(button.dataset.lines));
    bar.querySelector("[data-mention]").addEventListener("click", () => {
      this.put(/(^|\s)$/.test(this.text.value.slice(0, this.text.selectionStart)) ? "@" : " @");
    });
  }

  wrap(sign) {
    const { selectionStart: from, selectionEnd: to, value } = this.text;
    this.text.setRangeText(`${sign}${value.slice(from, to)}${sign}`, from, to, "end");
    if (from === to) this.text.setSelectionRange(from + sign.length, from + sign.length);
    this.changed();
  }

  lines(sign) {
    const { selectionStart, selectionEnd, value } = this.text;
    const from = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const lines = value.slice(from, selectionEnd).split("\n");
    this.text.setRangeText(lines.map((line) => sign + line).join("\n"), from, selectionEnd, "end");
    this.changed();
  }

  put(words) {
    this.text.setRangeText(words, this.text.selectionStart, this.text.selectionEnd, "end");
    this.changed();
  }

  changed() {
    this.text.focus();
    this.text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Put a quotation on a line of its own, after what stands there. */
  quote(token) {
    const before = this.text.value.trimEnd();
    this.text.value = `${before}${before ? "\n\n" : ""}${token}\n\n`;
    this.text.setSelectionRange(this.text.value.length, this.text.value.length);
    this.changed();
  }
}

/** Colleagues to choose from while somebody types a name after an @. */
class Mentions {
  constructor(editor) {
    this.editor = editor;
    this.list = editor.form.querySelector("[data-editor-people]");
    this.asked = 0;
    editor.text.addEventListener("input", () => this.look());
    editor.text.addEventListener("keydown", (event) => this.key(event, true));
    this.list.addEventListener("keydown", (event) => this.key(event, false));
  }

  typed() {
    const { value, selectionStart } = this.editor.text;
    return value.slice(Math.max(0, selectionStart - 40), selectionStart).match(/(?:^|\s)@([^\s@[\]]*(?: [^\s@[\]]+)?)$/)?.[1];
  }

  look() {
    clearTimeout(this.asked);
    const typed = this.typed();
    if (typed === undefined) return this.hide();
    this.asked = setTimeout(() => this.offer(typed), 180);
  }

  async offer(typed) {
    const answer = await this.editor.send(this.editor.form.dataset.people, { typed }).catch(() => null);
    if (!answer?.ok || answer.redirected || this.typed() !== typed) return;
    const { people } = await answer.json();
    this.list.replaceChildren(...people.map((person) => this.row(person, typed)));
    this.show(people.length > 0);
  }

  row(person, typed) {
    const row = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = person.title ? `${person.name}, ${person.title}` : person.name;
    button.addEventListener("click", () => {
      const { text } = this.editor;
      text.setRangeText(`${person.write} `, text.selectionStart - typed.length - 1, text.selectionStart, "end");
      this.hide();
      this.editor.changed();
    });
    row.append(button);
    return row;
  }

  show(open) {
    this.list.hidden = !open;
    this.editor.form.querySelector("[data-mention]").setAttribute("aria-expanded", String(open));
  }

  hide() {
    this.show(false);
  }

  key(event, inText) {
    if (this.list.hidden) return;
    const buttons = [...this.list.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === "Escape") {
      this.hide();
      this.editor.text.focus();
    } else if (event.key === "ArrowDown") {
      buttons[Math.min(at + 1, buttons.length - 1)]?.focus();
    } else if (event.key === "ArrowUp" && !inText) {
      (buttons[at - 1] ?? this.editor.text).focus();
    } else {
      return;
    }
    event.preventDefault();
  }
}

/** Where to ask how a post is quoted: the list has the address with 0 in the place of the post. */
const address = (link) => link.closest("[data-quote-address]").dataset.quoteAddress.replace("/0/", `/${link.dataset.quote}/`);

/** "Quote" beside a post: what is selected in that post, else all of it, goes into the sheet on this page. */
function bindQuotes(editor) {
  for (const link of document.querySelectorAll("[data-quote]")) {
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      const body = link.closest(".post").querySelector("[data-post-body]");
      const selection = document.getSelection();
      const inside = selection && !selection.isCollapsed && body.contains(selection.anchorNode) && body.contains(selection.focusNode);
      const answer = await editor.send(address(link), { passage: inside ? selection.toString() : "" }).catch(() => null);
      if (!answer?.ok || answer.redirected) return location.assign(link.href);
      editor.quote((await answer.json()).token);
      editor.form.scrollIntoView({ block: "nearest" });
    });
  }
}

for (const form of document.querySelectorAll("[data-editor]")) bindQuotes(new Editor(form));
