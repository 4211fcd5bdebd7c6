// Keeps what somebody typed in this tab, until the server has it: for forms with data-keep="a name of its own".
// After an expired session, a lost line or a slip of the finger the text is there again. It stays in this tab
// (sessionStorage), belongs to one person, and is gone after signing out.

const PREFIX = "keep:";
const PAUSE = 300;
const owner = document.documentElement.dataset.owner ?? "";
const words = document.querySelector("script[data-keepsafe]")?.dataset ?? {};

/** Storage may be refused by the browser or full; then nothing is kept and everything else works. */
const store = {
  read(key) {
    try {
      return JSON.parse(sessionStorage.getItem(PREFIX + key));
    } catch {
      return null;
    }
  },
  write(key, entry) {
    try {
      sessionStorage.setItem(PREFIX + key, JSON.stringify(entry));
    } catch {
      sessionStorage.removeItem(PREFIX + key);
    }
  },
  drop: (key) => sessionStorage.removeItem(PREFIX + key),
  keys() {
    try {
      return Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
    } catch {
      return [];
    }
  },
  clear() {
    for (const key of store.keys()) store.drop(key);
  },
};

const isText = (field) =>
  field.name && (field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && /^(text|email|search|url|number|date|time|datetime-local)$/.test(field.type)));
const textsOf = (form) => [...form.elements].filter(isText);

/** What was left behind by somebody else goes; what was sent and answered goes; what was cut off is marked so. */
function tidy() {
  const arrived = (performance.getEntriesByType("navigation")[0]?.redirectCount ?? 0) > 0;
  for (const key of store.keys()) {
    const entry = store.read(key);
    if (!entry || (owner && entry.owner !== owner)) store.drop(key);
    else if (entry.sent && !owner) store.write(key, { ...entry, cutOff: true });
    else if (entry.sent && !entry.cutOff && arrived) store.drop(key);
  }
}

class Keeper {
  constructor(form) {
    this.form = form;
    this.key = form.dataset.keep;
    this.first = this.values("defaultValue");
    this.restore();
    form.addEventListener("input", () => this.later());
    form.addEventListener("submit", () => this.sending());
    form.addEventListener("reset", () => store.drop(this.key));
    form.addEventListener("htmx:afterRequest", (event) => this.answered(event));
    window.addEventListener("pagehide", () => this.waiting && this.save());
  }

  values(what = "value") {
    return Object.fromEntries(textsOf(this.form).map((field) => [field.name, field[what]]));
  }

  later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.save(), PAUSE);
  }

  save(more = {}) {
    clearTimeout(this.waiting);
    this.waiting = 0;
    store.write(this.key, { owner, page: location.pathname + location.search, first: this.first, values: this.values(), ...more });
  }

  sending() {
    this.save({ sent: true });
  }

  /** A form that htmx sent itself: kept only when it was refused. */
  answered(event) {
    if (event.detail?.elt !== this.form) return;
    if (event.detail.successful) store.drop(this.key);
    else this.save();
  }

  restore() {
    const entry = store.read(this.key);
    if (!entry || entry.owner !== owner) return;
    const fields = textsOf(this.form).filter((field) => field.name in entry.values && this.mayReturn(field, entry));
    for (const field of fields) {
      field.value = entry.values[field.name];
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (fields.length) this.tell();
    if (entry.sent) this.save();
  }

  /** Only over what the server gave when the typing began, over nothing, or over the same text with words left out. */
  mayReturn(field, entry) {
    const kept = entry.values[field.name];
    const given = field.value;
    if (!kept || kept === given) return false;
    return given === "" || given === (entry.first[field.name] ?? "") || isMasked(given, kept);
  }

  tell() {
    const note = document.createElement("p");
    note.className = "meta";
    note.setAttribute("role", "status");
    this.form.prepend(note);
    note.textContent = words.restored ?? "";
  }
}

/** Say whether the server's draft is the kept text with passages left out. */
export function isMasked(given, kept) {
  const parts = given.replaceAll("\r\n", "\n").split(/\[(?:weggelaten|omis|left out)\]/);
  if (parts.length < 2 || !kept.startsWith(parts[0]) || !kept.endsWith(parts.at(-1))) return false;
  let position = 0;
  for (const part of parts) {
    const found = kept.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return true;
}

/** A text that was cut off by an expired session and belongs to another page: offer the way back. */
function offerTheWayBack(forms) {
  const here = new Set([...forms].map((form) => form.dataset.keep));
  const waiting = store.keys().map((key) => ({ key, ...store.read(key) })).find((entry) => entry.cutOff && !here.has(entry.key));
  if (!waiting || !owner || !words.waiting || !waiting.page?.startsWith("/") || waiting.page.startsWith("//")) return;
  const note = document.createElement("p");
  note.className = "alert";
  note.setAttribute("role", "status");
  const link = document.createElement("a");
  link.href = waiting.page;
  link.textContent = words.waiting;
  note.append(link);
  document.querySelector("main")?.prepend(note);
}

if (document.documentElement.dataset.kept === undefined) {
  document.documentElement.dataset.kept = "";
  tidy();
  const forms = document.querySelectorAll("form[data-keep]");
  for (const form of forms) new Keeper(form);
  offerTheWayBack(forms);
  for (const form of document.querySelectorAll("form[data-sign-out]")) form.addEventListener("submit", () => store.clear());
}
