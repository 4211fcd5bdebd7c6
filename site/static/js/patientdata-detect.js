// The browser's half of the patient-data gate: the same patterns and lists as site/patientdata, read from the data file
// that is made from it. The server judges again; this half only saves the writer a round trip.

import { lists, patterns, phonePlans, sets } from "./patientdata-data.js";

const KINDS = ["bsn", "rrn", "iban", "email", "phone", "postcode", "birth_date", "patient_number", "name"];
const words = Object.fromEntries(Object.entries(lists).map(([name, line]) => [name, new Set(line.split("|"))]));
const set = Object.fromEntries(
  Object.entries(sets).filter(([, value]) => Array.isArray(value)).map(([name, value]) => [name, new Set(value)]),
);
const phrases = new Map();
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

const N = room("numbers");
const C = room("contacts");
const D = room("dates");
const W = room("nameWords");
const P = room("names");

const end = (match) => match.index + match[0].length;
const cued = (text, position, where, pattern) => where.in(pattern, text.slice(Math.max(0, position - sets.cueReach), position)) !== null;
const hit = (kind, start, stop, certain, clue = "") => ({ kind, start, end: stop, certain, clue });
const isUpper = (letter) => letter !== undefined && letter !== letter.toLowerCase();
const isLower = (letter) => letter !== undefined && letter !== letter.toUpperCase();

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
function fold(text) {
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

/* numbers -------------------------------------------------------------- */

const bsnHolds = (digits) => {
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (place < 8 ? 9 - place : -1), 0);
  return Number(digits) > 0 && sum % 11 === 0;
};

const rrnHolds = (digits) => {
  const first = Number(digits.slice(0, 9));
  const month = Number(digits.slice(2, 4)) % 20;
  const check = Number(digits.slice(9));
  return month <= 12 && Number(digits.slice(4, 6)) <= 31 && [97 - (first % 97), 97 - ((2_000_000_000 + first) % 97)].includes(check);
};

const ibanHolds = (compact) => {
  let rest = 0;
  for (const sign of compact.slice(4) + compact.slice(0, 4)) rest = Number(`${rest}${parseInt(sign, 36)}`) % 97;
  return rest === 1;
};

function* numbers(text) {
  yield* ibans(text);
  for (const cluster of N.all("CLUSTER", text)) {
    if (cluster[0].length < 8) continue;
    const groups = [...cluster[0].matchAll(/\d+/g)].map((found) => [cluster.index + found.index, cluster.index + end(found)]);
    yield* checked(text, groups);
  }
  for (const match of N.all("PATIENT_NUMBER", text)) {
    const start = end(match) - match[1].length;
    if (!new RegExp(`^(?:${patterns.numbers.CASE_NUMBER[0]})$`).test(match[1])) yield hit("patient_number", start, end(match), true);
  }
  for (const match of N.all("LOOSE_NUMBER", text)) {
    if (!cued(text, match.index, N, "LOOSE_PARDON") && !N.at("COUNTED", text, end(match))) {
      yield hit("patient_number", match.index, end(match), false);
    }
  }
}

function* checked(text, groups) {
  for (let first = 0; first < groups.length; first += 1) {
    const widths = [];
    let total = 0;
    for (let last = first; last < Math.min(first + 11, groups.length); last += 1) {
      const width = groups[last][1] - groups[last][0];
      widths.push(width);
      total += width;
      if (total > 11) break;
      const whole = first === 0 && last === groups.length - 1;
      if ([8, 9, 11].includes(total)) yield* judgeNumber(text, groups[first][0], groups[last][1], widths.join("-"), whole);
    }
  }
}

function* judgeNumber(text, start, stop, shape, whole) {
  const digits = text.slice(start, stop).replace(/\D/g, "");
  if (digits.length === 11) {
    const told = cued(text, start, N, "RRN_CUE");
    const valid = rrnHolds(digits);
    if (told || (valid && (whole || set.rrnShapes.has(shape)))) yield hit("rrn", start, stop, valid && (told || set.rrnShapes.has(shape)));
    return;
  }
  const told = cued(text, start, N, "BSN_CUE");
  if (digits.length === 8 && !told) return;
  const valid = bsnHolds(digits.padStart(9, "0"));
  const even = new Set(text.slice(start, stop).match(/\D+/g) ?? []).size === 1;
  if (told || (valid && (set.bsnShapes.has(shape) || (whole && even)))) {
    yield hit("bsn", start, stop, valid && (told || set.bsnShapes.has(shape)));
  }
}

function* ibans(text) {
  for (const match of N.all("IBAN", text)) {
    const length = sets.ibanLengths[match[0].slice(0, 2).toUpperCase()];
    if (!length) continue;
    let stop = match.index;
    for (let count = length; count && stop < text.length; stop += 1) count -= /[A-Za-z0-9]/.test(text[stop]) ? 1 : 0;
    const compact = text.slice(match.index, stop).replace(/[^A-Za-z0-9]/g, "").toUpperCase();
    if (compact.length === length && ibanHolds(compact)) yield hit("iban", match.index, stop, true);
    else if (new RegExp(`^(?:${patterns.numbers.IBAN_SHAPE[0]})$`).test(compact)) yield hit("iban", match.index, stop, false);
  }
}

/* phone, e-mail, addresses --------------------------------------------- */

function* contacts(text) {
  for (const match of C.all("PHONE", text)) {
    if (!C.at("DATE_LIKE", match[0], 0)) yield* phone(text, match.index, match[0]);
  }
  for (const match of C.all("LOCAL_PHONE", text)) {
    if (cued(text, match.index, C, "PHONE_CUE")) yield hit("phone", match.index, end(match), false);
  }
  for (const match of C.all("SPOKEN_PHONE", text)) yield hit("phone", match.index, end(match), false);
  yield* emails(text);
  yield* addresses(text);
}

function* phone(text, start, written) {
  for (const candidate of [written, written.slice(0, -1).replace(/[ ._\-/()]+$/, "")]) {
    if (reachesAPerson(candidate)) {
      yield hit("phone", start, start + candidate.length, true);
      return;
    }
  }
  if (cued(text, start, C, "PHONE_CUE")) yield hit("phone", start, start + written.length, false);
}

function reachesAPerson(written) {
  const digits = written.replace("(0)", "").replace(/\D/g, "");
  if (written.startsWith("+") || digits.startsWith("00")) {
    const number = digits.replace(/^00/, "");
    const plan = Object.values(phonePlans).find(({ code }) => number.startsWith(code));
    return plan ? inPlan(plan, number.slice(plan.code.length).replace(/^0/, "")) : number.length >= 9;
  }
  const regions = digits.length === 10 ? ["NL", "BE", "FR"] : digits.length === 9 ? ["BE"] : [];
  return regions.some((region) => inPlan(phonePlans[region], digits.slice(1)));
}

const inPlan = (plan, number) => new RegExp(`^${plan.personal}$`).test(number);

function* emails(text) {
  for (const match of C.all("AT", text)) {
    const local = C.in("LOCAL_PART", text.slice(Math.max(0, match.index - 64), match.index));
    const domain = C.at("DOMAIN", text, end(match));
    if (!local || !domain) continue;
    const desk = C.at("DESK", local[0], 0) !== null && !C.at("MAILBOXES", domain[0], 0);
    if (!(desk && isAllowed(domain[0].slice(0, domain[0].lastIndexOf("."))))) {
      yield hit("email", match.index - local[0].length, end(domain), !desk);
    }
  }
  for (const pattern of ["SPACED_AT", "SAID_AT"]) {
    for (const match of C.all(pattern, text)) {
      if (match[0].includes(" ") || !match[0].includes("@")) yield hit("email", match.index, end(match), false);
    }
  }
}

function* addresses(text) {
  for (const match of C.all("ADDRESS", text)) {
    if (isUpper(match[0][0]) || C.at("SURE_STREET", match[0], 0)) yield address(text, match.index, end(match));
  }
  for (const match of C.all("NL_POSTCODE", text)) {
    const letters = match[1];
    if (set.unusedLetters.has(letters.toUpperCase()) || (match[0].includes(" ") && set.units.has(letters))) continue;
    const house = C.at("NL_NUMBER", text, end(match));
    if (house || cued(text, match.index, C, "POSTCODE_CUE") || letters === letters.toUpperCase()) {
      yield hit("postcode", match.index, house ? end(house) : end(match), house !== null);
    } else if (!match[0].includes(" ")) {
      yield hit("postcode", match.index, end(match), false);
    }
  }
}

function address(text, start, stop) {
  const after = stop + (/^[ ,\n]{1,3}/.exec(text.slice(stop, stop + 3))?.[0].length ?? 0);
  const found = C.at("NL_POSTCODE", text, after) ?? C.at("BE_POSTCODE", text, after);
  return found ? hit("postcode", start, end(found), true) : hit("postcode", start, stop, false);
}

/* dates of birth -------------------------------------------------------- */

function* dates(text) {
  for (const pattern of ["NUMERIC", "SPACED", "ISO", "WORDED"]) {
    for (const match of D.all(pattern, text)) {
      if (!new RegExp(`^(?:${patterns.dates.LIST[0]})$`).test(match[0])) yield* judgeDate(text, match);
    }
  }
  for (const pattern of ["SHORT", "COMPACT"]) {
    for (const match of D.all(pattern, text)) {
      if (told(text, match)) yield hit("birth_date", match.index, end(match), true);
    }
  }
  for (const match of D.all("MONTH_YEAR", text)) {
    if (told(text, match)) yield hit("birth_date", match.index, end(match), false, String(yearOf(match.groups.year)));
  }
}

function* judgeDate(text, match) {
  const year = yearOf(match.groups.year);
  const clue = year ? String(year) : "";
  if (told(text, match)) yield hit("birth_date", match.index, end(match), true, clue);
  else if (year >= 1900 && year <= sets.latestBirthYear && !cued(text, match.index, D, "PARDON")) {
    yield hit("birth_date", match.index, end(match), false, clue);
  }
}

const told = (text, match) => cued(text, match.index, D, "CUE") || D.at("CUE_AFTER", text, end(match)) !== null;

function yearOf(written) {
  const digits = (written ?? "").replace(/^[' ]+|[' ]+$/g, "");
  if (!digits) return null;
  return digits.length === 4 ? Number(digits) : Number(digits) + (Number(digits) > 16 ? 1900 : 2000);
}

/* reading a name word by word -------------------------------------------- */

const allOf = (low) => [...low.split("-"), ...["'s", "tje", "je"].map((tail) => (low.endsWith(tail) ? low.slice(0, -tail.length) : low))];
const isKnown = (low) => allOf(low).some((part) => words.first_names.has(part) || words.last_names.has(part));
const isGivenName = (low) => !words.common.has(low) && allOf(low).some((part) => part.length > 1 && words.first_names.has(part));
const isAllowed = (name) => words.allowed.has(name.toLowerCase().replace(/^[ .]+|[ .]+$/g, ""));

export function readName(text, start, { titled = false, afterDot = false } = {}) {
  const initials = W.at("INITIALS", text, start);
  let position = initials ? end(initials) : start;
  let particles = [];
  let stop = 0;
  let sure = false;
  let count = 0;
  for (let step = 0; step < 8; step += 1) {
    const word = W.at("WORD", text, position);
    if (!word) break;
    const verdict = judgeWord(word[0], particles, { titled: titled && count === 0, named: count > 0, afterDot });
    const small = word[0].toLowerCase().replaceAll(" ", "");
    if (verdict !== null) {
      stop = end(word);
      sure ||= verdict;
      count += 1;
      particles = [];
    } else if (set.particles.has(small) && particles.length < 3) {
      particles.push(small);
    } else break;
    const gap = W.at("GAP", text, end(word));
    if (!gap || count > 3) break;
    position = end(gap);
  }
  if (count && (titled || !isAllowed(text.slice(start, stop)))) return { start, end: stop, certain: sure };
  return titled && initials && !count ? initialsOnly(initials, start) : null;
}

function initialsOnly(initials, start) {
  const letters = initials[0].trim();
  if (set.anonymous.has(letters.replace(/^\.+|\.+$/g, "").toLowerCase()) || letters === letters.toLowerCase()) return null;
  return { start, end: start + letters.length, certain: false };
}

function judgeWord(word, particles, { titled, named, afterDot }) {
  const low = word.toLowerCase();
  if (low.length === 1) return particles.length && titled && isUpper(word) ? false : null;
  if (set.particles.has(low.replaceAll(" ", ""))) return null;
  if (!isUpper(word[0])) return judgeLower(low, particles, { titled, named });
  if (titled && !particles.length) return beginsSentence(low, afterDot) || set.anonymous.has(low) ? null : true;
  if (words.followers.has(low) || (words.allowed.has(low) && !named)) return null;
  return named || isKnown(low) || particles.length > 0;
}

function beginsSentence(low, afterDot) {
  if (set.sentenceWords.has(low)) return true;
  return afterDot && (words.followers.has(low) || (words.common.has(low) && !isKnown(low)));
}

function judgeLower(low, particles, { titled, named }) {
  if (words.followers.has(low) || low.length < 3) return null;
  if (particles.length) {
    if (isKnown(low) && (titled || (named && (!words.common.has(low) || particles.join() === "de")))) return true;
    const strong = set.strongParticles.has(particles.at(-1)) || set.strongParticles.has(particles.slice(-2).join(" "));
    return strong && (titled || named) && !words.common.has(low) ? false : null;
  }
  if (named) return words.last_names.has(low) && !words.common.has(low) ? true : null;
  if (titled) {
    if (isKnown(low)) return true;
    return words.common.has(low) || sets.runningText.some((tail) => low.endsWith(tail)) ? null : false;
  }
  return words.first_names.has(low) && !words.common.has(low) ? false : null;
}

/* names ------------------------------------------------------------------ */

function* names(text) {
  yield* titledNames(text);
  yield* related(text);
  yield* called(text);
  for (const match of P.all("INITIALS_NAME", text)) {
    const name = readName(text, match.index);
    if (name && name.end > end(match) && !P.at("CITED", text, name.end)) yield hit("name", name.start, name.end, name.certain);
  }
  yield* inRunningText(text);
}

function* titledNames(text) {
  for (const match of P.all("TITLE", text)) {
    const { woman, man, other, dot } = match.groups;
    const start = end(P.at("SMALL_GAP", text, end(match)));
    if (dot && !set.abbreviations.has(match[0].slice(0, -1).toLowerCase())) continue;
    if (start === end(match) && !dot) continue;
    const clue = woman ? "woman" : man ? "man" : "";
    const disguised = other ? null : (P.at("SPELLED", text, start) ?? P.at("SCRAMBLED", text, start));
    if (disguised) {
      yield hit("name", match.index, end(disguised), false, clue);
      continue;
    }
    const name = readName(text, start, { titled: true, afterDot: Boolean(dot) });
    if (name && !(other && !name.certain && isLower(text[name.start]) && !isUpper(text[name.start]))) {
      yield hit("name", match.index, name.end, name.certain, clue);
    }
  }
}

function* related(text) {
  for (const match of P.all("RELATION", text)) {
    if (text[end(match)] !== " ") continue;
    const clue = match.groups.woman ? "woman" : match.groups.man ? "man" : "";
    const name = readName(text, end(match) + 1);
    if (name) {
      yield hit("name", name.start, name.end, name.certain, clue);
      continue;
    }
    const word = P.at("WORDS", text, end(match) + 1);
    if (word && isUnknown(word[0])) yield hit("name", word.index, end(word), false);
  }
}

function* called(text) {
  for (const pattern of ["CALLED", "PROFESSIONAL"]) {
    for (const match of P.all(pattern, text)) {
      const start = end(P.at("SMALL_GAP", text, end(match)));
      const name = readName(text, start);
      const word = P.at("WORDS", text, start);
      if (name) yield hit("name", name.start, name.end, false);
      else if (word && isUnknown(word[0])) yield hit("name", word.index, end(word), false);
    }
  }
  for (const match of P.all("REVERSED", text)) {
    const low = match[1].toLowerCase();
    if (!words.common.has(low) && (isUpper(match[1][0]) || isGivenName(low) || words.last_names.has(low))) {
      yield hit("name", match.index, end(match), false);
    }
  }
}

function* inRunningText(text) {
  let passed = 0;
  for (const match of P.all("WORDS", text)) {
    if (match.index < passed) continue;
    passed = allowedPhraseEnd(text, match.index, match[0]);
    const found = passed ? null : bare(text, match);
    if (found) {
      passed = found.end;
      yield found;
    }
  }
}

function allowedPhraseEnd(text, start, word) {
  for (const name of phrases.get(word.toLowerCase()) ?? []) {
    const stop = start + name.length;
    if (text.slice(start, stop).toLowerCase() === name && !/[A-Za-z0-9]/.test(text[stop] ?? "")) return stop;
  }
  return 0;
}

function bare(text, match) {
  const low = match[0].toLowerCase();
  if (words.allowed.has(low)) return null;
  if (isGivenName(low) && !words.towns.has(low)) return given(text, match);
  if (words.first_names.has(low) && words.common.has(low)) return ambiguous(text, match);
  return isUnknown(match[0]) ? byCompany(text, match) : null;
}

function given(text, match) {
  const name = readName(text, match.index);
  if (!name) return null;
  if (name.end > end(match)) return hit("name", name.start, name.end, true);
  if (match[0] === match[0].toUpperCase() && match[0].length < 5) return null;
  return amongColleagues(text, match) ? null : hit("name", match.index, end(match), false);
}

const before = (text, match) => text.slice(Math.max(0, match.index - 30), match.index);

function ambiguous(text, match) {
  const family = isUpper(match[0][0]) ? P.at("FAMILY_AFTER", text, end(match)) : null;
  if (family && words.last_names.has(family[1].toLowerCase())) return hit("name", match.index, end(family), false);
  const lead = before(text, match);
  const opens = P.in("SENTENCE_START", lead) !== null;
  const follows = P.at("WORD_AFTER", text, end(match));
  const acts = follows !== null && set.verbs.has(follows[1]) && (opens || isUpper(match[0][0]));
  const title = /^[A-Z][a-z]*(?:[-'][A-Z][a-z]*)*$/.test(match[0]);
  const named = title && !opens && !P.in("THING_BEFORE", lead);
  return acts || (named && !amongColleagues(text, match)) ? hit("name", match.index, end(match), false) : null;
}

function byCompany(text, match) {
  const lead = before(text, match);
  const particles = P.in("PARTICLES_BEFORE", lead);
  const start = match.index - (particles?.[0].length ?? 0);
  if (P.at("CITED", text, end(match)) || isAllowed(text.slice(start, end(match)))) return null;
  if (isFamilyName(match[0].toLowerCase()) || particles?.groups.strong) return hit("name", start, end(match), false);
  const opens = P.in("SENTENCE_START", lead) !== null;
  const family = P.at("FAMILY_AFTER", text, end(match));
  const low = family?.[1].toLowerCase();
  const fits = family && words.last_names.has(low) && !(opens && words.common.has(low));
  if (fits && !isAllowed(text.slice(start, end(family)))) return hit("name", match.index, end(family), false);
  if (!amongPeople(text, match, lead, opens)) return null;
  const stranger = P.at("STRANGER", text, end(match));
  return hit("name", match.index, stranger && isUnknown(stranger[1]) ? end(stranger) : end(match), false);
}

function amongPeople(text, match, lead, opens) {
  if (opens) {
    const follows = P.at("WORD_AFTER", text, end(match));
    return follows !== null && set.verbs.has(follows[1]) && !P.in("ABSTRACT", match[0]);
  }
  if (P.in("THING_BEFORE", lead) || P.in("THING", match[0])) return false;
  return !["-", "/"].includes(text[end(match)]) && !amongColleagues(text, match);
}

function isUnknown(word) {
  const low = word.toLowerCase().replace(/'s$/, "");
  const ordinary = words.common.has(low) || words.towns.has(low) || words.allowed.has(low) || set.particles.has(low);
  const shape = isUpper(word[0]) && isLower(word[1]) && word.slice(1) === word.slice(1).toLowerCase();
  return shape && low.length > 2 && !ordinary;
}

const isFamilyName = (low) => words.last_names.has(low) || words.last_names.has(low.replace(/'s$/, ""));

function amongColleagues(text, match) {
  const lead = before(text, match);
  if (P.in("GREETED", lead)) return true;
  const after = text[end(match)] ?? "";
  if (after === ":" && (!lead || P.in("SENTENCE_START", lead))) return true;
  return (lead === "" || lead.endsWith("\n") || lead.endsWith(", ")) && ["", "\n", ".", "!", "?", ","].includes(after);
}

/* all together ------------------------------------------------------------ */

/** Return the passages of a text that may identify a patient, with offsets in UTF-16 units. */
export function findings(text) {
  const folded = fold(text);
  const hits = [...numbers(folded.text), ...contacts(folded.text), ...dates(folded.text), ...names(folded.text)];
  return withoutOverlap(hits).map(({ start, end: stop, ...rest }) => ({ ...rest, start: folded.from[start], end: folded.to[stop - 1] }));
}

function withoutOverlap(hits) {
  const rank = (one) => [one.certain ? 0 : 1, KINDS.indexOf(one.kind), one.start - one.end, one.start];
  const order = hits.sort((a, b) => {
    const [first, second] = [rank(a), rank(b)];
    const place = first.findIndex((value, index) => value !== second[index]);
    return place < 0 ? 0 : first[place] - second[place];
  });
  const kept = [];
  for (const one of order) {
    if (kept.every((other) => one.end <= other.start || other.end <= one.start)) kept.push(one);
  }
  return kept.sort((a, b) => a.start - b.start);
}
