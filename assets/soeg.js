// Danish search in the page: a combobox in every search form, the page
// soeg.html, and suggestions on the 404 page.
//
// A classic script without modules, fetch, eval, inline style or storage, so
// that it works from file:// and under a strict Content-Security-Policy. The
// index is a script of its own (window.haandbogIndeks), loaded on first use.
//
// The first half is the engine, which needs no page: tests run it under Node
// (generator/search/searchtest). The Go package search writes the index and documents
// it. The second half is the user interface.
//
// # Ranking
//
// A phrase of a group of synonyms that has stop words in it and says little
// without them ("ikke i skole") is read as the group's first. Then stop words
// and question words are dropped; § and % are read as words. Words
// that only say what is asked ("hvem deltager i …", "dagsorden til …"), and
// others that say little ("ny", "flere"), weigh little beside the rest. Each
// word is compared with the vocabulary and gives each term a closeness between
// 0 and 1: exact > same stem > the same but for Danish letters (malsatning) >
// last part of a compound and prefix > inside; and only when nothing of this is
// found, spellings within one or two slips. Synonyms of one word are as close, but for
// a factor; a word that has some is not guessed at.
//
// A page's score adds up, weighted by how rare each word is among pages:
//
//   - its best name: an own name before an alias, an alias before a topic or one
//     that is the own name of something else. A name is lifted the more it and
//     the query say the same and nothing else;
//   - the labels of its kind and model;
//   - its best section: the heading as a small name, BM25 of its text, lifted
//     when the heading or text speaks of what was asked (who, when, how, why).
//     A section that is a thing (a term, a law, a figure) has names that count
//     almost as a page's;
//   - a little of its other sections.
//
// The sum is multiplied by the square of the share of the query that the page
// holds (less for words that only its text has, and little for a thing when the
// word stands elsewhere on its page), by its own weight, by a factor when the
// query names its kind beside something else ("tjekliste fase 2"), by one when it
// so names its model ("klassekammerater fravær"), and by one when its kind answers
// what is asked (terms for "hvad er", laws for "§", sheets for "print").
//
// Synonyms of several words, compounds written apart, and compounds that nothing is
// called by, cut into the words they are made of, are tried as variants of the
// query, which compare by the share of it that they answer; a page keeps its best,
// and is in the results once.
//
// A result lands at the thing whose name fits better than the page's, at the
// page's top when its name answers the whole query, else at the section that
// answers best.
(() => {
  'use strict';

  // ---- Folding and stemming, as in fold.go and stem.go ----

  const letterNames = { æ: 'ae', ä: 'ae', ø: 'oe', ö: 'oe', å: 'aa' };
  const foldDanish = (s) => s.replace(/[æäøöå]/g, (c) => letterNames[c]);

  function fold(s) {
    s = foldDanish(s.normalize('NFC').toLowerCase());
    return /^[\x00-\x7f]*$/.test(s) ? s : foldDanish(s.normalize('NFD').replace(/\p{M}/gu, ''));
  }

  // bare reduces æ, ø and å to a, o and a.
  const bare = (folded) => folded.replace(/ae|oe|aa/g, (pair) => (pair === 'oe' ? 'o' : 'a'));

  // A word is a run of letters and digits, a number with its stops and commas, or an
  // abbreviation of single letters. Folded, 1.000 is 1000 and P.P.R. is ppr.
  const word = /(?:\p{L}\.)+\p{L}(?![\p{L}\p{Nd}])\.?|\p{Nd}+(?:[.,]\p{Nd}+)+|[\p{L}\p{Nd}]+/gu;
  const foldWord = (s) => fold(/^\p{Nd}/u.test(s)
    ? s.replace(/\.(?=\p{Nd}{3}(?!\p{Nd}))/gu, '').replace(/\./g, ',') : s.replace(/\./g, ''));
  const foldWords = (s) => (s.normalize('NFC').match(word) || []).map(foldWord);
  const startsWord = /^[\p{L}\p{Nd}]/u;

  // Snowball's Danish stemmer. r1 begins after the first consonant that follows
  // a vowel, but not before the fourth letter; suffixes are removed in r1 only.
  const vowel = /[aeiouyæåø]/;
  const mainSuffixes = [
    'erendes', 'erende', 'hedens', 'ethed', 'erede', 'heden', 'heder', 'endes', 'ernes', 'erens', 'erets',
    'ered', 'ende', 'erne', 'eren', 'erer', 'heds', 'enes', 'eres', 'eret', 'hed', 'ene', 'ere', 'ens', 'ers',
    'ets', 'en', 'er', 'es', 'et', 'e', 's',
  ];

  function regionStart(word) {
    if ([...word].length < 3) return word.length;
    let i = 0;
    while (i < word.length && !vowel.test(word[i])) i++;
    while (i < word.length && vowel.test(word[i])) i++;
    return i < word.length ? Math.max(i + 1, 3) : word.length;
  }

  function stemPlain(word) {
    const r1 = regionStart(word);
    const ends = (suffix) => word.endsWith(suffix) && word.length - suffix.length >= r1;
    const cut = (n) => { word = word.slice(0, word.length - n); };
    const cutPair = () => { if (['gd', 'dt', 'gt', 'kt'].some(ends)) cut(1); };
    const main = mainSuffixes.find(ends);
    if (main && (main !== 's' || /[abcdfghjklmnoprtvyzå]s$/.test(word))) cut(main.length);
    cutPair();
    if (word.endsWith('igst')) cut(2);
    const other = ['elig', 'lig', 'els', 'ig', 'løst'].find(ends);
    if (other === 'løst') cut(1);
    else if (other) { cut(other.length); cutPair(); }
    const last = word[word.length - 1];
    if (word.length > r1 && !vowel.test(last) && word[word.length - 2] === last) cut(1);
    return word;
  }

  function makeStemmer(exceptionRows) {
    const exceptions = new Map();
    for (const row of exceptionRows) {
      const forms = row.split(' ');
      for (const f of forms) exceptions.set(f, forms[0]);
    }
    const known = new Map();
    const stem = (word) => {
      for (let at = 0; at < word.length; at = at ? at + 1 : 3) {
        const s = exceptions.get(word.slice(at));
        if (s) return word.slice(0, at) + s;
      }
      return stemPlain(word);
    };
    return (word) => {
      word = foldWord(word);
      let s = known.get(word);
      if (s === undefined) known.set(word, s = stem(word));
      return s;
    };
  }

  // ---- Reading the index, which code.go and script.go write ----

  // readCodes calls each(n) for every number of a row of codes from position at, and
  // returns the position after the sign that ends it.
  function codeReader(alphabet, [one, two, three]) {
    const base = alphabet.length;
    const signs = new Int16Array(128).fill(-1);
    for (let i = 0; i < base; i++) signs[alphabet.charCodeAt(i)] = i;
    return (text, at, each) => {
      for (; at < text.length; at++) {
        let n = signs[text.charCodeAt(at)];
        if (n < 0) return at + 1;
        const next = () => signs[text.charCodeAt(++at)];
        if (n >= one + two + three) n = (next() * base + next()) * base + next() + one + two * base;
        else if (n >= one + two) n = ((n - one - two) * base + next()) * base + next() + one + two * base;
        else if (n >= one) n = (n - one) * base + next() + one;
        each(n);
      }
      return at;
    };
  }

  function readVocabulary(text, alphabet) {
    let before = '';
    if (!text) return [];
    return text.split('\n').map((row) => before = before.slice(0, alphabet.indexOf(row[0])) + row.slice(1));
  }

  // Decoding the index pauses after this many lines, or words.
  const pace = 200;

  // A token is an entry doubled, plus one when its first letter is a capital.
  function* readLines(text, read, isWord) {
    const lines = [];
    for (let at = 0; at < text.length;) {
      const line = [];
      let first = true;
      let turned = false;
      at = read(text, at, (n) => {
        if (n === 0) { turned = true; return; }
        const word = isWord[n - 1];
        line.push((n - 1) * 2 + (word && first !== turned ? 1 : 0));
        if (word) first = turned = false;
      });
      lines.push(line);
      if (lines.length % pace === 0) yield;
    }
    return lines;
  }

  function letterSet(s) {
    let set = 0;
    for (let i = 0; i < s.length; i++) {
      const c = s.charCodeAt(i) - 97;
      if (c >= 0 && c < 26) set |= 1 << c;
    }
    return set;
  }

  function bitCount(n) {
    let c = 0;
    for (; n; n &= n - 1) c++;
    return c;
  }

  const modelKind = 'model'; // of a model's own page
  const few = 8; // results that hold less than half of what is asked, or only parts of a word

  // makeEngine decodes the index at once, unfold with pauses.
  function makeEngine(index) {
    const work = unfold(index);
    for (;;) {
      const { done, value } = work.next();
      if (done) return value;
    }
  }

  function* unfold(index) {
    // The weights of the ranking, in the order of weights.go.
    const [
      wStem, wBare, wPrefix, wStemPrefix, wHead, wInside, wShare, wFuzzy, wPart, wJoined, wSynonym, wName, wAlias,
      wBorrowed, wThing, wHeadingName, wBoth, wKind, wModel, wHeading, wText, wNameBase, wNameFull, wNameEqual,
      wStop, wNameShare, wOthers, wKindAsked, wModelAsked, wIntentHeading, wIntentText, wIntentPage, wCommon,
      wFit, wFitWhole, wCover, wCoverText, wCoverPage, wCoverThing, wLight, wKindMeant,
    ] = index.vaegte;
    const stem = makeStemmer(index.undtagelser);
    const stopWords = new Set(index.stopord.split(' '));
    const lightWords = new Set(index.letteord.split(' '));
    const synonyms = (index.synonymer || []).map((group) => group.map((p) => p.split(' ')));
    const intents = index.hensigter.map((row) => {
      const [triggers, asking, heading, text, meant] = row.map((list) => list || []);
      return { triggers, asking, heading, text, meant };
    });
    const read = codeReader(index.alfabet, index.kode);
    const vocabulary = readVocabulary(index.ordliste, index.alfabet);
    const isWord = vocabulary.map((v) => startsWord.test(v));
    const tokens = yield* readLines(index.linjer, read, isWord);

    const terms = [];
    const stems = new Set(synonyms.flat().filter((p) => p.length < 2).map((p) => stem(p[0])));
    const numbers = new Map();
    const number = (folded) => {
      let n = numbers.get(folded);
      if (n === undefined) {
        n = terms.length;
        numbers.set(folded, n);
        const s = stem(folded);
        terms.push({
          fold: folded, stem: stopWords.has(folded) ? '' : s, bare: bare(folded), length: folded.length,
          letters: letterSet(folded + s), count: 0,
        });
        stems.add(s);
      }
      return n;
    };
    const entries = [];
    for (const v of vocabulary) {
      entries.push(isWord[entries.length] ? number(foldWord(v)) : -1);
      if (entries.length % pace === 0) yield;
    }
    yield;
    const lines = tokens.map((line) => {
      const out = [];
      for (const t of line) {
        const n = entries[t >> 1];
        if (n >= 0) { out.push(n); terms[n].count++; }
      }
      return out;
    });
    yield;
    const kinds = (index.slags || []).map(([id, label, model, modelLabel, marks]) => ({
      id, label, model, modelLabel, marks, terms: [label, modelLabel].map((l) => foldWords(l).map(number)),
    }));

    // The terms of a name that count, and its stop words, which count a little.
    const splitTerms = (row) => {
      const out = row.filter((t) => !stopWords.has(terms[t].fold));
      return out.length
        ? { terms: out, stops: row.filter((t) => stopWords.has(terms[t].fold)) }
        : { terms: row, stops: [] };
    };
    let nextLine = 0;
    const refs = (text) => {
      const out = [];
      read(text, 0, (n) => out.push(n === 0 ? nextLine++ : n - 1));
      return out;
    };
    // Own names, aliases, and aliases that are the name of something else.
    const nameWorth = [wName, wAlias, wBorrowed];
    const makeNames = (rows, factor) => rows.flatMap((row, i) =>
      row.map((line) => ({ line, ...splitTerms(lines[line]), where: nameWorth[i] * factor })));
    const makeSection = (place, heading, rows) => {
      const [anchor, kind, weight, ...names] = Array.isArray(place) ? place : [place, -1, 0];
      return {
        anchor, kind, weight, heading, lines: rows, words: rows.reduce((sum, l) => sum + lines[l].length, 0),
        names: heading < 0 ? [] : makeNames([[heading], ...names.map(refs)], kind < 0 ? wHeadingName : wThing),
      };
    };
    const pages = [];
    for (const row of index.sider) {
      const names = row.slice(3, 6).map(refs);
      const page = { path: row[0], kind: row[1], weight: row[2], title: lineText(names[0][0]), sections: [] };
      page.length = [...fold(page.title)].length;
      page.names = makeNames(names, 1);
      page.sections.push(makeSection('', -1, refs(row[6])));
      for (let i = 7; i < row.length; i += 2) {
        const [heading, ...rest] = refs(row[i + 1]);
        page.sections.push(makeSection(row[i], heading, rest));
      }
      pages.push(page);
      if (pages.length % 20 === 0) yield;
    }
    let words = 0;
    let sections = 0;
    for (const p of pages) {
      sections += p.sections.length;
      for (const s of p.sections) words += s.words;
    }
    const mean = Math.max(words, 1) / Math.max(sections, 1);

    function tokenText(t) {
      const v = vocabulary[t >> 1];
      return t & 1 ? v[0].toUpperCase() + v.slice(1) : v;
    }

    function lineText(n) {
      let out = '';
      let afterWord = false;
      for (const t of tokens[n]) {
        const word = isWord[t >> 1];
        out += (word && afterWord ? ' ' : '') + tokenText(t);
        afterWord = word;
      }
      return out;
    }

    // ---- Matching ----

    function contentWords(all) {
      const content = all.filter((w, i) => !stopWords.has(w) && all.indexOf(w) === i);
      return content.length ? content : all;
    }

    const indexOf = (row, phrase) => row.findIndex((_, i) => phrase.every((w, j) => row[i + j] === stem(w)));

    // isIdiom reports whether a phrase needs its stop words to mean something.
    const isIdiom = (phrase) => phrase.length > 1 && phrase.some((w) => stopWords.has(w));

    // plain replaces an idiom by the first phrase of its group of synonyms.
    function plain(words) {
      for (const group of synonyms) {
        for (const phrase of group.filter(isIdiom)) {
          const at = indexOf(words.map(stem), phrase);
          if (at >= 0) words = [...words.slice(0, at), ...group[0], ...words.slice(at + phrase.length)];
        }
      }
      return words;
    }

    function parse(text) {
      const all = foldWords(text.replace(/§/g, ' paragraf ').replace(/%/g, ' procent '));
      let content = contentWords(plain(all));
      const spaced = ` ${all.join(' ')} `;
      const intent = intents.find((i) => i.triggers.some((t) => spaced.includes(` ${t} `)));
      content = content.slice(0, 12);
      const asking = fitter(intent ? intent.asking : []);
      const light = new Set(content.filter((w) => lightWords.has(w) || asking(w)));
      return { words: content, raw: terms.map((t) => all.includes(t.fold)), intent, light };
    }

    // fitter reports whether a word is one of the needles, or begins with one that ends in *.
    function fitter(needles) {
      const exact = new Set(needles.filter((n) => !n.endsWith('*')));
      const prefixes = needles.filter((n) => n.endsWith('*')).map((n) => n.slice(0, -1));
      return (word) => exact.has(word) || prefixes.some((p) => word.startsWith(p));
    }

    const known = (word) => stems.has(stem(word));
    const isNumber = (s) => /^[0-9,]*$/.test(s);

    // apart splits a word that the vocabulary lacks into parts that it has.
    function apart(word) {
      if (!/^[\x00-\x7f]*$/.test(word) || known(word) || !/[0-9]/.test(word) && fuzzy(word).length) return null;
      for (let at = word.length - 1; at > 0; at--) {
        const first = word.slice(0, at);
        const last = word.slice(at);
        const a = isNumber(first);
        const b = isNumber(last);
        if (a === b && (a || at < 4 || last.length < 4) || !a && at < 3 || !known(last)) continue;
        if (known(first)) return [first, last];
        const parts = !a && apart(first);
        if (parts) return [...parts, last];
        const bound = first.slice(0, -1);
        if (at > 3 && 'es'.includes(first[at - 1]) && known(bound)) return [bound, last];
      }
      return null;
    }

    function variants(query) {
      const out = [{ words: query, factor: 1 }];
      const splice = (at, n, replacement, factor, least) =>
        out.push({ words: [...query.slice(0, at), ...replacement, ...query.slice(at + n)], factor, least });
      for (let i = 0; i + 1 < query.length; i++) {
        for (const glue of ['', 's']) {
          const joined = query[i] + glue + query[i + 1];
          if (known(joined)) splice(i, 2, [joined], wJoined);
        }
      }
      query.forEach((w, i) => {
        const two = apart(w);
        if (two) splice(i, 1, two, wJoined, 0.75); // of one word, not half
        const some = two ? [] : parts(w);
        if (some.length) splice(i, 1, some, wPart, Infinity);
      });
      const queryStems = query.map(stem);
      for (const group of synonyms) {
        group.forEach((phrase, p) => {
          const at = indexOf(queryStems, phrase);
          if (at < 0) return;
          group.forEach((replacement, other) => {
            if (other !== p && !isIdiom(replacement) && phrase.length + replacement.length > 2) {
              splice(at, phrase.length, replacement, wSynonym);
            }
          });
        });
      }
      return out.slice(0, 6);
    }

    const zeros = (n) => Array(n).fill(0); // small rows are cheaper untyped
    const raise = (out, row, factor) => row.forEach((x, i) => { out[i] = Math.max(out[i], x * factor); });

    const guesses = new Map(); // the terms that a word of the query at hand is a slip of

    // Synonyms match with a factor. Their compounds are other things, and do not.
    function closeness(word) {
      let [out, found] = direct(word);
      const wordStem = stem(word);
      for (const group of synonyms) {
        const at = group.findIndex((p) => p.length === 1 && stem(p[0]) === wordStem);
        if (at < 0) continue;
        found = true;
        group.forEach((phrase, other) => {
          if (other === at || phrase.length > 1) return;
          direct(phrase[0])[0].forEach((c, i) => { if (c >= wBare) out[i] = Math.max(out[i], c * wSynonym); });
        });
      }
      if (!found && !isNumber(word)) {
        guesses.set(word, fuzzy(word));
        for (const n of guesses.get(word)) raise(out, direct(terms[n].fold)[0], wFuzzy);
      }
      return out;
    }

    function direct(word) {
      const out = new Float64Array(terms.length);
      const wordStem = stem(word);
      const bareWord = bare(word);
      const letters = letterSet(bareWord) & letterSet(wordStem); // no term without them fits
      // A short word of the vocabulary is not a prefix of others: "kr" is not "kræver".
      const least = word.length < 4 && known(word) ? word.length + 1 : 2;
      const long = word.length >= 4;
      const longStem = wordStem.length >= 4;
      const number = isNumber(word);
      const whole = [];
      let found = false, exact = false;
      for (let i = 0; i < terms.length; i++) {
        const t = terms[i];
        if (letters & ~t.letters) continue;
        let c;
        if (t.fold === word) { c = 1; exact = true; }
        else if (t.stem === wordStem) c = wStem;
        else if (number) continue; // a number is whole
        else if (t.bare === bareWord) { c = wBare; whole.push(i); }
        else {
          if (word.length >= least && t.fold.startsWith(word)) c = wPrefix;
          else if (longStem && t.fold.startsWith(wordStem)) c = wStemPrefix;
          else if (long && t.fold.endsWith(word) || longStem && t.stem.endsWith(wordStem)) c = wHead;
          else if (long && t.fold.includes(word) || longStem && t.fold.includes(wordStem)) c = wInside;
          else continue;
          c += wShare * (word.length / Math.max(t.length, word.length));
        }
        out[i] = c;
        found = true;
      }
      if (!exact) for (const t of whole) raise(out, direct(terms[t].fold)[0], wBare);
      return [out, found];
    }

    function fuzzy(word) {
      const letters = letterSet(word);
      word = bare(word);
      if (word.length < 5) return [];
      const limit = word.length >= 8 ? 2 : 1;
      let best = limit;
      let near = [];
      const consider = (i, text) => {
        const d = distance(word, text, best);
        if (d > best) return;
        if (d < best) { best = d; near = []; }
        near.push(i);
      };
      terms.forEach((t, i) => {
        const { length } = t.bare;
        if (length >= 3 && (length !== word.length || t.bare[0] === word[0]) && Math.abs(length - word.length) <= limit
          && bitCount(letters ^ t.letters) <= 2 * limit) consider(i, t.bare);
      });
      if (!near.length && word.length >= 6) {
        best = 1;
        terms.forEach((t, i) => {
          if (t.bare.length > word.length && t.bare.startsWith(word.slice(0, 2))) {
            consider(i, t.bare.slice(0, word.length));
          }
        });
      }
      return near.sort((a, b) => terms[b].count - terms[a].count).slice(0, 3);
    }

    // parts are the words that a compound is made of, from the left, the longest first,
    // when nothing is like the compound itself.
    function parts(word) {
      const out = [];
      if (isNumber(word) || direct(word)[1] || fuzzy(word).length) return out;
      for (let at = 0; at < word.length - 3;) {
        let longest = '';
        for (const t of terms) {
          if (t.stem.length > Math.max(longest.length, 3) && word.startsWith(t.stem, at)) longest = t.stem;
        }
        if (longest) out.push(longest);
        at += longest.length || 1;
      }
      return out;
    }

    // ---- Ranking ----

    function newScan({ words: list, factor, least = 0.5 }, query, seen, whole) {
      const { raw, intent, light } = query;
      const s = {
        close: [], any: new Uint8Array(terms.length), idf: zeros(list.length), weight: [], total: 0, factor, whole,
        least,
      };
      for (const w of list) {
        s.weight.push(light.has(w) && light.size < query.words.length ? wLight : 1);
        if (!seen.has(w)) seen.set(w, closeness(w));
        const row = seen.get(w);
        s.close.push(row);
        for (let t = 0; t < row.length; t++) if (row[t] > 0) s.any[t] = 1;
      }
      s.labels = kinds.map(({ terms: [kind, model] }) =>
        s.close.map((c) => Math.max(wKind * closest(c, kind), wModel * closest(c, model))));
      s.raw = raw;
      if (intent) {
        // Cached: the same for every query.
        s.headings = intent.headings = intent.headings || flags(intent.heading);
        s.texts = intent.texts = intent.texts || flags(intent.text);
        s.meant = kinds.map((k) => intent.meant.includes(k.id));
      }
      const says = (label) => label.length > 0 && label.every((t) => s.close.some((row) => row[t] >= wStem * wSynonym));
      const many = list.length > 1;
      s.kinds = kinds.map(({ terms: [l] }) => many && l.length === 1 && says(l));
      const named = s.kinds.includes(true);
      s.models = kinds.map(({ id, terms: [, l] }) => many && !(named && id === modelKind) && says(splitTerms(l).terms));
      return s;
    }

    function flags(needles) {
      const fits = fitter(needles);
      return terms.map((t) => fits(t.fold));
    }

    function rank(s) {
      const counts = lineCounts(s);
      const all = pages.map((p) => scorePage(p, s, counts));
      let unknown = 0;
      for (let i = 0; i < s.idf.length; i++) {
        const df = all.reduce((sum, ps) => sum + (ps.has[i] ? 1 : 0), 0);
        if (df) {
          s.idf[i] = s.weight[i] * (wCommon + (1 - wCommon) / (1 + 12 * df / pages.length));
          s.total += s.idf[i];
        } else unknown += s.weight[i];
      }
      // Between variants more words are no better answer, and a word that no page
      // has is one that is not answered.
      const every = s.total + unknown;
      if (every > 0) {
        const share = s.total / every;
        s.factor *= (s.whole || every) / every * share * share;
        s.whole = s.whole || every;
      }
      s.every = every;
      return pages.map((page, i) => ({ page, scan: s, scores: all[i], ...total(page, s, all[i]) }))
        .filter((h) => h.score > 0);
    }

    function lineCounts(s) {
      return lines.map((row) => {
        let counts = null;
        for (const t of row) {
          if (!s.any[t]) continue;
          counts = counts || zeros(s.close.length);
          for (let i = 0; i < counts.length; i++) counts[i] += s.close[i][t];
        }
        return counts;
      });
    }

    const closest = (row, list) => {
      let best = 0;
      for (const t of list) if (row[t] > best) best = row[t];
      return best;
    };
    const anyOf = (marks, list) => list.some((t) => marks[t]);

    function scorePage(page, s, counts) {
      const has = s.close.map(() => false);
      const note = (row) => { if (row) row.forEach((x, i) => { has[i] = has[i] || x > 0; }); };
      const out = { names: scoreNames(page.names, s, counts), labels: s.labels[page.kind], has };
      note(out.labels);
      out.sections = page.sections.map((section) => {
        const x = scoreSection(section, s, counts);
        x.names = scoreNames(section.names, s, counts);
        if (x.row || x.names.length) x.intent = intentOf(section, s);
        note(x.row);
        for (const n of x.names) note(n.row);
        return x;
      });
      for (const n of out.names) note(n.row);
      return out;
    }

    const scoreNames = (views, s, counts) => views.filter((v) => counts[v.line])
      .map((view) => ({ view, row: s.close.map((c) => closest(c, view.terms)) }));

    function scoreSection(section, s, counts) {
      const out = { row: null, cover: null, intent: 0, fit: 0 };
      const start = () => {
        out.row = out.row || zeros(s.close.length);
        out.cover = out.cover || zeros(s.close.length);
      };
      for (const l of section.lines) {
        if (!counts[l]) continue;
        start();
        counts[l].forEach((x, i) => { out.row[i] += x; });
      }
      const norm = 1.2 * (0.5 + 0.5 * section.words / mean);
      if (out.row) {
        out.row.forEach((tf, i) => {
          out.row[i] = wText * (2.2 * tf) / (tf + norm);
          if (tf > 0) out.cover[i] = wCoverText;
        });
      }
      if (section.heading < 0 || !counts[section.heading]) return out;
      start();
      s.close.forEach((row, i) => {
        const c = closest(row, lines[section.heading]);
        if (c > 0) { out.row[i] += wHeading * c; out.cover[i] = 1; }
      });
      return out;
    }

    function intentOf(section, s) {
      if (!s.headings) return 0;
      if (section.heading >= 0 && anyOf(s.headings, lines[section.heading])) return wIntentHeading;
      return section.lines.some((l) => anyOf(s.texts, lines[l])) ? wIntentText : 0;
    }

    const dot = (a, b) => {
      let sum = 0;
      for (let i = 0; i < b.length; i++) sum += a[i] * b[i];
      return sum;
    };

    function total(page, s, ps) {
      const [name, which] = bestName(s, ps.names);
      const focus = { name: which, section: 0, thing: null };
      let best = name;
      let gain = 0;
      let thing = null;
      const others = zeros(s.idf.length);
      ps.sections.forEach((x, n) => {
        if (!x.row && !x.names.length) return;
        const [own, ownWhich] = bestName(s, x.names);
        if (ownWhich) x.fit = ownWhich.fit;
        const text = x.row ? dot(s.idf, x.row) * (1 + x.intent) : 0;
        const value = Math.max(name, own) + wBoth * Math.min(name, own) + text;
        if (value > best) {
          best = value;
          gain = x.intent;
          thing = ownWhich;
          Object.assign(focus, { section: n, thing: page.sections[n].kind >= 0 && own > name ? ownWhich : null });
        }
        if (x.row) raise(others, x.row, 1);
      });
      const of = focus.thing ? page.sections[focus.section] : page;
      let { weight } = of;
      const labels = s.labels[of.kind];
      let sum = best + dot(s.idf, labels) + wOthers * dot(s.idf, others);
      sum *= 1 + wIntentPage * gain;
      const cover = coverOf(s, ps, labels, focus, thing);
      if (cover * s.total < wCover * s.every) return { score: 0 };
      const asked = s.kinds[of.kind];
      if (asked) sum *= wKindAsked;
      if (s.models[of.kind]) sum *= wModelAsked;
      const meant = s.meant && s.meant[of.kind];
      if (meant) sum *= wKindMeant;
      if (asked || meant || !focus.thing && which && isWhole(which, s)) weight = Math.max(weight, 0);
      const score = sum * (0.1 + 0.9 * cover * cover) * s.factor * (1 + 0.1 * weight);
      return { score: Math.floor(score * 1e5 + 0.5) / 1e5, focus, cover: cover * s.total / s.every };
    }

    // Whether the query says the name word for word, stop words and all.
    const isWhole = ({ view, fit }, s) => view.stops.length > 0 && fit > 0.9 && view.stops.every((t) => s.raw[t]);

    function coverOf(s, ps, labels, focus, thing) {
      const { cover } = ps.sections[focus.section];
      let covered = 0;
      ps.has.forEach((has, i) => {
        let share = has ? (focus.thing ? wCoverThing : wCoverPage) : 0;
        if (focus.name && focus.name.row[i] > 0 || thing && thing.row[i] > 0 || labels[i] > 0) share = 1;
        else if (cover && cover[i] > 0) share = cover[i];
        covered += s.idf[i] * share;
      });
      return s.total ? covered / s.total : 0;
    }

    function bestName(s, names) {
      let best = 0;
      let which = null;
      for (const n of names) {
        const said = dot(s.idf, n.row);
        if (said === 0) continue;
        let full = 0;
        for (const t of n.view.stops) if (s.raw[t]) full += wStop;
        for (const t of n.view.terms) {
          let most = 0;
          for (const c of s.close) if (c[t] > most) most = c[t];
          full += most;
        }
        full /= n.view.terms.length + wStop * n.view.stops.length;
        n.fit = full * said / s.total;
        let scale = wNameBase + wNameFull * full + wNameEqual * full * said / s.total;
        scale *= wNameShare + (1 - wNameShare) * said / s.total;
        const x = n.view.where * said * scale;
        if (x > best) { best = x; which = n; }
      }
      return [best, which];
    }

    // ---- Where it lands, and the sentence ----

    function landing({ page, scan: s, scores: ps, focus }) {
      if (focus.thing) return focus.section;
      let open = false;
      let named = false;
      const need = s.idf.map((idf, i) => {
        const inName = focus.name !== null && focus.name.row[i] > 0;
        if (inName || ps.labels[i] > 0) {
          named = named || inName;
          return idf / 4;
        }
        open = open || ps.has[i];
        return idf;
      });
      let best = 0;
      let at = 0;
      ps.sections.forEach((section, n) => {
        // A heading may answer what is asked without a word of the query.
        if (named && !section.row && !section.names.length) section.intent = intentOf(page.sections[n], s);
        let x = section.row ? dot(need, section.row) * (1 + section.intent) : 0;
        x += wFit * section.fit;
        if (named && n > 0 && section.intent === wIntentHeading) x += wIntentHeading;
        if (x > best) { best = x; at = n; }
      });
      const { intent, fit } = ps.sections[at];
      return named && !open && intent < wIntentHeading && fit < wFitWhole ? 0 : at;
    }

    // more returns other sections of the page whose headings answer.
    function more({ page, scan: s }, landed) {
      const values = page.sections.map((section) => {
        if (!section.anchor) return 0;
        let sum = 0;
        for (let i = 0; i < s.close.length; i++) sum += s.idf[i] * closest(s.close[i], lines[section.heading]);
        return sum;
      });
      const least = Math.max(...values) / 2;
      return page.sections.map((section, n) => n).filter((n) => n !== landed && values[n] > 0 && values[n] >= least)
        .sort((a, b) => values[b] - values[a]).slice(0, 3)
        .map((n) => ({ anchor: page.sections[n].anchor, heading: lineText(page.sections[n].heading) }));
    }

    function bestLine(rows, s) {
      let best = -1;
      let at = -1;
      for (const l of rows) {
        if (!lines[l].length) continue;
        let x = 0;
        for (let i = 0; i < s.close.length; i++) x += s.idf[i] * closest(s.close[i], lines[l]);
        if (s.texts && anyOf(s.texts, lines[l])) x += 0.3;
        if (x > best) { best = x; at = l; }
      }
      return at;
    }

    function pieces(line, s) {
      let afterWord = false;
      return tokens[line].map((t) => {
        const n = entries[t >> 1];
        const text = (n >= 0 && afterWord ? ' ' : '') + tokenText(t);
        afterWord = n >= 0;
        return { text, marked: n >= 0 && s.any[n] === 1 };
      });
    }

    function cutPieces(all) {
      const size = (p) => [...p.text].length;
      if (all.reduce((sum, p) => sum + size(p), 0) <= 200) return all;
      let from = Math.max(all.findIndex((p) => p.marked), 0);
      for (let lead = 0; from > 0 && lead < 66; from--) lead += size(all[from - 1]);
      let to = from;
      for (let length = 0; to < all.length && length < 200; to++) length += size(all[to]);
      const out = all.slice(from, to);
      out[0] = { ...out[0], text: out[0].text.trimStart() };
      out.push({ ...out.pop() });
      out[out.length - 1].text = out[out.length - 1].text.trimEnd();
      if (from > 0) out.unshift({ text: '… ', marked: false });
      if (to < all.length) out.push({ text: ' …', marked: false });
      return out;
    }

    function show(hit) {
      const { page } = hit;
      const n = landing(hit);
      const section = page.sections[n];
      // A thing whose name says the whole query is told what it is.
      const told = hit.focus.thing && hit.focus.thing.row.every((x) => x) && section.lines.length;
      const line = told ? section.lines[0] : bestLine(section.lines, hit.scan);
      const thing = section.kind >= 0;
      const heading = section.heading >= 0 ? lineText(section.heading) : '';
      const kind = kinds[thing ? section.kind : page.kind];
      const pieceList = line < 0 ? [] : cutPieces(pieces(line, hit.scan));
      return {
        path: page.path, anchor: section.anchor, title: thing ? heading : page.title, page: thing ? page.title : '',
        kind, score: hit.score, heading: thing ? '' : heading, more: more(hit, n),
        pieces: pieceList, snippet: pieceList.map((p) => p.text).join(''),
      };
    }

    // search returns how many pages answer, the best of them, and for each word that no
    // page has the word that was taken for it, both as they are written.
    function search(text, limit) {
      const query = parse(text);
      guesses.clear();
      const best = new Map();
      const seen = new Map();
      let whole = 0;
      for (const v of variants(query.words)) {
        const s = newScan(v, query, seen, whole);
        for (const h of rank(s)) {
          const b = best.get(h.page);
          if (!b || h.score > b.score) best.set(h.page, h);
        }
        whole = s.whole;
      }
      let hits = pages.filter((p) => best.has(p)).map((p) => best.get(p));
      hits.sort((a, b) => b.score - a.score || a.page.length - b.page.length);
      hits = hits.filter((h, i) => i < few || h.cover >= h.scan.least);
      const guessed = query.words.filter((w) => guesses.get(w)?.length).map((w) => ({
        word: text.normalize('NFC').match(word).find((x) => foldWord(x) === w) || w,
        near: vocabulary[entries.indexOf(guesses.get(w)[0])],
      }));
      return { total: hits.length, results: hits.slice(0, limit).map(show), guessed: hits.length ? guessed : [] };
    }

    // tell returns what the index says of the thing at an address, or nothing.
    function tell(path, anchor) {
      const page = pages.find((p) => p.path === path);
      const section = page?.sections.find((s) => s.anchor === anchor);
      if (!section) return undefined;
      const kind = kinds[section.kind >= 0 ? section.kind : page.kind];
      const title = section.heading >= 0 ? lineText(section.heading) : page.title;
      const told = section.lines.slice(0, 2).map(lineText).filter(Boolean);
      return { title, kind, page: anchor ? page.title : '', lines: told };
    }

    return { search, tell, stem };
  }

  function distance(a, b, limit) {
    let beforeThat = [];
    let before = [];
    let row = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      [beforeThat, before, row] = [before, row, [i]];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        let d = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, beforeThat[j - 2] + 1);
        row.push(d);
        if (d < least) least = d;
      }
      if (least > limit) return limit + 1;
    }
    return row[b.length];
  }

  if (typeof document === 'undefined') {
    globalThis.haandbogSoeg = { fold, makeStemmer, makeEngine };
    return;
  }

  // ---- The user interface ----

  const loading = new Map();

  // calmly runs a generator to its end, yielding to the page at its pauses.
  async function calmly(work) {
    for (let began = performance.now(); ;) {
      const { done, value } = work.next();
      if (done) return value;
      if (performance.now() - began > 8) {
        await new Promise((resume) => setTimeout(resume));
        began = performance.now();
      }
    }
  }

  // load returns the engine for the index at a relative address, and loads it once.
  function load(address) {
    if (!loading.has(address)) {
      loading.set(address, new Promise((resolve, reject) => {
        const script = document.createElement('script');
        script.src = address;
        script.onload = () => calmly(unfold(window.haandbogIndeks)).then(resolve, reject);
        script.onerror = () => {
          loading.delete(address);
          script.remove();
          reject(new Error(`could not load ${address}`));
        };
        document.head.append(script);
      }));
    }
    return loading.get(address);
  }

  function make(tag, className, text) {
    const el = document.createElement(tag);
    if (className) el.className = className;
    if (text) el.textContent = text;
    return el;
  }

  const countText = (n) => (n === 0 ? ord('soeg.ingen')
    : n === 1 ? ord('soeg.resultater.en') : ord('soeg.resultater.flere').replace('{antal}', n));
  const guessText = (list) => list.map(({ word, near }) => ord('soeg.gaet')
    .replace('{ord}', () => word).replace('{naer}', () => near)).join(' ');
  const addressOf = (root, r) => root + r.path + (r.anchor ? `#${encodeURIComponent(r.anchor)}` : '');
  const failure = ord('soeg.fejl');

  // label is kind, marks, page and model: "Møde · Læringsmiljø", "Opgave · Krav · Roller".
  const label = (r) => [r.kind.label, r.kind.marks, r.page, r.kind.modelLabel].filter(Boolean).join(' · ');

  // excerpt is the snippet with <mark> around the words, after the heading that
  // the result lands at.
  function excerpt(tag, r) {
    const el = make(tag, 'soeg-uddrag');
    if (r.anchor && r.heading) el.append(make('span', 'soeg-afsnit', r.heading), r.pieces.length ? ': ' : '');
    for (const p of r.pieces) {
      if (!p.marked) { el.append(p.text); continue; }
      if (p.text.startsWith(' ')) el.append(' ');
      el.append(make('mark', '', p.text.trim()));
    }
    return el;
  }

  const maxOptions = 8;
  const typingPause = 80; // milliseconds
  let forms = 0;

  // enhance turns the input of a search form into a combobox with a list of results
  // (the ARIA Authoring Practices' editable combobox with list autocomplete).
  function enhance(form) {
    const input = form.querySelector('input[name=q]');
    if (!input) return;
    const { indeks, rod = '' } = form.dataset;
    const id = `soeg-liste-${++forms}`;
    const list = make('ul', 'soeg-liste');
    const status = make('div', 'soeg-status');
    let active = -1;
    let timer = 0;
    let asked = '';

    Object.assign(list, { id, hidden: true });
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', ord('soeg.liste'));
    status.setAttribute('role', 'status');
    form.append(list, status);
    const attributes = {
      role: 'combobox', autocomplete: 'off', 'aria-autocomplete': 'list', 'aria-haspopup': 'listbox',
      'aria-expanded': 'false', 'aria-controls': id,
    };
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);

    const options = () => list.children;
    const isOpen = () => !list.hidden;

    function setOpen(open) {
      list.hidden = !open;
      input.setAttribute('aria-expanded', String(open));
      if (!open) activate(-1);
    }

    function activate(n) {
      if (options()[active]) options()[active].setAttribute('aria-selected', 'false');
      active = n;
      const option = options()[n];
      if (!option) { input.removeAttribute('aria-activedescendant'); return; }
      option.setAttribute('aria-selected', 'true');
      option.scrollIntoView({ block: 'nearest' });
      input.setAttribute('aria-activedescendant', option.id);
    }

    function addOption(className, address) {
      const option = make('li', className);
      option.id = `${id}-${options().length}`;
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', 'false');
      option.dataset.adresse = address;
      list.append(option);
      return option;
    }

    function fill({ total, results, guessed }) {
      activate(-1);
      list.textContent = '';
      if (guessed.length) {
        addOption('soeg-resultat soeg-alle', `${rod}soeg.html?q=${encodeURIComponent(guessed[0].near)}`)
          .textContent = guessText(guessed);
      }
      for (const r of results) {
        const option = addOption('soeg-resultat', addressOf(rod, r));
        option.append(
          make('span', 'soeg-titel', r.title), ' ', make('span', 'soeg-slags', label(r)), ' ', excerpt('span', r));
      }
      if (total > results.length) {
        addOption('soeg-resultat soeg-alle', `${rod}soeg.html?q=${encodeURIComponent(input.value.trim())}`)
          .textContent = ord('soeg.vis-alle').replace('{antal}', total);
      }
      setOpen(results.length > 0);
      status.textContent = `${guessText(guessed)} ${countText(total)}`.trim();
    }

    function answer() {
      const text = input.value.trim();
      if (text === asked) return;
      asked = text;
      if (!text) { setOpen(false); status.textContent = ''; return; }
      load(indeks).then((engine) => {
        if (text === asked && document.activeElement === input) fill(engine.search(text, maxOptions));
      }, () => { asked = ''; status.textContent = failure; });
    }

    function answerSoon() {
      clearTimeout(timer);
      timer = setTimeout(answer, typingPause);
    }

    function go(option) {
      input.blur(); // a second Enter is not a search
      location.href = option.dataset.adresse;
    }

    function onArrow(step) {
      if (!isOpen()) {
        if (options().length && input.value.trim()) setOpen(true);
        else return;
      }
      const n = options().length;
      // One place beside the options is the input itself.
      activate((active + 1 + step + n + 1) % (n + 1) - 1);
    }

    const keys = {
      ArrowDown: () => onArrow(1),
      ArrowUp: () => onArrow(-1),
      Home: () => active >= 0 && activate(0),
      End: () => active >= 0 && activate(options().length - 1),
      Enter: () => active >= 0 && go(options()[active]),
      Escape: () => isOpen() && setOpen(false),
    };

    input.addEventListener('keydown', (event) => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
      if (keys[event.key]() !== false) {
        clearTimeout(timer);
        event.preventDefault();
      }
    });
    input.addEventListener('focus', () => load(indeks).catch(() => {}));
    input.addEventListener('input', answerSoon);
    input.addEventListener('blur', () => { clearTimeout(timer); asked = ''; setOpen(false); });
    list.addEventListener('mousedown', (event) => event.preventDefault()); // the input keeps the focus
    list.addEventListener('click', (event) => {
      const option = event.target.closest('[role=option]');
      if (option) go(option);
    });
    form.addEventListener('submit', (event) => { if (!input.value.trim()) event.preventDefault(); });
  }

  // "/" moves to the search, except where a "/" can be written.
  function onSlash(event) {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest('input, select, textarea')) return;
    const input = [...document.querySelectorAll('form[role=search] input[name=q]')]
      .find((i) => i.getClientRects().length);
    if (!input) return;
    event.preventDefault();
    input.focus();
    input.select();
  }

  // places are links to other headings of the result's page.
  function places(r, root) {
    const p = make('p', 'soeg-mere', `${ord('soeg.ogsaa')} `);
    r.more.forEach((m, i) => {
      const link = make('a', '', m.heading);
      link.href = addressOf(root, { path: r.path, anchor: m.anchor });
      p.append(i ? ' · ' : '', link);
    });
    return p;
  }

  // resultList is the ordered list of the search page.
  function resultList(results, root) {
    const list = make('ol', 'soeg-liste');
    for (const r of results) {
      const item = make('li', 'soeg-resultat');
      const heading = make('h3', 'soeg-titel');
      const link = make('a', '', r.title);
      link.href = addressOf(root, r);
      heading.append(link);
      item.append(heading, make('p', 'soeg-slags', label(r)));
      if (r.pieces.length || r.heading) item.append(excerpt('p', r));
      if (r.more.length) item.append(places(r, root));
      list.append(item);
    }
    return list;
  }

  // otherWays suggests what to do when nothing is found.
  function otherWays(root) {
    const [before, after = ''] = ord('soeg.proev').split('{indeks}');
    const p = make('p', 'soeg-ingen', before);
    const link = make('a', '', ord('soeg.indekset'));
    link.href = `${root}indeks.html`;
    p.append(link, after);
    return p;
  }

  // present loads the index and shows a heading and up to limit results in el.
  // el is filled at once with a live heading, so that its change is announced.
  function present(el, text, limit, headingFor) {
    const { indeks, rod = '' } = el.dataset;
    const heading = make('h2', 'soeg-antal', ord('soeg.soeger'));
    heading.setAttribute('aria-live', 'polite');
    el.replaceChildren(heading);
    return load(indeks).then((engine) => {
      const found = engine.search(text, limit);
      heading.textContent = headingFor(found.total);
      if (found.guessed.length) {
        const guess = make('p', 'soeg-ingen', guessText(found.guessed));
        guess.setAttribute('role', 'status');
        el.append(guess);
      }
      el.append(found.total ? resultList(found.results, rod) : otherWays(rod));
      return found.total;
    }, () => {
      heading.textContent = failure;
      el.append(otherWays(rod));
    });
  }

  function showSearchPage(el) {
    const text = (new URLSearchParams(location.search).get('q') || '').trim();
    if (!text) return;
    for (const input of document.querySelectorAll('form[role=search] input[name=q]')) input.value = text;
    const title = document.title;
    present(el, text, 50, (n) => {
      const heading = ord('soeg.for').replace('{resultater}', countText(n)).replace('{ord}', () => text);
      document.title = `${heading} – ${title}`;
      return n > 50 ? `${heading} – ${ord('soeg.bedste').replace('{antal}', 50)}` : heading;
    });
  }

  // lookUp makes the links of a checklist say in place what they lead to, so that nobody
  // leaves a list to learn who does a thing or what a word means.
  function lookUp(form) {
    const { indeks, rod = '' } = form.dataset;
    const root = new URL(rod || './', document.baseURI).href;
    document.addEventListener('click', async (event) => {
      const link = event.target.closest?.('.tjek-punkt a[href]:not(.peg)');
      if (!link?.href.startsWith(root) || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (!('popover' in link)) return;
      event.preventDefault();
      const [path, anchor = ''] = link.href.slice(root.length).split('#').map(decodeURIComponent);
      const found = await load(indeks).then((engine) => engine.tell(path, anchor), () => undefined);
      if (!found?.lines.length) { location.href = link.href; return; }
      const box = make('div', 'opslag');
      box.popover = 'auto';
      box.setAttribute('role', 'dialog');
      box.setAttribute('aria-label', found.title);
      const more = make('a', '', ord('soeg.laes-mere'));
      more.href = link.href;
      const last = make('p', '');
      last.append(more);
      box.append(make('p', 'opslag-titel', found.title), make('p', 'soeg-slags', label(found)),
        ...found.lines.map((line) => make('p', '', line)), last);
      box.addEventListener('toggle', (e) => { if (e.newState === 'closed') { box.remove(); link.focus(); } });
      document.body.append(box);
      box.showPopover();
      more.focus();
    });
  }

  // wordsOfAddress turns a wrong address into a query: its last two parts below the
  // edition's root. The 404 page's own address gives none.
  function wordsOfAddress(path, root) {
    if (path.startsWith(root)) path = path.slice(root.length);
    if (path === '404.html') return '';
    try { path = decodeURIComponent(path); } catch { /* a broken escape is searched as it stands */ }
    return path.replace(/\/index\.html?$/i, '').replace(/\.\w{2,5}$/, '').split('/').filter(Boolean).slice(-2)
      .join(' ').replace(/[^\p{L}\p{Nd}]+/gu, ' ').trim();
  }

  // showForAddress suggests pages on the 404 page. A Word file that is gone has a sheet under
  // the same name, or an address that leads on to it.
  function showForAddress(el) {
    const sheet = location.pathname.replace(/\.docx$/, '.html');
    if (sheet !== location.pathname) {
      el.previousElementSibling.hidden = false;
      el.previousElementSibling.firstElementChild.href = sheet;
    }
    const text = wordsOfAddress(location.pathname, new URL(el.dataset.rod || './', document.baseURI).pathname);
    if (!text) return;
    present(el, text, 5, (n) => (n ? ord('soeg.mente-du') : ord('soeg.ingen-ligner')));
  }

  function start() {
    document.querySelectorAll('form.soeg[data-indeks]').forEach(enhance);
    document.addEventListener('keydown', onSlash);
    if (document.querySelector('[data-tjekliste]')) {
      document.querySelectorAll('.hoved form.soeg[data-indeks]').forEach(lookUp);
    }
    const page = document.getElementById('soegeresultater');
    if (page) showSearchPage(page);
    document.querySelectorAll('[data-soeg-fra-adresse]').forEach(showForAddress);
  }

  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
})();
