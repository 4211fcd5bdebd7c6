// Shows how much of a quiz's time is left (data-countdown: seconds that the server's clock leaves). It counts from the
// moment the page came, not from this machine's clock, which may be wrong or set back; the server alone decides.

const SPOKEN = [300, 60]; // seconds left at which it is said aloud

class Countdown {
  constructor(element) {
    this.element = element;
    this.until = performance.now() + Number(element.dataset.countdown) * 1000;
    this.spoken = element.parentElement.querySelector("[data-countdown-spoken]");
    this.said = Number(element.dataset.countdown);
    this.timer = setInterval(() => this.show(), 1000);
    this.show();
  }

  show() {
    const left = Math.max(Math.ceil((this.until - performance.now()) / 1000), 0);
    const words = left > 90 ? this.element.dataset.minutes : this.element.dataset.seconds;
    this.element.textContent = words.replace("{minutes}", Math.ceil(left / 60)).replace("{seconds}", left);
    const due = SPOKEN.find((mark) => left <= mark && this.said > mark);
    if (due && this.spoken) this.spoken.textContent = this.element.textContent;
    this.said = left;
    if (left === 0) this.end();
  }

  /** The server hands in what was saved; it is asked a little after the last answer may have arrived. */
  end() {
    clearInterval(this.timer);
    if (navigator.onLine) setTimeout(() => location.reload(), 7000);
  }
}

for (const element of document.querySelectorAll("[data-countdown]")) new Countdown(element);
