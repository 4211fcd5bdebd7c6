// Makes three kinds of questions handier: steps that move, cards to drop on their other half, spots to click in a picture.
// The fields underneath do the answering and work alone; everything here only sets them and says that they changed.

const changed = (field) => field.dispatchEvent(new Event("change", { bubbles: true }));

/** Steps with buttons up and down, and to drag with a mouse. */
class Order {
  constructor(list) {
    this.list = list;
    this.told = document.createElement("span");
    this.told.className = "visually-hidden";
    this.told.setAttribute("role", "status");
    list.after(this.told);
    list.classList.add("is-movable");
    for (const step of this.steps) this.equip(step);
    this.number();
    list.closest("form").addEventListener("submit", () => this.fill(), { capture: true });
    list.closest("fieldset").addEventListener("filled", () => this.arrange());
    list.addEventListener("dragover", (event) => this.over(event));
    list.addEventListener("drop", (event) => event.preventDefault());
  }

  get steps() {
    return [...this.list.children];
  }

  equip(step) {
    const [up, down] = step.querySelectorAll("button");
    up.parentElement.hidden = false;
    up.addEventListener("click", () => this.move(step, -1, up, down));
    down.addEventListener("click", () => this.move(step, 1, down, up));
    step.draggable = true;
    step.addEventListener("dragstart", (event) => {
      this.dragged = step;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", step.textContent.trim());
      step.classList.add("is-dragged");
    });
    step.addEventListener("dragend", () => {
      step.classList.remove("is-dragged");
      this.dragged = null;
      this.settle(step);
    });
  }

  move(step, by, pressed, other) {
    const steps = this.steps;
    const at = steps.indexOf(step) + by;
    if (at < 0 || at >= steps.length) return;
    if (by < 0) steps[at].before(step);
    else steps[at].after(step);
    this.settle(step);
    (pressed.disabled ? other : pressed).focus();
  }

  over(event) {
    const onto = event.target.closest("[data-step]");
    if (!this.dragged) return;
    event.preventDefault();
    if (!onto || onto === this.dragged) return;
    const box = onto.getBoundingClientRect();
    if (event.clientY < box.top + box.height / 2) onto.before(this.dragged);
    else onto.after(this.dragged);
    this.number();
  }

  settle(step) {
    this.number();
    this.fill();
    const place = this.steps.indexOf(step) + 1;
    this.told.textContent = this.list.dataset.moved.replace("{place}", place).replace("{total}", this.steps.length);
    changed(step.querySelector("select"));
  }

  /** The fields were filled in with what was given before: the steps go where those say. */
  arrange() {
    const place = (step) => Number(step.querySelector("select").value) || Infinity;
    this.list.append(...this.steps.sort((one, other) => place(one) - place(other)));
    this.number();
  }

  number() {
    const steps = this.steps;
    steps.forEach((step, at) => {
      step.querySelector("[data-place]").textContent = at + 1;
      const [up, down] = step.querySelectorAll("button");
      up.disabled = at === 0;
      down.disabled = at === steps.length - 1;
    });
  }

  fill() {
    this.steps.forEach((step, at) => (step.querySelector("select").value = String(at + 1)));
  }
}

/** Cards of the right halves, to drag onto the left ones; the lists stay there for everybody else. */
class Match {
  constructor(box) {
    this.box = box;
    this.selects = [...box.querySelectorAll("select")];
    this.tray = document.createElement("ul");
    this.tray.className = "match__cards";
    this.tray.setAttribute("aria-hidden", "true");
    for (const option of this.selects[0]?.options ?? []) if (option.value) this.tray.append(this.card(option));
    box.append(this.tray);
    for (const pair of box.querySelectorAll("[data-pair]")) this.receive(pair);
    box.addEventListener("change", () => this.show());
    box.closest("fieldset").addEventListener("filled", () => this.show());
    this.show();
  }

  card(option) {
    const card = document.createElement("li");
    card.className = "match__card";
    card.textContent = option.textContent;
    card.dataset.value = option.value;
    card.draggable = true;
    card.addEventListener("dragstart", (event) => {
      this.dragged = option.value;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", option.textContent);
    });
    card.addEventListener("dragend", () => (this.dragged = null));
    return card;
  }

  receive(pair) {
    pair.addEventListener("dragover", (event) => {
      if (!this.dragged) return;
      event.preventDefault();
      pair.classList.add("is-over");
    });
    pair.addEventListener("dragleave", () => pair.classList.remove("is-over"));
    pair.addEventListener("drop", (event) => {
      event.preventDefault();
      pair.classList.remove("is-over");
      if (this.dragged) this.give(pair.querySelector("select"), this.dragged);
    });
  }

  give(select, value) {
    for (const other of this.selects) {
      if (other === select || other.value !== value) continue;
      other.value = "";
      changed(other);
    }
    select.value = value;
    changed(select);
  }

  /** A long half does not fit the closed list: it stands below in full. */
  spell(select) {
    const chosen = select.selectedOptions[0];
    let line = select.parentElement.querySelector(".match__chosen");
    if (!line) {
      line = document.createElement("p");
      line.className = "match__chosen";
      line.setAttribute("aria-hidden", "true");
      select.after(line);
    }
    line.textContent = chosen?.value ? chosen.textContent : "";
    line.hidden = !chosen?.value || chosen.textContent.length < 30;
  }

  show() {
    const used = new Set(this.selects.map((select) => select.value));
    for (const card of this.tray.children) card.hidden = used.has(card.dataset.value);
    for (const select of this.selects) this.spell(select);
  }
}

/** Spots that choose the option of the list which says the same in words. */
class Hotspot {
  constructor(box) {
    this.box = box;
    this.set = box.closest("fieldset");
    box.classList.add("is-clickable");
    box.addEventListener("click", (event) => {
      const spot = event.target.closest("[data-spot]");
      const choice = spot && this.choice(spot);
      if (!choice) return;
      choice.checked = true;
      changed(choice);
    });
    for (const event of ["change", "filled"]) this.set.addEventListener(event, () => this.show());
    this.show();
  }

  choice(spot) {
    return [...this.set.querySelectorAll("input[name=option]")].find((input) => input.value === spot.dataset.spot);
  }

  show() {
    for (const spot of this.box.querySelectorAll("[data-spot]")) spot.classList.toggle("is-chosen", Boolean(this.choice(spot)?.checked));
  }
}

const KINDS = { "[data-order]": Order, "[data-match]": Match, "[data-hotspot]": Hotspot };

function bind(root) {
  for (const [selector, Kind] of Object.entries(KINDS)) {
    for (const element of root.querySelectorAll(selector)) {
      if (element.dataset.bound) continue;
      element.dataset.bound = "1";
      new Kind(element);
    }
  }
}

bind(document);
document.addEventListener("htmx:load", (event) => bind(event.detail?.elt ?? document));
