// On every page for a signed-in person: sends what waits when the line is back, tells what became of it when its question
// is on another page, and offers to send it before signing out, after which nothing of it is left here.

import { owner, queue, spotOf } from "./unsent-queue.js";

const WAIT_AT_SIGN_OUT = 4000;

const piece = (name) => document.querySelector(`template[data-unsent-piece="${name}"]`)?.content.firstElementChild.cloneNode(true);
const isHere = (entry) => [...document.querySelectorAll("form[data-unsent]")].some((form) => spotOf(form) === entry.spot);
const mark = (element, name) => element.querySelector(`[data-unsent-${name}]`);

/** A change of another page that the server did not take: what it was, where it belongs, and the choice to let it go. */
function tellElsewhere(entry) {
  const note = piece("elsewhere");
  if (!note || document.querySelector(`[data-unsent-about="${CSS.escape(entry.id)}"]`)) return;
  note.dataset.unsentAbout = entry.id;
  mark(note, "words").textContent = entry.told?.words ?? "";
  mark(note, "own").textContent = entry.own;
  Object.assign(mark(note, "link"), { href: entry.page, textContent: entry.title });
  mark(note, "drop").addEventListener("click", async () => {
    await queue.drop(entry);
    note.remove();
    document.querySelector("main")?.focus();
  });
  document.querySelector("main")?.prepend(note);
}

function tellSent() {
  if (document.querySelector("[data-unsent-sent]")) return;
  const note = piece("sent");
  if (note) document.querySelector("main")?.prepend(note);
}

queue.addEventListener("answered", ({ detail: { entry, told } }) => {
  if (isHere(entry)) return;
  if (told.outcome === "saved") tellSent();
  else if (entry.state !== "waiting") tellElsewhere(entry);
});

/** Before signing out: nothing waits, or it is sent, or thrown away on purpose. */
class SignOut {
  constructor(form) {
    this.form = form;
    form.addEventListener("submit", (event) => this.ask(event), { capture: true });
  }

  async ask(event) {
    if (this.free) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    document.dispatchEvent(new CustomEvent("unsent:now"));
    await this.tried();
    const left = await queue.all();
    if (left.length) this.offer(left);
    else await this.leave();
  }

  tried() {
    return Promise.race([queue.flush(), new Promise((resolve) => setTimeout(resolve, WAIT_AT_SIGN_OUT))]);
  }

  offer(left) {
    const dialog = document.querySelector("dialog[data-unsent-dialog]");
    const [count, told] = [mark(dialog, "count"), mark(dialog, "told")];
    count.textContent = count.dataset.unsentCount.replace("{count}", left.length);
    mark(dialog, "list").replaceChildren(...left.map((entry) => this.line(entry)));
    told.textContent = "";
    mark(dialog, "send").onclick = () => this.send(dialog, told);
    mark(dialog, "drop").onclick = () => this.leave();
    mark(dialog, "stay").onclick = () => dialog.close();
    if (!dialog.open) dialog.showModal();
  }

  line(entry) {
    const line = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: entry.page, textContent: entry.title });
    line.append(link);
    return line;
  }

  async send(dialog, told) {
    await this.tried();
    const left = await queue.all();
    if (!left.length) return this.leave();
    this.offer(left);
    told.textContent = left.some((entry) => entry.state === "waiting") ? told.dataset.unsentTold : told.dataset.unsentRefused;
  }

  async leave() {
    await queue.wipe();
    this.free = true;
    this.form.requestSubmit();
  }
}

async function begin() {
  await queue.tidy();
  for (const entry of await queue.all()) if (entry.state !== "waiting" && !isHere(entry)) tellElsewhere(entry);
  await queue.flush();
}

if (owner) {
  for (const form of document.querySelectorAll("form[data-sign-out]")) new SignOut(form);
  window.addEventListener("beforeunload", () => queue.leave());
  window.addEventListener("online", () => queue.flush());
  window.addEventListener("pageshow", (event) => event.persisted && queue.flush());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && queue.flush());
  if (document.readyState === "complete") begin();
  else document.addEventListener("DOMContentLoaded", begin);
}
