/* Finds pages by their titles. Runs in a worker, or in the page where there can be none, as from a stick.
   Packs are described in builder/search/packs.py. */
(function (scope) {
  "use strict";

  var FACETS = ["stage", "subject", "edition", "grade", "volume", "kind"];
  var NOT_WORD = /[^\p{L}\p{N}\p{M}]+/gu;
  var LATIN = /^[a-zü]+$/;
  var HAN = /\p{Script=Han}/u;
  var DIGITS = "〇一二三四五六七八九", DIGIT = /[一二三四五六七八九]/;
  var SOUND = 0xe000; // syllables stand as private characters, so that a text of sounds is searched as any other
  var EXACT = 100, BEGINS = 80, WITHIN = 60; // how well a word meets a title
  var HOLDS_OTHERS = 3; // added for a textbook, a column or a section, which lead to more
  var BY_TEXT = 5, WELL = 10; // of what a page says: at least, and what is added for how well
  var FEW = 5, MANY = 500, QUOTED = 10; // hits among titles: with few, texts are looked into unasked; with many, never
  var ENOUGH = 10; // pages found by their texts, after which no more packs are looked into unasked
  var BY_SOUND = 10, BY_INITIALS = 20, ALIKE = 40, OF_PLACE = 45, UNDERSTOOD = 5; // taken from it

  /** Letters and digits alone, each in one form: what is compared. */
  function plain(text) {
    return text.normalize("NFKC").toLowerCase().replace(NOT_WORD, "");
  }

  /* ---- packs */

  function Pack(data) {
    this.name = data.name;
    this.index = "";
    this.places = data.places;
    this.titles = data.titles.split("\n");
    this.names = data.names.split("\n");
    this.facets = data.facets;
    this.of = data.of;
    this.words = data.words;
    this.sounds = data;
    this.languages = {};
    for (var tongue in data.tongues) {
      for (var row of data.tongues[tongue]) this.languages[row] = tongue;
    }
    this.placeOf = [];
    this.places.forEach(function (place, number) {
      for (var i = 0; i < place[2]; i++) this.placeOf.push(number);
    }, this);
    this.said = new Map(); // of words, which rows say them, where that has been looked for
    this.text = new Text(this.titles.map(plain));
    this.also = new Text(data.also.map(function (other) { return plain(other[1]); }));
    this.alsoOf = data.also.map(function (other) { return other[0]; });
    this.placeText = new Text(this.places.map(function (place) { return plain(place[1]); }));
    this.firstOf = [];
    var first = 0;
    for (var place of this.places) {
      this.firstOf.push(first);
      first += place[2];
    }
  }

  /** Many short texts as one, which the browser searches by itself in no time. */
  function Text(lines) {
    this.lines = lines;
    this.whole = "\n" + lines.join("\n") + "\n";
    this.starts = new Int32Array(lines.length + 1);
    var at = 1;
    for (var i = 0; i < lines.length; i++) {
      this.starts[i] = at;
      at += lines[i].length + 1;
    }
    this.starts[lines.length] = at;
  }

  /** The line that holds a place of the whole. */
  Text.prototype.lineAt = function (at) {
    var low = 0, high = this.lines.length;
    while (low + 1 < high) {
      var middle = (low + high) >> 1;
      if (this.starts[middle] <= at) low = middle; else high = middle;
    }
    return low;
  };

  /** Tells of each line that holds a word how well it does. */
  Text.prototype.find = function (word, found) {
    for (var at = this.whole.indexOf(word); at >= 0; at = this.whole.indexOf(word, at + 1)) {
      var line = this.lineAt(at), start = this.starts[line], rest = this.lines[line].length - word.length;
      found(line, worth(at - start, rest));
      at = start + this.lines[line].length - 1; // the first place counts
    }
  };

  /** How well a word meets a title: whole, from its beginning, or within, and the better the less is left over. */
  function worth(before, rest) {
    var base = rest === 0 ? EXACT : before === 0 ? BEGINS : WITHIN - Math.min(before, 10) / 2;
    return base - Math.min(rest, 30) / 3;
  }

  /** How the titles sound: of each character the syllable, and of all the first letters. Made when first asked for. */
  Pack.prototype.heard = function () {
    if (this.ear) return this.ear;
    var data = this.sounds, syllables = data.syllables ? data.syllables.split(" ") : [];
    var characters = Array.from(data.characters), usual = new Map(), special = new Map(), lines = this.text.lines, titles = this.titles;
    characters.forEach(function (character, number) { usual.set(character, data.usual[number]); });
    data.otherwise.forEach(function (one) {
      var title = titles[one[0]];
      var at = plain(Array.from(title).slice(0, one[1]).join("")).length, key = plain(title);
      if (!special.has(key)) special.set(key, []);
      special.get(key).push([at, one[2]]);
    });
    var heard = lines.map(function (line) {
      var out = "";
      for (var i = 0; i < line.length; i++) {
        var syllable = usual.get(line[i]);
        out += syllable === undefined ? line[i] : String.fromCharCode(SOUND + syllable);
      }
      (special.get(line) || []).forEach(function (one) {
        out = out.slice(0, one[0]) + String.fromCharCode(SOUND + one[1]) + out.slice(one[0] + 1);
      });
      return out;
    });
    var text = new Text(heard);
    var initials = text.whole.replace(/[\ue000-\uf8ff]/g, function (sound) {
      return syllables[sound.charCodeAt(0) - SOUND][0];
    });
    var numbers = new Map();
    syllables.forEach(function (syllable, number) { numbers.set(syllable, number); });
    this.ear = { text: text, initials: initials, syllables: syllables, numbers: numbers, usual: usual };
    return this.ear;
  };

  /** Tells of each line that sounds as Latin letters say: by syllables, their first letters, or both. */
  Pack.prototype.findSpelt = function (letters, found) {
    var ear = this.heard(), text = ear.text, whole = text.whole;
    for (var at = ear.initials.indexOf(letters[0]); at >= 0; at = ear.initials.indexOf(letters[0], at + 1)) {
      if (whole.charCodeAt(at) < SOUND) continue;
      var met = spelt(ear, letters, 0, at, 0);
      if (!met) continue;
      var line = text.lineAt(at), start = text.starts[line];
      var rest = text.lines[line].length - met.characters;
      found(line, worth(at - start, rest) - (met.initials * 2 > met.characters ? BY_INITIALS : BY_SOUND));
    }
  };

  /** How many characters from a place on sound as letters do, and how many of them by their first letter alone. */
  function spelt(ear, letters, done, at, depth) {
    if (done === letters.length) return { characters: depth, initials: 0 };
    var code = ear.text.whole.charCodeAt(at);
    if (code < SOUND || code > 0xf8ff) return null;
    var syllable = ear.syllables[code - SOUND], left = letters.length - done, met;
    if (letters.startsWith(syllable, done)) {
      met = spelt(ear, letters, done + syllable.length, at + 1, depth + 1);
      if (met) return met;
    }
    if (left > 1 && left < syllable.length && syllable.startsWith(letters.slice(done))) {
      return { characters: depth + 1, initials: 0 }; // a syllable that is still being typed
    }
    var two = syllable[1] === "h" && letters.startsWith(syllable.slice(0, 2), done);
    for (var taken = two ? 2 : 1; taken > 0; taken--) {
      if (!letters.startsWith(syllable.slice(0, taken), done)) continue;
      met = spelt(ear, letters, done + taken, at + 1, depth + 1);
      if (met) return { characters: met.characters, initials: met.initials + 1 };
    }
    return null;
  }

  /** Tells of each line that sounds like a word with other characters. */
  Pack.prototype.findAlike = function (word, readings, found) {
    var ear = this.heard(), ways = [""];
    for (var i = 0; i < word.length; i++) {
      var known = ear.usual.get(word[i]), sounds = new Set(known === undefined ? [] : [known]);
      (readings ? readings.get(word[i]) || [] : []).forEach(function (syllable) {
        if (ear.numbers.has(syllable)) sounds.add(ear.numbers.get(syllable));
      });
      var next = [];
      sounds.forEach(function (sound) {
        ways.forEach(function (way) { next.push(way + String.fromCharCode(SOUND + sound)); });
      });
      if (!next.length && HAN.test(word[i])) return;
      ways = next.length ? next.slice(0, 16) : ways.map(function (way) { return way + word[i]; });
    }
    ways.forEach(function (way) {
      ear.text.find(way, function (line, points) { found(line, points - ALIKE); });
    });
  };

  /** Takes in which pages say a word. */
  Pack.prototype.hear = function (word, pages) {
    var rows = new Map(), pack = this;
    pages.forEach(function (page) {
      var row = pack.rowAt(page.place, page.row), points = BY_TEXT + WELL * page.points, former = rows.get(row);
      if (row < 0 || (former && former.points >= points)) return;
      rows.set(row, { points: points, place: page.place, row: page.row, hour: page.hour });
    });
    this.said.set(word, rows);
  };

  Pack.prototype.rowAt = function (name, row) {
    if (!this.placesByName) {
      this.placesByName = new Map();
      this.places.forEach(function (place, number) { this.placesByName.set(place[0].slice(place[0].lastIndexOf("/") + 1), number); }, this);
    }
    var place = this.placesByName.get(name);
    return place !== undefined && row < this.places[place][2] ? this.firstOf[place] + row : -1;
  };

  /** Where a page says words that its title does not hold: its text by place, row and hour; nothing if it does not. */
  Pack.prototype.saidAt = function (row, words) {
    var line = this.text.lines[row], found = null, pack = this;
    words.forEach(function (word) {
      var said = line.indexOf(word) < 0 && pack.said.has(word) && pack.said.get(word).get(row);
      if (said && !found) found = said;
    });
    return found;
  };

  Pack.prototype.row = function (row) {
    var place = this.places[this.placeOf[row]], number = row - this.firstOf[this.placeOf[row]];
    var name = this.names[row], stem = place[0].slice(place[0].lastIndexOf("/") + 1);
    if (name === "=") name = stem + "-" + (number < 10 ? "0" : "") + number;
    return {
      title: this.titles[row],
      language: this.languages[row] || "",
      address: place[0] + (name ? "/" + name : "") + ".html",
      place: name ? place[1] : "",
      facets: this.facets[this.of[row]],
    };
  };

  /* ---- what is asked */

  /** The words of the vocabularies, each with the facets that it may mean, the longest first. */
  function Words() {
    this.ids = {};
    this.titles = {};
    this.known = new Map();
    this.longest = 0;
    FACETS.forEach(function (facet) {
      this.ids[facet] = [];
      this.titles[facet] = {};
    }, this);
  }

  Words.prototype.add = function (words) {
    FACETS.forEach(function (facet) {
      (words[facet] || []).forEach(function (word) {
        var id = word[0];
        if (!(id in this.titles[facet])) {
          this.ids[facet].push(id);
          this.titles[facet][id] = word[1];
        }
        word.slice(1).forEach(function (title) {
          var said = plain(title);
          this.learn(said, facet, id);
          if (facet === "grade") this.learn(said.replace(DIGIT, function (digit) { return DIGITS.indexOf(digit); }), facet, id);
        }, this);
      }, this);
    }, this);
  };

  Words.prototype.learn = function (said, facet, id) {
    if (said.length < 2) return;
    if (!this.known.has(said)) this.known.set(said, []);
    var meant = this.known.get(said);
    if (!meant.some(function (one) { return one[0] === facet && one[1] === id; })) meant.push([facet, id]);
    this.longest = Math.max(this.longest, said.length);
  };

  /** A query without the words of vocabularies in it, and the facets that these ask for; nothing if there are none. */
  Words.prototype.understand = function (words) {
    var facets = {}, left = [], any = false;
    words.forEach(function (word) {
      var rest = "", at = 0;
      while (at < word.length) {
        var meant = null, length = Math.min(this.longest, word.length - at);
        for (; length > 1 && !(meant = this.known.get(word.slice(at, at + length))); length--);
        if (meant && (HAN.test(word[at + length - 1]) || (at === 0 && length === word.length))) {
          any = true;
          meant.forEach(function (one) { (facets[one[0]] = facets[one[0]] || []).push(one[1]); });
          if (rest) left.push(rest);
          rest = "";
          at += length;
        } else {
          rest += word[at++];
        }
      }
      if (rest) left.push(rest);
    }, this);
    return any ? { words: left, facets: facets } : null;
  };

  /* ---- the finder */

  function Finder() {
    this.packs = [];
    this.words = new Words();
    this.readings = null;
    this.traditional = null;
  }

  /** Takes in a pack; `index` is the address of that of its texts. */
  Finder.prototype.add = function (data, index) {
    var pack = new Pack(data);
    pack.index = index || "";
    this.packs.push(pack);
    this.words.add(data.words);
  };

  Finder.prototype.learn = function (characters) {
    var readings = (this.readings = new Map());
    for (var syllable in characters.readings) {
      for (var character of characters.readings[syllable]) {
        if (!readings.has(character)) readings.set(character, []);
        readings.get(character).push(syllable);
      }
    }
    var traditional = (this.traditional = new Map()), simple = Array.from(characters.simple);
    Array.from(characters.traditional).forEach(function (one, number) { traditional.set(one, simple[number]); });
  };

  /** Traditional characters as simplified ones. */
  Finder.prototype.simplified = function (text) {
    var known = this.traditional;
    return known ? Array.from(text, function (one) { return known.get(one) || one; }).join("") : text;
  };

  /** The rows of a pack that meet all words, with their worth. */
  function rowsOf(pack, words, alike, readings) {
    var rows = null;
    words.forEach(function (word) {
      var found = new Map();
      var note = function (row, points) {
        if (!(found.get(row) >= points)) found.set(row, points);
      };
      if (alike) pack.findAlike(word, readings, note);
      else {
        pack.text.find(word, note);
        pack.also.find(word, function (line, points) { note(pack.alsoOf[line], points - 1); });
        if (pack.said.has(word)) pack.said.get(word).forEach(function (one, row) { note(row, one.points); });
        if (LATIN.test(word)) pack.findSpelt(word.replace(/ü/g, "v"), note);
        if (words.length > 1) {
          pack.placeText.find(word, function (place, points) {
            var first = pack.firstOf[place];
            for (var i = 0; i < pack.places[place][2]; i++) note(first + i, Math.max(points - OF_PLACE, 1));
          });
        }
      }
      if (rows === null) rows = found;
      else {
        var both = new Map();
        rows.forEach(function (points, row) { if (found.has(row)) both.set(row, points + found.get(row)); });
        rows = both;
      }
    });
    var count = Math.max(words.length, 1);
    rows.forEach(function (points, row) { rows.set(row, points / count); });
    return rows;
  }

  function has(facets, wanted, facet) {
    var chosen = wanted[facet];
    if (!chosen || !chosen.length) return true;
    return facets[FACETS.indexOf(facet)].some(function (id) { return chosen.some(function (one) { return String(one) === String(id); }); });
  }

  /**
   * Answers a question.
   * query: as typed. filters: IDs by facet. edition: that the reader has chosen before. limit: of groups.
   */
  Finder.prototype.search = function (asked) {
    var ways = this.waysOf(asked.query), understood = ways.understood, filters = asked.filters || {};
    var isNarrowed = FACETS.some(function (facet) { return filters[facet] && filters[facet].length; });
    if (!ways.length && isNarrowed) ways.push({ words: [], facets: {}, less: 0 }); // all that is of this kind
    var found = this.collect(ways, false), alike = false;
    if (!found.length && HAN.test(asked.query)) {
      found = this.collect(ways.filter(function (way) { return way.words.length; }), true);
      alike = found.length > 0;
    }
    return this.answer(found, asked, { alike: alike, understood: understood ? understood.facets : {}, words: wordsOf(ways) });
  };

  /** All words of some ways, each once. */
  function wordsOf(ways) {
    var words = new Set();
    ways.forEach(function (way) { way.words.forEach(function (word) { words.add(word); }); });
    return Array.from(words);
  }

  /** How a query may be meant: words, and facets that some of them ask for. */
  Finder.prototype.waysOf = function (asked) {
    var query = this.simplified(asked.normalize("NFKC"));
    var words = query.split(/\s+/).map(plain).filter(Boolean);
    var ways = [];
    if (words.length) ways.push({ words: words, facets: {}, less: 0 });
    if (words.length > 1 && words.every(function (word) { return LATIN.test(word); })) {
      ways.push({ words: [words.join("")], facets: {}, less: 0 });
    }
    var understood = this.words.understand(words);
    if (understood) ways.push({ words: understood.words, facets: understood.facets, less: UNDERSTOOD });
    ways.understood = understood;
    return ways;
  };

  Finder.prototype.collect = function (ways, alike) {
    var all = [], readings = this.readings;
    this.packs.forEach(function (pack, number) {
      var best = new Map();
      ways.forEach(function (way) {
        var rows;
        if (way.words.length) rows = rowsOf(pack, way.words, alike, readings);
        else {
          rows = new Map();
          for (var row = 0; row < pack.titles.length; row++) rows.set(row, pack.names[row] ? WITHIN / 2 : WITHIN);
        }
        rows.forEach(function (points, row) {
          var facets = pack.facets[pack.of[row]];
          if (!pack.names[row]) points += HOLDS_OTHERS;
          if (!FACETS.every(function (facet) { return has(facets, way.facets, facet); })) return;
          if (!(best.get(row) >= points - way.less)) best.set(row, points - way.less);
        });
      });
      best.forEach(function (points, row) { all.push({ pack: pack, number: number, row: row, points: points }); });
    });
    return all.sort(function (a, b) { return b.points - a.points || a.number - b.number || a.row - b.row; });
  };

  /** What is shown of what was found: groups of the same lesson, and how many there are of each facet. */
  Finder.prototype.answer = function (found, asked, more) {
    var groups = new Map(), counts = {}, without = {}, total = 0, filters = asked.filters || {};
    FACETS.forEach(function (facet) { counts[facet] = {}; });
    var chosen = FACETS.filter(function (facet) { return filters[facet] && filters[facet].length; });
    found.forEach(function (one) {
      var facets = one.pack.facets[one.pack.of[one.row]];
      var fails = chosen.filter(function (facet) { return !has(facets, filters, facet); });
      if (fails.length > 1) return;
      FACETS.forEach(function (facet, at) {
        if (fails.length && fails[0] !== facet) return;
        facets[at].forEach(function (id) { counts[facet][id] = (counts[facet][id] || 0) + 1; });
      });
      if (fails.length) {
        without[fails[0]] = (without[fails[0]] || 0) + 1;
        return;
      }
      total++;
      var kind = facets[5][0];
      var key = kind === "lesson" ? facets[1][0] + " " + one.pack.text.lines[one.row] : one.number + " " + one.row;
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(one);
    });
    var edition = asked.edition, shown = [], said = 0;
    if (this.packs.some(function (pack) { return pack.said.size; })) {
      groups.forEach(function (members) {
        if (members.some(function (one) { return one.pack.saidAt(one.row, more.words); })) said++;
      });
    }
    groups.forEach(function (members) {
      if (shown.length >= (asked.limit || 8)) return;
      var own = edition ? members.findIndex(function (one) { return one.pack.facets[one.pack.of[one.row]][2][0] === edition; }) : 0;
      if (own > 0) members.unshift(members.splice(own, 1)[0]);
      shown.push(members.map(function (one) {
        var row = one.pack.row(one.row), said = one.pack.saidAt(one.row, more.words);
        if (said) {
          row.said = { pack: one.number, place: said.place, row: said.row, hour: said.hour };
          if (said.hour > 1) row.address = row.address.replace(/\.html$/, "-" + said.hour + ".html");
        }
        return row;
      }));
    });
    return {
      query: asked.query, said: said, any: found.length > 0, groups: shown, of: groups.size, total: total, counts: counts, without: without,
      alike: more.alike, understood: more.understood, words: { ids: this.words.ids, titles: this.words.titles },
    };
  };

  /* ---- where it runs */

  /**
   * Keeps a finder supplied, and answers the last question again whenever there is more to find in.
   * load: a promise of what a script of an address holds. tell: is given each answer.
   * run: a promise that a script has been run. reader: the address of texts.js. raw: a promise of a file's bytes.
   */
  function Desk(load, tell, run, reader, raw) {
    this.load = load;
    this.tell = tell;
    this.run = run;
    this.reader = reader;
    this.raw = raw;
    this.asked = null;
    this.state = "loading";
    this.finder = new Finder();
    this.open(false);
  }

  Desk.prototype.open = function (again) {
    var desk = this;
    this.state = "loading";
    return this.load("search/index.js").then(function (index) {
      var first = desk.asked && desk.asked.stage, packs = index.packs.slice();
      packs.sort(function (a, b) { return (b[0] === "stages/" + first) - (a[0] === "stages/" + first); });
      var finder = desk.finder = new Finder(); // of this list's packs alone, so that no answer is of two versions
      desk.characters = index.characters;
      desk.index = index;
      desk.engine = null;
      return packs.reduce(function (before, pack) {
        return before.then(function () { return desk.load(pack[1]); }).then(function (data) {
          finder.add(data, pack[2]);
          desk.answer();
        });
      }, Promise.resolve());
    }).then(function () {
      desk.state = "ready";
    }, function () {
      if (!again) return desk.open(true); // a new version may just have been published
      desk.state = "failed";
    }).then(function () { desk.answer(); });
  };

  Desk.prototype.ask = function (asked) {
    this.asked = asked;
    if (this.state === "failed" && asked.retry) this.open(false);
    this.answer();
  };

  Desk.prototype.answer = function () {
    if (!this.asked) return;
    var answer = this.finder.search(this.asked), desk = this;
    if (!answer.any && this.state === "ready" && this.characters && HAN.test(this.asked.query)) {
      var address = this.characters; // perhaps it is spelt with other characters
      this.characters = "";
      this.state = "loading";
      this.load(address).then(function (known) { desk.finder.learn(known); }, function () { desk.characters = address; })
        .then(function () { desk.state = "ready"; desk.settle(desk.finder.search(desk.asked)); });
      this.tellOf(answer);
    } else this.settle(answer);
  };

  /** Tells what titles have answered, and goes on to texts where that is wanted. */
  Desk.prototype.settle = function (answer) {
    if (this.state === "ready" && this.wantsTexts(answer)) { this.lookIntoTexts(this.asked); return; }
    this.tellOf(answer);
    this.quote(this.asked, answer);
  };

  Desk.prototype.tellOf = function (answer) {
    answer.id = this.asked.id;
    answer.state = this.state;
    answer.texts = this.texts || "";
    this.tell(answer);
  };

  /* ---- texts: looked into where titles say little, one pack after the other, so that the first answer comes soon */

  /** The packs in which there may be more, the reader's stage first. */
  Desk.prototype.unread = function () {
    var asked = this.asked, words = wordsOf(this.finder.waysOf(asked.query)), stages = (asked.filters || {}).stage || [];
    return this.finder.packs.filter(function (pack) {
      var others = stages.length && pack.name.indexOf("stages/") === 0 && stages.indexOf(pack.name.slice(7)) < 0;
      return pack.index && !others && words.some(function (word) { return word.length > 1 && !pack.said.has(word); });
    });
  };

  /** Whether an answer wants more from texts; `asked.texts` is `few` unless the reader asks for `texts`, or for `all`. */
  Desk.prototype.wantsTexts = function (answer) {
    var wanted = this.asked.texts, isSpelt = answer.total && !/[^a-zü\s]/i.test(this.asked.query);
    this.texts = "";
    if (!this.run || !wanted || isSpelt || answer.total - answer.said >= MANY || !this.unread().length) return false;
    if (wanted === "all" || (answer.said < ENOUGH && (wanted === "texts" || answer.of < FEW || answer.said))) return true;
    if (answer.said) this.texts = "more";
    return false;
  };

  Desk.prototype.reading = function () {
    var desk = this;
    if (typeof WebAssembly === "undefined") return Promise.reject(new Error("no WebAssembly"));
    if (!this.engine) {
      this.engine = (scope.finder.texts ? Promise.resolve() : this.run(this.reader)).then(function () {
        var engine = desk.index.engine; // its script, and its code: as a script, or as it is, which is less
        return Promise.all([
          desk.raw ? desk.raw(engine[2]) : desk.load(engine[1]).then(scope.finder.texts.bytes), desk.run(engine[0]),
        ]);
      }).then(function (both) {
        return scope.finder.engine({ module_or_path: both[0] });
      }).then(function () { return scope.finder.engine; });
      this.engine.catch(function () { desk.engine = null; });
    }
    return this.engine;
  };

  Desk.prototype.lookIntoTexts = function (asked) {
    var desk = this, words = wordsOf(this.finder.waysOf(asked.query)), packs = this.unread();
    var isStill = function () { return desk.asked === asked; };
    this.texts = "loading";
    this.tellOf(this.finder.search(asked));
    this.reading().then(function () {
      return packs.reduce(function (before, pack) {
        return before.then(function () {
          if (!isStill() || !desk.wantsTexts(desk.finder.search(asked))) return null;
          desk.texts = "loading";
          if (!pack.texts) pack.texts = new scope.finder.texts.Texts(desk.load, pack.index, desk.engine);
          return Promise.all(words.map(function (word) {
            return pack.texts.find(word).then(function (pages) { pack.hear(word, pages); });
          }));
        }).then(function () {
          if (isStill()) desk.tellOf(desk.finder.search(asked));
        });
      }, Promise.resolve());
    }).then(function () {
      if (isStill()) desk.wantsTexts(desk.finder.search(asked)); // which says whether there may be more
    }, function () {
      if (isStill()) desk.texts = typeof WebAssembly === "undefined" ? "none" : "failed";
    }).then(function () {
      if (!isStill()) return;
      var answer = desk.finder.search(asked);
      desk.tellOf(answer);
      desk.quote(asked, answer);
    });
  };

  /** Tells an answer again with parts of the texts that were meant. */
  Desk.prototype.quote = function (asked, answer) {
    var desk = this, words = wordsOf(this.finder.waysOf(asked.query)), wanted = [];
    answer.groups.slice(0, QUOTED).forEach(function (rows) { if (rows[0].said) wanted.push(rows[0]); });
    if (!wanted.length) return;
    Promise.all(wanted.map(function (row) {
      var said = row.said;
      return desk.finder.packs[said.pack].texts.text(said.place, said.row, said.hour).then(function (text) {
        row.excerpt = scope.finder.texts.excerpt(text, words);
      }, function () { /* shown without it */ });
    })).then(function () { if (desk.asked === asked) desk.tellOf(answer); });
  };

  function held(text) {
    return JSON.parse(text.slice(text.indexOf("(") + 1, text.lastIndexOf(")")));
  }

  scope.finder = { Finder: Finder, Desk: Desk, plain: plain, FACETS: FACETS };

  if (typeof scope.document === "undefined" && typeof scope.postMessage === "function" && typeof scope.importScripts === "function") {
    var desk = null;
    scope.onmessage = function (event) {
      if (event.data.root) {
        var take = function (address) {
          return fetch(event.data.root + address, { cache: address === "search/index.js" ? "no-cache" : "default" }).then(function (answer) {
            if (!answer.ok) throw new Error(answer.status + " " + address);
            return answer;
          });
        };
        desk = new Desk(function (address) {
          return take(address).then(function (answer) { return answer.text(); }).then(held);
        }, function (answer) { scope.postMessage(answer); }, function (address) {
          return Promise.resolve().then(function () { scope.importScripts(event.data.root + address); });
        }, event.data.reader, function (address) {
          return take(address).then(function (answer) { return answer.arrayBuffer(); });
        });
      } else desk.ask(event.data);
    };
  }
})(typeof self === "undefined" ? globalThis : self);
