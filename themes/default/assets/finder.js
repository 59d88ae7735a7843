/* Finds pages by their titles. Runs in a worker, or in the page where there can be none, as from a stick.
   Packs are described in builder/search/packs.py. */
(function (scope) {
  "use strict";

  var FACETS = ["stage", "subject", "edition", "grade", "volume", "kind"];
  var STAGE = 0, SUBJECT = 1, EDITION = 2, GRADE = 3, KIND = 5; // places among them
  var INDEX = "search/index.js", FORMAT = 3;
  var NOT_WORD = /[^\p{L}\p{N}\p{M}\n]+|\ufe0f/gu; // nor what makes a sign a picture
  var TONES = /[\u0300\u0301\u0304\u030c]/g; // of pinyin
  var LATIN = /^[a-zü]+$/, SPELT = /[a-z\p{Script=Han}]/iu;
  var HAN = /\p{Script=Han}/u;
  var BRACKETS = /[《》〈〉「」『』“”"]/g; // round a title
  var FILLER = /^[书的本课全]$/; // says no more than the words beside it that tell what is wanted, as in 三年级语文书
  var NUMBERED = /^(?:[a-zü]+[1-5]){2,}$/; // pinyin with its tones as numbers
  var HOUR = /第[一二三四五六七八九十\d]+课时/g; // is on the lesson's page, among its others
  var DIGITS = "〇一二三四五六七八九", DIGIT = /[一二三四五六七八九]/;
  var ZERO = 0x23; // in code of what writes 0
  var SOUND = 0xe000; // syllables stand as private characters, so that a text of sounds is searched as any other
  var EXACT = 100, BEGINS = 80, WITHIN = 60; // how well a word meets a title
  var HOLDS_OTHERS = 3; // added for a textbook, a column or a section, which lead to more
  var LONGEST = 80, MOST_WORDS = 6; // characters that are looked for, as in the boxes; words in texts
  var NONE = -1, WORTHIEST = 1e6, MOST_ROWS = 1 << 21;
  var PATIENCE = 45000; // milliseconds after which a download that has not come is taken for lost
  var FEW = 5, MANY = 500; // hits among titles: with few, texts are looked into unasked; with many, never
  var ENOUGH = 10; // pages found by their texts, after which no more packs are looked into unasked
  var WIDELY = 3; // packs that have been looked into, after which any will do
  var BY_SOUND = 10, BY_INITIALS = 20, ALIKE = 40, OF_PLACE = 45, UNDERSTOOD = 5, UNTOLD = 5, UNFINISHED = 6; // taken from how well a word meets

  /** Letters and digits alone, each in one form: what is compared. Lines stay lines. */
  function plain(text) {
    return text.normalize("NFKC").toLowerCase().replace(NOT_WORD, "").replace(/ɑ/g, "a").replace(/ɡ/g, "g"); // as primers print them
  }

  var sizes = new Map();

  /** How many characters of what is compared a character makes; it is asked for each of every title that is shown. */
  function sizeOf(character) {
    if (!sizes.has(character)) sizes.set(character, plain(character).length);
    return sizes.get(character);
  }

  /* ---- packs */

  function Pack(data) {
    this.places = data.places;
    this.name = data.name;
    this.titles = data.titles.split("\n");
    this.names = data.names.split("\n");
    this.facets = data.facets;
    this.of = data.of;
    this.meant = data.facets.map(function (facets) { // a textbook that tells no grade may be for all of its stage
      if (facets[GRADE].length || !(facets[KIND][0] === "lesson" || facets[KIND][0] === "textbook")) return facets;
      return facets.map(function (ids, at) { return at === GRADE ? data.grades[facets[STAGE][0]] || [] : ids; });
    });
    this.words = data.words;
    this.sounds = data;
    this.languages = {};
    for (var tongue in data.tongues) {
      for (var row of data.tongues[tongue]) this.languages[row] = tongue;
    }
    this.placeOf = new Int32Array(this.titles.length);
    this.firstOf = [];
    var first = 0;
    for (var place of this.places) {
      this.placeOf.fill(this.firstOf.length, first, first + place[2]);
      this.firstOf.push(first);
      first += place[2];
    }
    this.text = new Text(data.titles);
    this.also = new Text(data.also.map(function (other) { return other[1]; }).join("\n"));
    this.alsoOf = data.also.map(function (other) { return other[0]; });
    this.others = data.also.map(function (other) { return other[1]; });
    this.placeText = new Text(this.places.map(function (place) { return place[1] + (place[3] || ""); }).join("\n"));
    this.readBy("");
  }

  /** Sets the index of its texts, by its address; what was found in that of another version is forgotten. */
  Pack.prototype.readBy = function (index) {
    if (this.index === index) return;
    this.index = index;
    this.texts = null;
    this.said = new Map(); // of words, which rows say them, where that has been looked for
  };

  /** Where a page says words that its title does not hold: its text by place, row and hour; nothing if it does not. */
  Pack.prototype.saidAt = function (row, words) {
    for (var word of words) {
      var said = this.said.has(word) && this.said.get(word).get(row);
      if (said && this.text.line(row).indexOf(word) < 0) return said;
    }
    return null;
  };

  /** Many short texts, one a line, as one, which the browser searches by itself in no time. */
  function Text(lines) {
    this.whole = "\n" + plain(lines) + "\n";
    this.starts = [];
    for (var at = 0; at >= 0; at = this.whole.indexOf("\n", at + 1)) this.starts.push(at + 1);
  }

  /** The line that holds a place of the whole, from a line on. */
  Text.prototype.lineAt = function (at, low) {
    var high = this.starts.length - 1;
    if (at < this.starts[low + 1]) return low;
    while (low + 1 < high) {
      var middle = (low + high) >> 1;
      if (this.starts[middle] <= at) low = middle; else high = middle;
    }
    return low;
  };

  Text.prototype.line = function (line) {
    return this.whole.slice(this.starts[line], this.starts[line + 1] - 1);
  };

  /** Tells of each line that holds a word how well it does; the first place counts. */
  Text.prototype.find = function (word, found) {
    for (var at = this.whole.indexOf(word), line = 0; at >= 0; at = this.whole.indexOf(word, end)) {
      line = this.lineAt(at, line);
      var start = this.starts[line], end = this.starts[line + 1] - 1;
      found(line, worth(at - start, end - start - word.length));
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
    var data = this.sounds, text = this.text, titles = this.titles, syllables = data.syllables ? data.syllables.split(" ") : [];
    var usual = new Map(), special = new Map(), numbers = new Map();
    Array.from(data.characters).forEach(function (character, number) { usual.set(character, data.usual[number]); });
    syllables.forEach(function (syllable, number) { numbers.set(syllable, number); });
    data.otherwise.forEach(function (one) {
      var title = titles[one[0]], key = plain(title);
      var at = plain(Array.from(title).slice(0, one[1]).join("")).length;
      if (!special.has(key)) special.set(key, []);
      special.get(key).push([at, one[2]]);
    });
    var codes = new Uint16Array(text.whole.length), table = new Uint16Array(0x10000);
    usual.forEach(function (syllable, character) {
      if (character.length === 1) table[character.charCodeAt(0)] = SOUND + syllable; // others stay silent: they are few
    });
    for (var at = 0; at < codes.length; at++) {
      var code = text.whole.charCodeAt(at);
      codes[at] = table[code] || code;
    }
    if (special.size) {
      titles.forEach(function (title, line) {
        (special.get(text.line(line)) || []).forEach(function (one) { codes[text.starts[line] + one[0]] = SOUND + one[1]; });
      });
    }
    var heard = Object.create(text), initials = codes.map(function (code) {
      return code >= SOUND && code < SOUND + syllables.length ? syllables[code - SOUND].charCodeAt(0) : code;
    });
    heard.whole = written(codes);
    var alone = syllables.map(function (syllable) { return [syllable]; });
    this.ear = { text: heard, initials: written(initials), syllables: syllables, alone: alone, numbers: numbers, usual: usual };
    return this.ear;
  };

  function written(codes) {
    var out = "", most = 0x2000;
    for (var at = 0; at < codes.length; at += most) out += String.fromCharCode.apply(null, codes.subarray(at, at + most));
    return out;
  }

  /**
   * Tells of each line that sounds as Latin letters say: by syllables, their first letters, or both.
   * readings: all that characters can be read as, where that is asked for rather than how their words are read.
   */
  Pack.prototype.findSpelt = function (letters, readings, found) {
    var ear = this.heard(), text = ear.text, whole = text.whole, characters = this.text.whole, read = this.reader(readings);
    var meet = function (sign, signs) {
      for (var at = signs.indexOf(sign), line = 0, next = 0; at >= 0; at = signs.indexOf(sign, next)) {
        next = at + 1;
        if (whole.charCodeAt(at) < SOUND) continue;
        var met = spelt(read, letters, 0, at, 0);
        if (!met) continue;
        line = text.lineAt(at, line);
        var start = text.starts[line], end = text.starts[line + 1] - 1;
        found(line, worth(at - start, end - start - met.characters) - (met.initials * 2 > met.characters ? BY_INITIALS : BY_SOUND) - met.less);
        if (letters.length === 1) next = end; // there are very many, and the first place is good enough
      }
    };
    meet(letters[0], ear.initials);
    if (!readings) return;
    ear.usual.forEach(function (syllable, character) {
      if (ear.syllables[syllable][0] === letters[0]) return;
      if ((readings.get(character) || []).some(function (one) { return one[0] === letters[0]; })) meet(character, characters);
    });
  };

  /** What tells of each place of the titles how its character is read: nothing where it is none. */
  Pack.prototype.reader = function (readings) {
    var ear = this.heard(), whole = ear.text.whole, characters = this.text.whole;
    return function (at) {
      var code = whole.charCodeAt(at);
      if (code < SOUND || code > 0xf8ff) return [];
      return readings && readings.get(characters[at]) || ear.alone[code - SOUND];
    };
  };

  /** How many characters from a place on sound as letters do, how many of them by their first letter alone, and what its end costs. */
  function spelt(read, letters, done, at, depth) {
    if (done === letters.length) return { characters: depth, initials: 0, less: 0 };
    for (var syllable of read(at)) {
      var left = letters.length - done, met;
      if (letters.startsWith(syllable, done)) {
        met = spelt(read, letters, done + syllable.length, at + 1, depth + 1);
        if (met) return met;
      }
      if (left > 1 && left < syllable.length && syllable.startsWith(letters.slice(done))) {
        return { characters: depth + 1, initials: 0, less: UNFINISHED }; // a syllable that is still being typed
      }
      var two = syllable[1] === "h" && letters.startsWith(syllable.slice(0, 2), done);
      for (var taken = Math.min(two ? 2 : 1, syllable.length - 1); taken > 0; taken--) {
        if (!letters.startsWith(syllable.slice(0, taken), done)) continue;
        met = spelt(read, letters, done + taken, at + 1, depth + 1);
        if (met) return { characters: met.characters, initials: met.initials + 1, less: met.less };
      }
    }
    return null;
  }

  /** Letters as syllables are written here: lü as lv, and lue, as many type it, as lve. */
  function asSpelt(word) {
    return word.replace(/ü/g, "v").replace(/([ln])ue/g, "$1ve");
  }

  /** A syllable as it sounds where z and zh, c and ch, s and sh, n and ng at its end are one. */
  function blurred(syllable) {
    return syllable.replace(/^([zcs])h/, "$1").replace(/ng$/, "n");
  }

  /** How the titles sound where that is not told apart. Made when first asked for. */
  Pack.prototype.heardBlurred = function () {
    if (this.blurredEar) return this.blurredEar;
    var ear = this.heard(), numbers = new Map(), usual = new Map(), text = Object.create(ear.text);
    var of = ear.syllables.map(function (syllable) {
      if (!numbers.has(blurred(syllable))) numbers.set(blurred(syllable), numbers.size);
      return numbers.get(blurred(syllable));
    });
    ear.usual.forEach(function (syllable, character) { usual.set(character, of[syllable]); });
    text.whole = ear.text.whole.replace(/[\ue000-\uf8ff]/g, function (sound) {
      return String.fromCharCode(SOUND + of[sound.charCodeAt(0) - SOUND]);
    });
    this.blurredEar = { text: text, numbers: numbers, usual: usual };
    return this.blurredEar;
  };

  /** Tells of each line that sounds like a word with other characters, or nearly so. */
  Pack.prototype.findAlike = function (word, readings, nearly, found) {
    if (word.length < (nearly ? 3 : 2)) return; // too many sound so
    var ear = nearly ? this.heardBlurred() : this.heard(), ways = [""];
    for (var i = 0; i < word.length; i++) {
      var known = ear.usual.get(word[i]), sounds = new Set(known === undefined ? [] : [known]);
      (readings ? readings.get(word[i]) || [] : []).forEach(function (syllable) {
        var sound = ear.numbers.get(nearly ? blurred(syllable) : syllable);
        if (sound !== undefined) sounds.add(sound);
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

  /** Where a title meets words, by its characters or their sound: the places from and to, in their order. */
  Pack.prototype.marks = function (row, words) {
    var line = this.text.line(row), start = this.text.starts[row], pack = this, met = [];
    words.forEach(function (word) {
      var at = line.indexOf(word), many = word.length;
      if (at < 0 && LATIN.test(word)) {
        for (var read = pack.reader(null), sounds = null; ++at < line.length && !sounds;) {
          if (read(start + at).length) sounds = spelt(read, asSpelt(word), 0, start + at, 0);
          if (sounds) met.push([at, at + sounds.characters]);
        }
      } else if (at >= 0) met.push([at, at + many]);
    });
    var marks = [], compared = 0, place = 0;
    for (var character of this.titles[row]) { // of which some are not compared, and some otherwise
      var size = sizeOf(character), last = marks[marks.length - 1], end = place + character.length;
      var isMet = size && met.some(function (one) { return one[0] < compared + size && compared < one[1]; });
      if (isMet && last && last[1] === place) last[1] = end;
      else if (isMet) marks.push([place, end]);
      compared += size;
      place = end;
    }
    return marks;
  };

  /** What a row was found by beside the title that is shown, such as one in another language. */
  Pack.prototype.otherwise = function (row, words) {
    var also = this.also, place = this.alsoOf.findIndex(function (one, line) {
      return one === row && words.some(function (word) { return also.line(line).indexOf(word) >= 0; });
    });
    return place < 0 ? "" : this.others[place];
  };

  /** Facets by their names. */
  function named(facets) {
    var found = {};
    FACETS.forEach(function (facet, at) { found[facet] = facets[at]; });
    return found;
  }

  Pack.prototype.row = function (row, words) {
    var place = this.places[this.placeOf[row]], number = row - this.firstOf[this.placeOf[row]];
    var name = this.names[row], stem = place[0].slice(place[0].lastIndexOf("/") + 1);
    if (name === "=") name = stem + "-" + (number < 10 ? "0" : "") + number;
    var marks = this.marks(row, words), facets = this.facets[this.of[row]], isLine = facets[KIND][0] === "hotline";
    return {
      title: this.titles[row],
      marks: marks,
      other: isLine ? this.others[this.alsoOf.indexOf(row)] : marks.length ? "" : this.otherwise(row, words), // the number of a hotline
      language: this.languages[row] || "",
      address: place[0] + (name[0] === "#" ? ".html" + name : name ? "/" + name + ".html" : ".html"),
      place: name ? place[1] : "",
      note: place[3] || "",
      facets: named(facets),
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
          if (facet === "edition") this.learn(said.replace(/版$/, ""), facet, id, true);
          if (facet === "grade") {
            this.learn(said.replace(DIGIT, function (digit) { return DIGITS.indexOf(digit); }), facet, id);
          }
        }, this);
      }, this);
    }, this);
    (words.volume || []).forEach(function (volume) { // 七上 and 7上 for 七年级上册, 九全 for 九年级全一册
      var half = volume.slice(1).find(function (title) { return /^(?:[上下]|全一)册$/.test(title); });
      if (!half) return;
      (words.grade || []).forEach(function (grade) {
        if (!DIGITS[grade[0]]) return;
        [DIGITS[grade[0]], String(grade[0])].forEach(function (digit) {
          this.learn(digit + half[0], "grade", grade[0]);
          this.learn(digit + half[0], "volume", volume[0]);
        }, this);
      }, this);
    }, this);
  };

  /** isShort: whether this says little by itself, as the name of a town may also be that of an edition. */
  Words.prototype.learn = function (said, facet, id, isShort) {
    if (said.length < 2) return;
    if (!this.known.has(said)) this.known.set(said, []);
    var meant = this.known.get(said);
    var same = meant.find(function (one) { return one[0] === facet && one[1] === id; });
    if (!same) meant.push([facet, id, Boolean(isShort)]);
    else if (!isShort) same[2] = false;
    this.longest = Math.max(this.longest, said.length);
  };

  /** Whether a word may end between two characters: everywhere in Han, elsewhere where there is no further letter or digit. */
  function isApart(one, other) {
    return [one, other].some(function (character) { return !character || character === " " || HAN.test(character); });
  }

  /** A query without the words of vocabularies in it, the facets that these ask for, and which of them say little; nothing if there are none. */
  Words.prototype.understand = function (words) {
    var text = words.join(" "), facets = {}, left = [], any = false, short = [], isShort = true, rest = "", at = 0;
    var leave = function () {
      if (rest && !FILLER.test(rest)) left.push(rest);
      rest = "";
    };
    while (at < text.length) {
      var meant = null, end = text[at] === " " ? at : Math.min(text.length, at + this.longest + words.length);
      for (; end > at + 1; end--) { // what is one word to us may have been typed as two
        if (text[end - 1] !== " " && (meant = this.known.get(text.slice(at, end).replace(/ /g, "")))) break;
      }
      if (meant && isApart(text[at - 1], text[at]) && isApart(text[end - 1], text[end])) {
        any = true;
        meant.forEach(function (one) { (facets[one[0]] = facets[one[0]] || []).push(one[1]); });
        if (meant.every(function (one) { return one[2]; })) short.push(text.slice(at, end).replace(/ /g, ""));
        else isShort = false;
        leave();
        at = end;
      } else if (text[at] === " ") {
        leave();
        at++;
      } else {
        rest += text[at++];
      }
    }
    leave();
    return any ? { words: left, facets: facets, less: UNDERSTOOD, short: short, isShort: isShort } : null;
  };

  /* ---- the finder */

  function Finder() {
    this.packs = [];
    this.words = new Words();
    this.groups = new Map();
    this.readings = null;
    this.traditional = null;
  }

  /** Takes a pack in. Lessons of the same title, subject and grade are a group, whatever the textbook. */
  Finder.prototype.put = function (pack) {
    var groups = this.groups, base = this.size();
    this.packs.push(pack);
    this.words.add(pack.words);
    pack.base = base;
    pack.group = Int32Array.from(pack.of, function (combination, row) {
      var facets = pack.facets[combination];
      var key = facets[KIND][0] === "lesson" ? [facets[SUBJECT], facets[GRADE], pack.text.line(row)].join(" ") : base + row;
      if (!groups.has(key)) groups.set(key, groups.size);
      return groups.get(key);
    });
  };

  Finder.prototype.size = function () {
    var last = this.packs[this.packs.length - 1];
    return last ? last.base + last.titles.length : 0;
  };

  /** Which table of characters may help with a query, by its address: that of traditional ones where no title has one of it. */
  Finder.prototype.lacking = function (query, tables) {
    var packs = this.packs, isStrange = function (one) {
      return HAN.test(one) && !packs.some(function (pack) { return pack.text.whole.indexOf(one) >= 0; });
    };
    if (!this.traditional && Array.from(query).some(isStrange)) return tables.traditional;
    return this.readings || !SPELT.test(query) ? "" : tables.readings;
  };

  /** Takes in a table of characters, as builder/search/characters.py writes it. */
  Finder.prototype.learn = function (known) {
    var bytes = [], at = 0, code = 0x4e00;
    if (known.traditional) {
      this.traditional = new Map(Array.from(known.simple, function (simple, i) {
        code += number(known.traditional, i);
        return [String.fromCharCode(code), simple];
      }));
      return;
    }
    var syllables = known.syllables.split(" ");
    for (var row = 0xb0; row < 0xf8; row++) {
      for (var cell = 0xa1; cell < 0xff; cell++) bytes.push(row, cell);
    }
    var common = new TextDecoder("gbk").decode(Uint8Array.from(bytes)).match(/\p{Script=Han}/gu);
    var readings = (this.readings = new Map(common.map(function (one, at) { return [one, [syllables[number(known.usual, at)]]]; })));
    for (var i = 0; i < known.gaps.length; i++) {
      at += number(known.gaps, i);
      readings.get(common[at]).push(syllables[number(known.others, i)]);
    }
  };

  function number(letters, at) {
    return letters.charCodeAt(at) - ZERO;
  }

  Finder.prototype.learnt = function (other) {
    this.readings = other.readings;
    this.traditional = other.traditional;
  };

  /** Traditional characters as simplified ones. */
  Finder.prototype.simplified = function (text) {
    var known = this.traditional;
    return known ? Array.from(text, function (one) { return known.get(one) || one; }).join("") : text;
  };

  /**
   * The worth of each row of a pack, which is none where it does not meet all words.
   * alike: as in `Finder.search`. isNarrowed: whether more is asked for than the words, which then may be met by where a row stands.
   */
  function worths(pack, words, alike, readings, isNarrowed) {
    var all = null;
    words.forEach(function (word) {
      var found = new Float32Array(pack.titles.length).fill(NONE);
      var note = function (row, points) {
        if (points > found[row]) found[row] = points;
      };
      if (alike) {
        pack.findAlike(word, readings, alike > 1, note);
        if (readings && LATIN.test(word)) pack.findSpelt(asSpelt(word), readings, note);
      } else {
        if (pack.said.has(word)) pack.said.get(word).forEach(function (one, row) { note(row, one.points); });
        pack.text.find(word, note);
        pack.also.find(word, function (line, points) { note(pack.alsoOf[line], points - 1); });
        if (LATIN.test(word)) pack.findSpelt(asSpelt(word), null, note);
        if (words.length > 1 || isNarrowed) {
          pack.placeText.find(word, function (place, points) {
            var first = pack.firstOf[place];
            for (var i = 0; i < pack.places[place][2]; i++) note(first + i, Math.max(points - OF_PLACE, 1));
          });
        }
      }
      all = all ? all.map(function (points, row) { return points === NONE || found[row] === NONE ? NONE : points + found[row]; }) : found;
    });
    return words.length > 1 ? all.map(function (points) { return points === NONE ? NONE : points / words.length; }) : all;
  }

  /** What tells of a combination the facets of which it has none that is wanted. */
  function failing(wanted) {
    var chosen = FACETS.filter(function (facet) { return wanted[facet] && wanted[facet].length; }).map(function (facet) {
      return { facet: facet, at: FACETS.indexOf(facet), ids: new Set(wanted[facet].map(String)) };
    });
    return function (facets) {
      return chosen.filter(function (one) { return !facets[one.at].some(function (id) { return one.ids.has(String(id)); }); });
    };
  }

  /**
   * Answers a question.
   * query: as typed. filters: IDs by facet. edition: that the reader has chosen before. limit: of groups.
   * some: where nothing meets it, take what comes nearest.
   */
  Finder.prototype.search = function (asked) {
    var ways = this.waysOf(asked.query), filters = asked.filters || {};
    var isNarrowed = FACETS.some(function (facet) { return filters[facet] && filters[facet].length; });
    if (!ways.length && isNarrowed) ways.push({ words: [], facets: {}, less: 0 }); // all that is of this kind
    var found = this.collect(ways, 0) || this.collect(ways.spare, 0), alike = 0, most = HAN.test(asked.query) ? 2 : 1; // 1: sounds the same, 2: nearly so
    while (!found && alike < most) found = this.collect(ways.filter(function (way) { return way.words.length; }), ++alike);
    var more = { alike: found !== null && alike > 0, near: false, some: false, words: wordsOf(ways.concat(ways.spare)) };
    if (found || !asked.some || !ways.length) return this.answer(found, asked, more);
    return this.nearest(ways, asked, more);
  };

  /** All words of some ways, each once. */
  function wordsOf(ways) {
    var words = new Set();
    ways.forEach(function (way) { way.words.forEach(function (word) { words.add(word); }); });
    return Array.from(words);
  }

  /** How a query may be meant: words, and facets that some of them ask for. */
  Finder.prototype.waysOf = function (asked) {
    var query = asked.slice(0, LONGEST).normalize("NFKC"), simple = this.simplified(query), raw = new Map(), ways = [];
    var divided = function (text) {
      var words = new Map();
      text.split(/\s+/).forEach(function (word) { if (plain(word)) words.set(plain(word), word); });
      words.forEach(function (word, plain) { raw.set(plain, word); });
      return Array.from(words.keys());
    };
    var add = function (words, isGuess) {
      var isNew = words.length && !ways.some(function (way) { return way.words.join() === words.join(); });
      if (isNew) ways.push({ words: words, facets: {}, less: isGuess ? UNFINISHED : 0, isGuess: isGuess });
    };
    var typed = divided(query), whole = divided(simple), words = divided(simple.replace(BRACKETS, " "));
    ways.raw = raw; // words by how they are compared: where there are signs in them texts have them apart
    add(words);
    add(whole);
    add(typed); // 乾 is traditional, and is written today as well
    var toneless = words.map(function (word) { return word.normalize("NFD").replace(TONES, "").normalize("NFC"); });
    ways.spare = []; // is meant where nothing else is found
    if (NUMBERED.test(toneless.join(""))) ways.spare.push({ words: [toneless.join("").replace(/[1-5]/g, "")], facets: {}, less: 0 });
    if (toneless.length && toneless.every(function (word) { return LATIN.test(word); })) {
      [toneless, [toneless.join("")]].forEach(function (spelt) {
        add(spelt);
        add(spelt.map(function (word) { return word.replace(/([nl])u(?!e)/g, "$1v"); }), true); // as many type nü and lü
      });
    }
    var lessons = words.map(function (word) { return word.replace(HOUR, ""); }).filter(Boolean);
    if (lessons.join() !== words.join() && lessons.length) ways.push({ words: lessons, facets: {}, less: UNDERSTOOD });
    var understood = this.words.understand(lessons.length ? lessons : words);
    var isShort = understood && understood.isShort;
    ways.understood = isShort ? null : understood;
    if (understood) {
      var among = isShort ? ways.spare : ways, asTyped = understood.words.map(function (word) { return typed[whole.indexOf(word)] || word; });
      among.push(understood);
      if (asTyped.join() !== understood.words.join()) among.push(Object.assign({}, understood, { words: asTyped }));
    }
    return ways;
  };

  /** The worth of each row of each pack, by the best way; nothing where no row is found. */
  Finder.prototype.collect = function (ways, alike) {
    var any = false, readings = this.readings;
    ways.forEach(function (way) { way.fails = failing(way.facets); });
    var found = this.packs.map(function (pack) {
      var best = new Float32Array(pack.titles.length).fill(NONE);
      ways.forEach(function (way) {
        var fits = pack.meant.map(function (facets) { return !way.fails(facets).length; });
        var told = pack.facets.map(function (facets) { return !way.fails(facets).length; });
        var isNarrowed = Object.keys(way.facets).length > 0;
        var rows = way.words.length ? worths(pack, way.words, alike, readings, isNarrowed) : null;
        for (var row = 0; row < best.length; row++) {
          var own = !pack.names[row], points = rows ? rows[row] : own ? WITHIN : WITHIN / 2;
          if (points === NONE || !fits[pack.of[row]]) continue;
          any = true;
          points = Math.max(0, points + (own ? HOLDS_OTHERS : 0) - way.less - (told[pack.of[row]] ? 0 : UNTOLD));
          if (points > best[row]) best[row] = points;
        }
      });
      return best;
    });
    return any ? found : null;
  };

  /** What is shown of what was found: groups of the same lesson, and how many there are of each facet. */
  Finder.prototype.answer = function (found, asked, more) {
    var counts = {}, without = {}, filters = asked.filters || {}, order = new Float64Array(found ? this.size() : 0), total = 0;
    var filtered = failing(filters);
    FACETS.forEach(function (facet) { counts[facet] = {}; });
    (found || []).forEach(function (worth, number) {
      var pack = this.packs[number], hits = new Int32Array(pack.facets.length);
      var fails = pack.facets.map(filtered);
      for (var row = 0; row < worth.length; row++) {
        if (worth[row] === NONE) continue;
        hits[pack.of[row]]++;
        if (!fails[pack.of[row]].length) order[total++] = (WORTHIEST - Math.round(worth[row] * 1000)) * MOST_ROWS + pack.base + row;
      }
      hits.forEach(function (many, combination) {
        var failed = fails[combination];
        if (many && failed.length) without.all = (without.all || 0) + many;
        if (!many || failed.length > 1) return;
        FACETS.forEach(function (facet, at) {
          if (failed.length && failed[0].facet !== facet) return;
          pack.facets[combination][at].forEach(function (id) { counts[facet][id] = (counts[facet][id] || 0) + many; });
        });
        if (failed.length) without[failed[0].facet] = (without[failed[0].facet] || 0) + many;
      });
    }, this);
    order = order.subarray(0, total).sort();
    var groups = this.grouped(order, asked.limit || 8);
    groups.shown.forEach(function (members) {
      var own = members.findIndex(function (one) { return asked.edition && one.pack.facets[one.pack.of[one.row]][EDITION][0] === asked.edition; });
      if (own > 0) members.unshift(members.splice(own, 1)[0]);
    });
    return {
      query: asked.query, said: this.countSaid(order, more.words), any: found !== null, of: groups.of, total: total, counts: counts, without: without,
      groups: groups.shown.map(function (members) {
        return members.map(function (one) { return quotable(one.pack, one.row, more.words); });
      }),
      alike: more.alike, near: more.near, some: more.some, words: { ids: this.words.ids, titles: this.words.titles },
    };
  };

  /** A row, with where its text is that was meant, if it was; that may be another class hour's. */
  function quotable(pack, number, words) {
    var row = pack.row(number, words), said = pack.saidAt(number, words);
    if (said) {
      row.said = said;
      row.pack = pack.name;
      if (said.hour > 1) row.address = row.address.replace(/\.html$/, "-" + said.hour + ".html");
    }
    return row;
  }

  /** How many groups were found by what their pages say. */
  Finder.prototype.countSaid = function (order, words) {
    var groups = new Set(), finder = this;
    if (!this.packs.some(function (pack) { return pack.said.size; })) return 0;
    order.forEach(function (key) {
      var one = finder.rowAt(key % MOST_ROWS);
      if (one.pack.saidAt(one.row, words)) groups.add(one.pack.group[one.row]);
    });
    return groups.size;
  };

  /** The row that is at a place among those of all packs. */
  Finder.prototype.rowAt = function (at) {
    var number = this.packs.length - 1;
    while (this.packs[number].base > at) number--;
    return { pack: this.packs[number], row: at - this.packs[number].base };
  };

  /** The first groups of rows that are in their order, and how many groups there are. */
  Finder.prototype.grouped = function (order, limit) {
    var places = new Int32Array(this.groups.size).fill(-1), shown = [], of = 0;
    order.forEach(function (key) {
      var one = this.rowAt(key % MOST_ROWS), group = one.pack.group[one.row];
      if (places[group] < 0) {
        places[group] = of++;
        if (of <= limit) shown.push([]);
      }
      if (places[group] < limit) shown[places[group]].push(one);
    }, this);
    return { shown: shown, of: of };
  };

  /* ---- where it runs */

  /**
   * Keeps a finder supplied, and answers the last question again whenever there is more to find in.
   * load: a promise of what a script of an address holds. tell: is given each answer. stage: whose pack comes first.
   * index: a promise of the list of packs, where it is under way already. run: a promise that a script has been run.
   * reader: the address of texts.js.
   */
  function Desk(load, tell, stage, index, run, reader) {
    this.load = load;
    this.tell = tell;
    this.run = run;
    this.reader = reader;
    this.texts = "";
    this.stage = stage;
    this.asked = null;
    this.without = null; // a question for which traditional characters could not be had
    this.packs = new Map();
    this.looked = { for: "", packs: new Set(), read: 0 };
    this.isOld = false;
    this.isGone = false; // what reads texts: the site has been published anew
    this.finder = new Finder();
    this.open(index || this.load(INDEX), false);
  }

  /** Fetches what there is to find in. Packs of one list alone are searched together: those of another may be another site's. */
  Desk.prototype.open = function (index, again) {
    var desk = this, finder = new Finder(), missing = false;
    var come = function (pack) {
      var address = pack[1];
      return (desk.packs.has(address) ? Promise.resolve(desk.packs.get(address)) : desk.load(address).then(function (data) {
        var made = new Pack(data);
        desk.packs.set(address, made);
        return made;
      })).then(function (made) {
        made.readBy(pack[2] || "");
        return made;
      }).catch(function () { missing = true; });
    };
    var take = function (pack) {
      if (!pack) return;
      finder.put(pack);
      desk.finder = finder;
      desk.answer();
    };
    this.state = "loading";
    this.excerpts = { of: "", at: new Map() }; // of texts, by the addresses of pages, for a query
    return index.then(function (index) {
      desk.list = JSON.stringify(index);
      desk.isOld = index.format !== FORMAT; // only the page as it is now has the finder for it
      if (desk.isOld) throw new Error("format " + index.format);
      var listed = new Set(index.packs.map(function (pack) { return pack[1]; }));
      desk.packs.forEach(function (_, address) { if (!listed.has(address)) desk.packs.delete(address); });
      var first = "stages/" + desk.stage, packs = index.packs.slice();
      packs.sort(function (a, b) { return (b[0] === first) - (a[0] === first); });
      if (JSON.stringify(desk.characters) === JSON.stringify(index.characters)) finder.learnt(desk.finder);
      desk.characters = index.characters;
      desk.lexicon = { address: index.lexicon };
      return packs.length ? (again ? Promise.resolve() : come(packs[0]).then(take)).then(function () {
        return packs.slice(again ? 0 : 1).map(come).reduce(function (before, coming) { // all are under way, and are taken in their order
          return before.then(function () { return coming; }).then(take);
        }, Promise.resolve());
      }) : null;
    }).catch(function () { missing = true; }).then(function () {
      if (missing && !again) return desk.open(desk.load(INDEX), true); // a new version may just have been published
      desk.state = missing ? "failed" : "ready";
      desk.answer();
      finder.packs.forEach(function (pack) { setTimeout(function () { pack.heard(); }, 0); }); // before letters are typed
    });
  };

  /** Something of the list is gone: where there is another by now, the site has been published, and that one is taken up. */
  Desk.prototype.renew = function () {
    var desk = this, end = function () { desk.renewing = null; };
    if (this.renewing) return this.renewing;
    this.renewing = this.load(INDEX).then(function (index) {
      if (JSON.stringify(index) === desk.list) throw new Error("the same list");
      desk.asked = Object.assign({}, desk.asked); // what is under way for it with the former list ends
      return desk.open(Promise.resolve(index), true);
    });
    this.renewing.then(end, end);
    return this.renewing;
  };

  Desk.prototype.ask = function (asked) {
    var former = this.asked, question = function (one) { return JSON.stringify([one.query, one.filters, one.texts]); };
    this.asked = former && former.some && question(former) === question(asked) ? Object.assign({ some: true }, asked) : asked;
    if (this.state === "failed" && asked.retry) this.open(this.load(INDEX), false);
    this.answer();
  };

  Desk.prototype.answer = function () {
    if (!this.asked) return;
    var answer = this.finder.search(this.asked);
    var isReady = this.state === "ready", table = isReady && !answer.any && this.without !== this.asked && this.lacking();
    var first = table && table === this.characters.traditional ? table : ""; // with it, titles may say enough
    var wish = isReady && !first ? this.wishOf(answer) : "";
    this.texts = wish;
    if (wish === "read") this.lookIntoTexts(this.asked, answer);
    else this.finish(answer, first);
  };

  /** The table of characters that may help with what is asked, by its address. */
  Desk.prototype.lacking = function () {
    return this.finder.lacking(this.asked.query, this.characters);
  };

  /**
   * Tells what has been found; where it is nothing, perhaps it is spelt with other characters, or has a word too many.
   * first: the table of characters that is wanted before anything else, if one is.
   */
  Desk.prototype.finish = function (answer, first) {
    var desk = this, asked = this.asked, finder = this.finder;
    var isTyping = asked.texts === ""; // a pause, or Enter, asks once more
    var isWhole = this.state === "ready" && this.texts !== "failed";
    var address = first || (answer.any || isTyping || !isWhole ? "" : this.lacking());
    if (!address) {
      if (!answer.any && asked.texts && isWhole && !asked.some) {
        this.nearest(answer);
        return;
      }
      this.tellOf(answer, this.state);
      if (scope.finder.texts) this.quote(asked, answer);
      return;
    }
    this.state = "loading";
    this.texts = "loading";
    this.tellOf(answer, "ready"); // the catalogue is there
    this.load(address).then(function (known) { finder.learn(known); }).then(function () {
      desk.state = "ready";
      desk.answer();
    }, function () {
      return desk.renew().catch(function () {
        desk.state = "ready";
        if (first) desk.without = asked; // goes on without that table
        if (first || desk.asked !== asked) return desk.answer();
        desk.texts = "failed";
        desk.tellOf(answer, desk.state);
      });
    });
  };

  /** Asks once more, for what comes nearest where nothing was found; where what knows that does not come, tells nothing. */
  Desk.prototype.nearest = function (answer) {
    var desk = this, asked = this.asked, ready = this.run ? this.reading() : Promise.reject();
    ready.then(function () {
      if (desk.asked !== asked) return;
      desk.asked = Object.assign({}, asked, { some: true });
      desk.answer();
    }, function () {
      if (desk.asked === asked) desk.tellOf(answer, desk.state);
    });
  };

  Desk.prototype.tellOf = function (answer, state) {
    this.told = answer;
    answer.id = this.asked.id;
    answer.state = state;
    answer.isOld = this.isOld || this.isGone;
    answer.texts = this.texts;
    if (this.excerpts.of === answer.query) {
      answer.groups.forEach(function (rows) { if (rows[0].said) rows[0].excerpt = this.excerpts.at.get(rows[0].address); }, this);
    }
    answer.beyond = this.unread({ total: 0 }).length > 0 && this.looked.packs.size > 0; // other stages may say more than was counted
    this.tell(answer);
  };

  /* ---- texts: looked into where titles say little, one pack after the other, so that the first answer comes soon */

  /** The words that texts are asked for, by the ways that a query may be meant: the longest of each first. */
  Desk.prototype.ways = function (asked) {
    var ways = this.finder.waysOf(asked.query), raw = ways.raw;
    var meant = !asked.some && ways.understood, finder = this.finder, known = new Set();
    var kept = meant && meant.words.concat(meant.short); // what says which pages are wanted need not be said by them
    if (asked.some && ways.length) {
      var last = finder.lastWay(ways);
      ways = last.isAll ? [last] : [last.whole, last];
    }
    return ways.filter(function (way) { return !way.isGuess; }).map(function (way) {
      var words = way === meant ? kept : way.words.filter(function (word) { return !kept || kept.indexOf(finder.simplified(word)) >= 0; });
      words = words.filter(function (word) { return word.length > 1; });
      return words.sort(function (one, other) { return other.length - one.length; }).slice(0, MOST_WORDS).map(function (word) {
        return { plain: word, raw: raw.get(word) || word };
      });
    }).filter(function (words) {
      var key = JSON.stringify(words), isNew = words.length && !known.has(key);
      known.add(key);
      return isNew;
    });
  };

  /** The packs in which there may be more, those of the stages that are wanted first, and others where nothing else is found. */
  Desk.prototype.unread = function (answer) {
    var stages = (this.asked.filters || {}).stage || [], ways = this.ways(this.asked), key = JSON.stringify([this.list, ways, this.asked.some]);
    if (this.looked.for !== key) this.looked = { for: key, packs: new Set(), read: 0 };
    var looked = this.looked.packs;
    var isOther = function (pack) {
      return stages.length && pack.name.indexOf("stages/") === 0 && stages.indexOf(pack.name.slice(7)) < 0;
    };
    return !ways.length ? [] : this.finder.packs.filter(function (pack) {
      return pack.index && !looked.has(pack) && !(answer.total && isOther(pack));
    }).sort(function (one, other) { return isOther(one) - isOther(other); });
  };

  /**
   * What is wanted of texts: to `read` them. Else what they might add: `more`, something beside `titles`, which alone were
   * looked into, or beside `many` of them, for which texts are not read; or nothing.
   * `asked.texts` is `few` unless the reader asks for `texts`, or for `all`.
   */
  Desk.prototype.wishOf = function (answer) {
    var wanted = this.asked.texts, isSpelt = answer.total && !/[^a-zü\s]/i.test(this.asked.query);
    var titles = answer.alike || answer.near || answer.some ? 0 : answer.of - answer.said;
    if (!this.run || !this.unread(answer).length) return "";
    var isEnough = isSpelt || answer.said >= (this.looked.read < WIDELY ? ENOUGH : 1) || !(wanted === "texts" || titles < FEW || answer.said);
    if (wanted && titles < MANY && (wanted === "all" || !isEnough)) return "read";
    if (titles >= MANY) return "many";
    return answer.said || (isSpelt && this.looked.read) ? "more" : "titles";
  };

  /** A promise of what reads texts. */
  Desk.prototype.reading = function () {
    var desk = this;
    return scope.finder.texts ? Promise.resolve() : this.run(this.reader).then(function () { desk.isGone = false; }, function (error) {
      return desk.load(INDEX).then(function () { desk.isGone = true; }, Boolean).then(function () { throw error; });
    });
  };

  /** answer: what was found so far. It is searched again only where more was heard. */
  Desk.prototype.lookIntoTexts = function (asked, answer) {
    var desk = this, ways = this.ways(asked), helpful = null, isStill = function () { return desk.asked === asked; };
    this.texts = "loading";
    this.tellOf(answer, this.state);
    this.reading().then(function () {
      return desk.unread({ total: 0 }).reduce(function (before, pack) {
        return before.then(function () {
          var looked = desk.looked.packs;
          if (!isStill() || desk.unread(answer).indexOf(pack) < 0 || desk.wishOf(answer) !== "read") return null;
          var isNew = !desk.finder.packs.some(function (one) { return one.texts; }), isOwn = pack.name === "stages/" + desk.stage;
          // The reader's own stage is looked into at once, and so is the first pack of a visit: to ask what may help is a round trip more.
          var isAtOnce = !looked.size && ways.length < 2 && !asked.some && (isOwn || isNew);
          if (desk.lexicon.address && !isAtOnce) helpful = helpful || desk.helpful(ways, asked.some);
          return Promise.resolve(helpful).then(function (words) {
            if (words && isStill()) desk.finder.packs.forEach(function (one) { if (!words.get(one.name).size) looked.add(one); });
            if (looked.has(pack) || !isStill()) return false;
            if (!pack.texts) pack.texts = new scope.finder.texts.Texts(desk.load, pack.index);
            return Promise.all(ways.map(function (way) {
              return pack.listen(words ? way.filter(function (word) { return words.get(pack.name).has(word); }) : way, asked.some);
            }));
          }).then(function (isHeard) {
            looked.add(pack);
            if (!isStill()) return;
            desk.looked.read++;
            if (!isHeard) return;
            answer = desk.finder.search(asked);
            desk.tellOf(answer, desk.state);
          });
        });
      }, Promise.resolve());
    }).then(function () {
      if (!isStill()) return;
      var wish = desk.wishOf(answer);
      desk.texts = wish === "read" ? "" : wish;
    }, function () {
      if (!isStill()) return null;
      return desk.renew().catch(function () {
        if (isStill()) desk.texts = "failed";
      });
    }).then(function () {
      if (isStill()) desk.finish(answer);
    });
  };

  function held(text) {
    return JSON.parse(text.slice(text.indexOf("(") + 1, text.lastIndexOf(")")));
  }

  scope.finder = Object.assign(scope.finder || {}, {
    Finder: Finder, Desk: Desk, Pack: Pack, FACETS: FACETS, worths: worths, failing: failing, asSpelt: asSpelt,
    wordsOf: wordsOf, HAN: HAN, LATIN: LATIN, NONE: NONE, WORTHIEST: WORTHIEST, EXACT: EXACT, HOLDS_OTHERS: HOLDS_OTHERS, KIND: KIND,
  });

  if (typeof scope.importScripts === "function") {
    var desk = null, hand = null;
    scope.onmessage = function (event) {
      var first = event.data;
      if ("pack" in first) hand(first.pack);
      else if (desk) desk.ask(first);
      else {
        var early = first.early && new Promise(function (resolve) { hand = resolve; }); // a pack that the page fetches
        var get = function (address) {
          return new Promise(function (resolve, reject) {
            setTimeout(reject, PATIENCE, new Error("no answer " + address));
            fetch(first.root + address, { cache: address === INDEX ? "no-cache" : "default" }).then(function (answer) {
              if (!answer.ok) throw new Error(answer.status + " " + address);
              return answer.text();
            }).then(resolve, reject);
          });
        };
        var load = function (address) { return get(address).then(held); };
        var bring = function (address) {
          var coming = address === first.early && early;
          if (!coming) return load(address);
          early = null;
          return coming.then(function (text) { return text ? held(text) : load(address); });
        };
        desk = new Desk(bring, function (answer) { scope.postMessage(answer); }, first.stage, first.index && Promise.resolve(held(first.index)), function (address) {
          return get(address).then(function () { scope.importScripts(first.root + address); }); // which waits without end
        }, first.reader);
      }
    };
  }
})(typeof self === "undefined" ? globalThis : self);
