// The browser's half of the patient-data gate: the same patterns and lists as site/patientdata, read from the data file
// that is made from it. The server judges again; this half only saves the writer a round trip.

import { patterns, phonePlans, sets } from "./patientdata-data.js";
import { names } from "./patientdata-names.js";
import { C, cued, D, end, fold, hit, isAllowed, isUpper, N, set } from "./patientdata-text.js";

const KINDS = ["bsn", "rrn", "iban", "email", "phone", "postcode", "birth_date", "patient_number", "name"];

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
  const digits = written.replace(/\D/g, "");
  if (written.startsWith("+") || digits.startsWith("00")) {
    const number = written.replace("(0)", "").replace(/\D/g, "").replace(/^00/, "");
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
    const asked = cued(text, match.index, C, "POSTCODE_CUE");
    const measure = match[0].includes(" ") ? set.units.has(letters) : set.measures.has(letters);
    if (set.unusedLetters.has(letters.toUpperCase()) || (!asked && measure)) continue;
    const house = C.at("NL_NUMBER", text, end(match));
    if (house || asked || letters === letters.toUpperCase()) {
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
  for (const pattern of ["NUMERIC", "SPACED", "ISO", "WORDED", "ROMAN"]) {
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
