/** The player: better than the browser's own controls, which stay for whoever has no script. */

const KEEP = "trede:podcast:";
const RATES = [1, 1.25, 1.5, 2, 0.75];
const DOZES = [0, 15, 30];
const KEEP_EVERY = 5;

const clock = (seconds) => {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const tail = String(rest).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
};

/** What was heard, kept in this browser only; a browser that keeps nothing is no trouble. */
const store = {
  read(key) {
    try {
      return Number(localStorage.getItem(KEEP + key)) || 0;
    } catch {
      return 0;
    }
  },
  write(key, seconds) {
    try {
      if (seconds > 1) localStorage.setItem(KEEP + key, seconds.toFixed(1));
      else localStorage.removeItem(KEEP + key);
    } catch {
      /* private window: the position is not kept */
    }
  },
};

/** The last of `items` (ordered by `start`) that has begun at this moment; -1 before the first. */
const begun = (items, moment) => {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle].start <= moment) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};

class Player {
  constructor(root) {
    this.root = root;
    this.words = root.dataset;
    this.audio = root.querySelector("audio");
    this.length = Number(root.dataset.duration) || 0;
    this.bars = [...root.querySelectorAll(".wave rect:not(.mark)")];
    this.seekbar = this.find("seekbar");
    this.chapters = this.timed(document.querySelectorAll("[data-chapters] [data-seek]"), "seek");
    this.texts = [...document.querySelectorAll("[data-cues]")].map((list) => this.timed(list.children, "start"));
    this.kept = -1;
    this.show();
    this.listen();
    this.start();
  }

  find(name) {
    return this.root.querySelector(`[data-${name}]`);
  }

  timed(elements, key) {
    return [...elements].map((element) => ({
      element,
      start: Number(element.dataset[key]),
      end: Number(element.dataset.end || Infinity),
    }));
  }

  show() {
    this.audio.controls = false;
    this.find("plain").hidden = true;
    this.find("controls").hidden = false;
    this.find("line").hidden = false;
  }

  listen() {
    const { audio, root } = this;
    this.find("toggle").addEventListener("click", () => this.toggle());
    root.querySelectorAll("[data-jump]").forEach((key) =>
      key.addEventListener("click", () => this.seek(audio.currentTime + Number(key.dataset.jump))),
    );
    this.find("rate").addEventListener("click", () => this.nextRate());
    this.find("doze")?.addEventListener("click", () => this.nextDoze());
    this.seekbar.addEventListener("input", () => this.seek(Number(this.seekbar.value)));
    root.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("click", (event) => this.follow(event));
    audio.addEventListener("play", () => this.playing(true));
    audio.addEventListener("pause", () => this.playing(false));
    audio.addEventListener("ended", () => store.write(this.words.key, 0));
    audio.addEventListener("timeupdate", () => this.draw());
    audio.addEventListener("seeked", () => this.draw());
    audio.addEventListener("error", () => this.trouble());
    audio.addEventListener("loadedmetadata", () => {
      if (Number.isFinite(audio.duration)) this.length = audio.duration;
    });
    addEventListener("pagehide", () => this.keep());
    addEventListener("hashchange", () => this.fromAddress());
    this.tellSystem();
  }

  start() {
    if (!this.fromAddress()) this.place(store.read(this.words.key));
  }

  /** An address that ends in `#t=41.2` begins there. */
  fromAddress() {
    const found = location.hash.match(/^#t=(\d+(?:\.\d+)?)$/);
    if (found) this.place(Number(found[1]));
    return Boolean(found);
  }

  place(seconds) {
    this.audio.currentTime = Math.min(Math.max(0, seconds), Math.max(0, this.length - 0.2));
    this.draw(this.audio.currentTime || seconds);
  }

  seek(seconds) {
    this.place(seconds);
    this.keep();
  }

  toggle() {
    if (this.audio.paused) this.play();
    else this.audio.pause();
  }

  play() {
    this.find("trouble").hidden = true;
    return this.audio.play().catch((error) => {
      if (error.name !== "AbortError") this.trouble();
    });
  }

  playing(on) {
    this.root.toggleAttribute("data-playing", on);
    this.find("toggle-word").textContent = on ? this.words.pause : this.words.play;
    if (on) this.run();
    else this.keep();
  }

  /** While it plays the text is followed at the pace of the screen, not of the browser's events. */
  run() {
    if (this.audio.paused) return;
    this.draw();
    requestAnimationFrame(() => this.run());
  }

  draw(at = this.audio.currentTime) {
    const part = this.length ? Math.min(1, at / this.length) : 0;
    const chapter = this.mark(this.chapters, at, "aria-current");
    this.texts.forEach((cues) => this.mark(cues, at, "aria-current", "is-now"));
    const second = Math.floor(at);
    if (second === this.drawn && chapter === this.chapter) return;
    [this.drawn, this.chapter] = [second, chapter];
    this.seekbar.value = String(at);
    this.seekbar.setAttribute("aria-valuetext", `${clock(at)} ${this.words.of} ${clock(this.length)}`);
    this.find("clock").textContent = `${clock(at)} ${this.words.of} ${clock(this.length)}`;
    this.find("past").textContent = clock(at);
    this.find("left-clock").textContent = this.words.left.replace("{time}", clock(this.length - at));
    this.find("now").textContent = chapter?.element.lastElementChild.textContent ?? this.words.title;
    this.find("needle").setAttribute("x", String(Math.round(1047 * part)));
    this.bars.forEach((bar, number) => bar.classList.toggle("is-played", (number + 0.5) / this.bars.length <= part));
    if (Math.abs(at - this.kept) >= KEEP_EVERY) this.keep();
  }

  /** Marks the one of `items` that is going on and returns it. */
  mark(items, at, attribute, name) {
    const found = items[begun(items, at)];
    const now = found && at < found.end + 1 ? found : undefined;
    if (items.now === now) return now;
    const seen = items.now && this.inSight(items.now.element);
    items.now?.element.removeAttribute(attribute);
    if (name) items.now?.element.classList.remove(name);
    now?.element.setAttribute(attribute, "true");
    if (name) now?.element.classList.add(name);
    if (seen && now && name && !this.audio.paused) now.element.scrollIntoView({ block: "nearest" });
    items.now = now;
    return now;
  }

  inSight(element) {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  }

  /** A click on a chapter, a sentence or a place that was found plays from there. */
  follow(event) {
    const link = event.target.closest?.("[data-seek]");
    if (!link || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    this.seek(Number(link.dataset.seek));
    this.play();
  }

  nextRate() {
    const rate = RATES[(RATES.indexOf(this.audio.playbackRate) + 1) % RATES.length];
    this.audio.playbackRate = rate;
    this.find("rate").textContent = `${this.words.speed} ${String(rate).replace(".", ",")}×`;
  }

  nextDoze() {
    this.doze = DOZES[(DOZES.indexOf(this.doze ?? 0) + 1) % DOZES.length];
    clearTimeout(this.dozing);
    if (this.doze) this.dozing = setTimeout(() => this.fallAsleep(), this.doze * 60_000);
    const word = this.doze ? `${this.doze} ${this.words.minutes}` : this.words.sleep;
    this.find("doze-word").textContent = word;
    this.find("doze").setAttribute("aria-pressed", String(Boolean(this.doze)));
  }

  fallAsleep() {
    this.audio.pause();
    this.doze = DOZES.at(-1);
    this.nextDoze();
  }

  key(event) {
    const inField = event.target.matches("input:not([type=range]), textarea, select");
    if (inField || event.altKey || event.ctrlKey || event.metaKey) return;
    const jump = { j: -15, l: 15 }[event.key];
    if (event.key === "k") this.toggle();
    else if (jump) this.seek(this.audio.currentTime + jump);
    else return;
    event.preventDefault();
  }

  keep() {
    this.kept = this.audio.currentTime;
    const over = this.length && this.kept > this.length - 3;
    store.write(this.words.key, over ? 0 : this.kept);
  }

  trouble() {
    const place = this.find("trouble");
    place.textContent = this.words.failed;
    place.hidden = false;
  }

  tellSystem() {
    if (!("mediaSession" in navigator)) return;
    navigator.mediaSession.metadata = new MediaMetadata({ title: this.words.title });
    navigator.mediaSession.setActionHandler("seekbackward", () => this.seek(this.audio.currentTime - 15));
    navigator.mediaSession.setActionHandler("seekforward", () => this.seek(this.audio.currentTime + 15));
  }
}

/** One language, the other, or both beside each other; the sound goes on. */
function chooseLanguage(choice, texts) {
  const blocks = [...texts.querySelectorAll("[data-text]")];
  const showAs = (value) => {
    texts.dataset.show = value;
    blocks.forEach((block) => {
      if (block.localName === "details") block.open = true;
      block.hidden = value !== "both" && block.dataset.text !== value;
    });
  };
  choice.hidden = false;
  choice.addEventListener("change", (event) => showAs(event.target.value));
  showAs(choice.querySelector(":checked").value);
}

document.querySelectorAll("[data-player][data-key]").forEach((root) => new Player(root));
const choice = document.querySelector("[data-languages]");
if (choice) chooseLanguage(choice, document.querySelector("[data-texts]"));
