// Changes that wait for the line: kept in this browser until the server has them. Practice PCs are shared, so each is
// locked under a key that only pages for the same person hold, and the server refuses it for anybody else.
// The server tells by ids and counts what is new; no clock of this computer is read.

const DATABASE = "trede-unsent";
const TABLE = "changes";
const DAYS_KEPT = 30;
const PATIENCE = 15_000;
const SOONEST = 3_000;
const LATEST = 60_000;
const STILL_HERE = 8_000; // a page that was about to go and stands so long after goes on
const STOPS = new Set(["line", "signed-out", "stranger", "busy"]); // what keeps everything waiting

const given = document.querySelector("script[data-unsent-key]")?.dataset ?? {};
const today = Math.floor(Number(given.now ?? 0) / 86_400);
export const owner = document.documentElement.dataset.owner ?? "";

export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** What was given, the same for what a form holds and for what the server says it has. */
export function givenIn(fields) {
  const chosen = fields.filter(([name]) => name === "option").map(([, value]) => value);
  const placed = fields.filter(([name, value]) => name.startsWith("place-") && value).map(([name, value]) => `${name.slice(6)}:${value}`);
  return asOne([...chosen, ...placed], fields.find(([name]) => name === "text")?.[1] ?? "");
}

export const asOne = (chosen, text) => JSON.stringify([[...chosen].sort(), text.replaceAll("\r\n", "\n")]);

/** Shuts what was typed away under the person's key. */
class Box {
  constructor(hex) {
    const bytes = Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
    this.key = crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  }

  async shut(entry) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify(entry));
    const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await this.key, text);
    return { id: entry.id, owner, change: entry.change, day: today, iv, box };
  }

  /** What cannot be opened any more (the site's secret changed) is nobody's. */
  async open(row) {
    try {
      const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv }, await this.key, row.box);
      return JSON.parse(new TextDecoder().decode(text));
    } catch {
      return null;
    }
  }
}

/** Rows that outlive the tab, the latest change last. "Strict": a row is on the disk before it counts as kept. */
class Shelf {
  constructor(database, box) {
    Object.assign(this, { database, box, lasting: true });
  }

  static open(hex) {
    return new Promise((resolve, reject) => {
      if (!hex || !crypto.subtle) reject(new Error("nothing can be locked here"));
      const asked = indexedDB.open(DATABASE, 1);
      asked.onupgradeneeded = () => {
        const table = asked.result.createObjectStore(TABLE, { keyPath: "place", autoIncrement: true });
        table.createIndex("id", "id", { unique: true });
        table.createIndex("owner", "owner");
      };
      asked.onsuccess = () => resolve(new Shelf(asked.result, new Box(hex)));
      asked.onerror = () => reject(asked.error);
      asked.onblocked = asked.onerror;
    });
  }

  run(mode, act) {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(TABLE, mode, { durability: "strict" });
      const asked = act(transaction.objectStore(TABLE));
      transaction.oncomplete = () => resolve(asked?.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  }

  async all() {
    const rows = await this.run("readonly", (table) => table.index("owner").getAll(owner));
    return (await Promise.all(rows.map((row) => this.box.open(row)))).filter(Boolean);
  }

  async put(entry, instead) {
    const row = await this.box.shut(entry);
    await this.run("readwrite", (table) => {
      for (const id of [entry.id, instead]) if (id) this.find(table, id, (old) => table.delete(old.place));
      const last = table.index("id").get(entry.id);
      last.onsuccess = () => table.add(row);
    });
  }

  /** Write over, or take away (`entry` empty), exactly the change that was read. */
  async swap(id, change, entry) {
    const row = entry && (await this.box.shut(entry));
    await this.run("readwrite", (table) => {
      this.find(table, id, (old) => {
        if (old.change !== change) return;
        if (row) table.put({ ...row, place: old.place });
        else table.delete(old.place);
      });
    });
  }

  find(table, id, act) {
    const asked = table.index("id").get(id);
    asked.onsuccess = () => asked.result && act(asked.result);
  }

  /** What this person left goes (signing out), or what anybody else left long ago. */
  async wipe(mayGo = (row) => row.owner === owner) {
    await this.run("readwrite", (table) => {
      const asked = table.openCursor();
      asked.onsuccess = () => {
        const cursor = asked.result;
        if (!cursor) return;
        if (mayGo(cursor.value)) cursor.delete();
        cursor.continue();
      };
    });
  }
}

/** Where a browser keeps or locks nothing: as long as the page stands. */
class Memory {
  rows = new Map();
  lasting = false;

  async all() {
    return [...this.rows.values()];
  }

  async put(entry, instead) {
    this.rows.delete(instead);
    this.rows.delete(entry.id);
    this.rows.set(entry.id, entry);
  }

  async swap(id, change, entry) {
    if (this.rows.get(id)?.change !== change) return;
    if (entry) this.rows.set(id, entry);
    else this.rows.delete(id);
  }

  async wipe() {
    this.rows.clear();
  }
}

/** Keeps, sends, and tells its listeners ("answered": the entry and what became of it). */
class Queue extends EventTarget {
  constructor() {
    super();
    this.shelf = Shelf.open(given.unsentKey).catch(() => new Memory());
    this.working = Promise.resolve();
    this.before = [];
    this.pause = SOONEST;
    this.channel = "BroadcastChannel" in window ? new BroadcastChannel(DATABASE) : null;
    this.channel?.addEventListener("message", (event) => (this.closed ||= event.data === owner));
  }

  /** One after another, so that an older change never lands on a newer one. */
  inOrder(act) {
    this.working = this.working.then(() => this.shelf).then(act);
    return this.working;
  }

  keep(entry, instead) {
    return this.inOrder(async (shelf) => {
      if (this.closed) return;
      try {
        await shelf.put(entry, instead);
      } catch {
        this.shelf = Promise.resolve(new Memory());
        await (await this.shelf).put(entry, instead);
      }
    });
  }

  all = () => this.inOrder((shelf) => shelf.all());
  swap = (entry, instead) => this.inOrder((shelf) => shelf.swap(entry.id, entry.change, instead));
  drop = (entry) => this.swap(entry, null);
  lasting = async () => (await this.shelf).lasting;

  async wipe() {
    await this.inOrder((shelf) => shelf.wipe());
    this.channel?.postMessage(owner);
    this.closed = true;
  }

  tidy = () => this.inOrder((shelf) => shelf.wipe((row) => row.owner !== owner && row.day < today - DAYS_KEPT));

  /**
   * The next page may have been made before what is under way arrives: it finds the change here, shows it, and sends it
   * once more, which the server stores once.
   */
  leave() {
    this.leaving = true;
    setTimeout(() => {
      this.leaving = false;
      this.flush();
    }, STILL_HERE);
  }

  /** Send what waits; a call while it is busy makes it look once more. */
  flush() {
    this.again = true;
    this.busy ??= this.work().finally(() => {
      this.busy = null;
      if (this.again) this.flush();
    });
    return this.busy;
  }

  async work() {
    await Promise.allSettled(this.before.splice(0));
    while (this.again) {
      this.again = false;
      await this.round();
    }
  }

  async round() {
    clearTimeout(this.later);
    let stopped = null;
    for (const entry of await this.all()) {
      if (entry.state !== "waiting") continue;
      const told = stopped ?? (navigator.onLine ? await this.send(entry) : { outcome: "line" });
      if (STOPS.has(told.outcome)) stopped = told;
      else await this.settle(entry, told);
      this.dispatchEvent(new CustomEvent("answered", { detail: { entry, told } }));
    }
    this.pause = stopped ? Math.min(this.pause * 2, LATEST) : SOONEST;
    if (stopped) this.later = setTimeout(() => this.flush(), this.pause);
  }

  async send(entry) {
    const body = new URLSearchParams(entry.fields);
    for (const name of ["change", "writer", "sequence", "base"]) body.set(name, entry[name]);
    body.set("owner", owner);
    body.set("csrfmiddlewaretoken", document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "");
    const headers = { Accept: "application/json" };
    const keepalive = document.visibilityState === "hidden" && body.toString().length < 30_000;
    try {
      const options = { method: "POST", body, headers, keepalive, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) };
      const answer = await fetch(entry.address, options);
      if (answer.type === "opaqueredirect") return { outcome: "signed-out" };
      if (answer.headers.get("Content-Type")?.startsWith("application/json")) return await answer.json();
      return { outcome: answer.status === 403 ? "signed-out" : "line" };
    } catch {
      return { outcome: "line" };
    }
  }

  /** What was stored goes; what rests on an answer that this page knew is sent again; the rest waits for a person. */
  async settle(entry, told) {
    const there = "chosen" in told ? asOne(told.chosen, told.text) : "";
    if (told.outcome === "saved" || there === givenIn(entry.fields)) {
      told.outcome = "saved";
      return this.leaving ? undefined : this.drop(entry);
    }
    if (told.outcome === "overtaken" && entry.basis.includes(there) && entry.base !== told.version) {
      told.outcome = "again";
      this.again = true;
      return this.swap(entry, { ...entry, base: told.version });
    }
    Object.assign(entry, { state: told.outcome, told });
    return this.swap(entry, entry);
  }
}

/** Which place in whose attempt a form fills. */
export const spotOf = (form) => `${form.dataset.unsent}#${form.elements.number?.value ?? ""}`;
export const queue = new Queue();
