// What the browser's detection stands on: the patterns and lists of site/patientdata, and folding.

import { lists, patterns, sets } from "./patientdata-data.js";

export const words = Object.fromEntries(Object.entries(lists).map(([name, line]) => [name, new Set(line.split("|"))]));
export const set = Object.fromEntries(
  Object.entries(sets).filter(([, value]) => Array.isArray(value)).map(([name, value]) => [name, new Set(value)]),
);
export const phrases = new Map();
for (const name of [...words.allowed].sort((a, b) => b.length - a.length)) {
  const first = name.split(" ", 1)[0];
  if (name.includes(" ")) phrases.set(first, [...(phrases.get(first) ?? []), name]);
}

/* patterns ------------------------------------------------------------- */

const made = new Map();

function expression(room, name, flags) {
  const key = `${room}.${name}.${flags}`;
  if (!made.has(key)) {
    const [source, own] = patterns[room][name];
    made.set(key, new RegExp(source, own + flags));
  }
  return made.get(key);
}

const room = (name) => ({
  all: (pattern, text) => text.matchAll(expression(name, pattern, "g")),
  at(pattern, text, position) {
    const sticky = expression(name, pattern, "y");
    sticky.lastIndex = position;
    return sticky.exec(text);
  },
  in: (pattern, text) => expression(name, pattern, "").exec(text),
});

export const N = room("numbers");
export const C = room("contacts");
export const D = room("dates");
export const W = room("nameWords");
export const P = room("names");

export const end = (match) => match.index + match[0].length;
/** Say whether a cue stands just before `position`; its `$` also stands before one newline at the end, as in Python. */
export const cued = (text, position, where, pattern) =>
  where.in(pattern, text.slice(Math.max(0, position - sets.cueReach), position).replace(/\n$/, "")) !== null;
export const hit = (kind, start, stop, certain, clue = "") => ({ kind, start, end: stop, certain, clue });
export const isUpper = (letter) => letter !== undefined && letter !== letter.toLowerCase();
export const isLower = (letter) => letter !== undefined && letter !== letter.toUpperCase();

/* folding -------------------------------------------------------------- */

const INVISIBLE = /[\p{Cf}\p{Mn}\p{Me}\p{Cs}]|(?![\n\r\t])\p{Cc}/u;

function digitOf(character) {
  if (!/[\p{Nd}\p{No}]/u.test(character)) return null;
  const plain = character.normalize("NFKD");
  if (/^[0-9]/.test(plain)) return plain[0];
  if (!/\p{Nd}/u.test(character)) return null;
  let zero = character.codePointAt(0);
  for (let step = 0; step < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1)); step += 1) zero -= 1;
  return String(character.codePointAt(0) - zero);
}

function plain(character) {
  if (character in sets.lookAlikes) return sets.lookAlikes[character];
  const digit = digitOf(character);
  if (digit !== null) return digit;
  if (/\p{Zs}/u.test(character)) return " ";
  if (/\p{Pd}/u.test(character)) return "-";
  const [first] = character.normalize("NFKD");
  return sets.lookAlikes[first] ?? first;
}

/** Return the folded text and, for each of its code units, where it stands in the text as typed. */
export function fold(text) {
  let folded = "";
  const from = [];
  const to = [];
  let position = 0;
  for (const character of text) {
    const next = position + character.length;
    if (character < "\u007f" && (character >= " " || "\n\r\t".includes(character))) {
      folded += character === "`" ? "'" : character;
      from.push(position);
      to.push(next);
    } else if (!INVISIBLE.test(character)) {
      for (const unit of plain(character)) {
        folded += unit;
        for (let count = 0; count < unit.length; count += 1) {
          from.push(position);
          to.push(next);
        }
      }
    }
    position = next;
  }
  return { text: folded, from, to };
}

const allOf = (low) => [...low.split("-"), ...["'s", "tje", "je"].map((tail) => (low.endsWith(tail) ? low.slice(0, -tail.length) : low))];
export const isKnown = (low) => allOf(low).some((part) => words.first_names.has(part) || words.last_names.has(part));
export const isGivenName = (low) => !words.common.has(low) && allOf(low).some((part) => part.length > 1 && words.first_names.has(part));
export const isAllowed = (name) => words.allowed.has(name.toLowerCase().replace(/^[ .]+|[ .]+$/g, ""));
