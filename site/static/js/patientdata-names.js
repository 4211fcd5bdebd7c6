// Names: after a title or a relation, in a pattern, in running text.

import { sets } from "./patientdata-data.js";
import { end, hit, isAllowed, isGivenName, isKnown, isLower, isUpper, P, phrases, set, W, words } from "./patientdata-text.js";

/* reading a name word by word -------------------------------------------- */


function readName(text, start, { titled = false, afterDot = false } = {}) {
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

export function* names(text) {
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
