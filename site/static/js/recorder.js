// Records spoken feedback with the microphone and puts it, as a plain WAV, into the form's file field. The form is sent
// like any other; without this file, or without a microphone, somebody chooses a sound file.

const RATE = 16_000;

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** Any recording that this browser can play, as one channel of 16 kHz: every browser records another kind of file. */
async function toSamples(recording) {
  const context = new AudioContext();
  try {
    const sound = await context.decodeAudioData(await recording.arrayBuffer());
    const narrow = new OfflineAudioContext(1, Math.ceil(sound.duration * RATE), RATE);
    const source = narrow.createBufferSource();
    source.buffer = sound;
    source.connect(narrow.destination);
    source.start();
    return (await narrow.startRendering()).getChannelData(0);
  } finally {
    context.close();
  }
}

/** Samples between -1 and 1 as a WAV of 16 bits. */
export function toWav(samples) {
  const view = new DataView(new ArrayBuffer(44 + samples.length * 2));
  const word = (at, text) => [...text].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
  word(0, "RIFF");
  view.setUint32(4, 36 + samples.length * 2, true);
  word(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  word(36, "data");
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, index) => view.setInt16(44 + index * 2, Math.max(-1, Math.min(1, sample)) * 0x7fff, true));
  return new Blob([view.buffer], { type: "audio/wav" });
}

class Recorder {
  constructor(root) {
    this.root = root;
    this.words = root.dataset;
    this.most = Number(root.dataset.mostSeconds);
    this.field = document.getElementById(root.dataset.recorder);
    this.key = root.querySelector("[data-recorder-key]");
    this.label = root.querySelector("[data-recorder-label]");
    this.time = root.querySelector("[data-recorder-time]");
    this.status = root.querySelector("[data-recorder-status]");
    this.play = root.querySelector("[data-recorder-play]");
    this.key.addEventListener("click", () => (this.running ? this.stop() : this.start()));
    this.field.addEventListener("change", () => this.forget());
    root.hidden = false;
  }

  async start() {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      this.status.textContent = this.words.wordsRefused;
      return;
    }
    const pieces = [];
    this.running = new MediaRecorder(stream);
    this.running.addEventListener("dataavailable", (event) => pieces.push(event.data));
    this.running.addEventListener("stop", () => this.finish(stream, new Blob(pieces, { type: this.running.mimeType })));
    this.running.start();
    this.begun = performance.now();
    this.ticking = setInterval(() => this.tick(), 250);
    this.label.textContent = this.words.wordsStop;
    this.status.textContent = this.words.wordsRecording;
    this.play.hidden = true;
    this.play.pause();
    this.tick();
  }

  tick() {
    const seconds = (performance.now() - this.begun) / 1000;
    this.time.textContent = `${clock(seconds)} / ${clock(this.most)}`;
    if (seconds >= this.most) this.stop(this.words.wordsFull);
  }

  stop(note = "") {
    clearInterval(this.ticking);
    this.note = note;
    this.running.stop();
  }

  async finish(stream, recording) {
    for (const track of stream.getTracks()) track.stop();
    this.running = null;
    const samples = (await toSamples(recording)).subarray(0, this.most * RATE);
    const wav = toWav(samples);
    const hold = new DataTransfer();
    hold.items.add(new File([wav], "opname.wav", { type: wav.type }));
    this.field.files = hold.files;
    this.show(wav, samples.length / RATE);
  }

  show(wav, seconds) {
    if (this.address) URL.revokeObjectURL(this.address);
    this.address = URL.createObjectURL(wav);
    this.play.src = this.address;
    this.play.hidden = false;
    this.time.textContent = clock(seconds);
    this.label.textContent = this.words.wordsAgain;
    this.status.textContent = `${this.note} ${this.words.wordsReady}`.trim();
  }

  /** Somebody chose a file instead: what was recorded is no longer what will be sent. */
  forget() {
    this.play.hidden = true;
    this.play.removeAttribute("src");
    this.time.textContent = "";
    this.status.textContent = "";
    this.label.textContent = this.words.wordsStart;
  }
}

if (navigator.mediaDevices?.getUserMedia && window.MediaRecorder && window.DataTransfer) {
  for (const root of document.querySelectorAll("[data-recorder]")) new Recorder(root);
}
