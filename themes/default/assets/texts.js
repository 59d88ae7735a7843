/* Finds pages by what they say, and shows where; and what comes nearest where nothing is found. Comes only when it is asked
   for, and runs where finder.js does. Indexes and texts are described in builder/search/indexes.py and texts.py, tokens in tokens.py. */
(function (scope) {
  "use strict";

  var finder = scope.finder;
  var UNSPACED = "\\u3005\\u3007\\u3041-\\u30fa\\u30fc-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  var RUN = new RegExp("[" + UNSPACED + "]+|(?:(?![" + UNSPACED + "])[\\p{L}\\p{N}\\p{M}])+", "gu");
  var NO_PART = /(?![\u0900-\u180a\u1810-\u1cff\ua800-\uabff])\p{M}/gu; // of a word
  var DOT = new RegExp("([" + UNSPACED + "])[\u00b7\u2022\u2027\u30fb](?=[" + UNSPACED + "])", "gu"); // of a name, as in 列夫·托尔斯泰
  var APART = 3; // as in tokens.py
  var IS_UNSPACED = new RegExp("^[" + UNSPACED + "]", "u");
  var WRITTEN = /^[\u3400-\u9fff]{3,}$/; // in characters, of which one may be wrong
  var BEFORE = 24, AFTER = 60; // characters of an excerpt
  var ENDS = /[。！？!?\n]/, CLOSES = /[\s”’」』）)]/; // of a sentence or a line, and what may follow
  var LEAST = 3; // letters or digits of a word that say enough without the character beside them, as not in 第12课
  var MOST = 3; // tokens of a phrase that are asked for: where three stand as they should, others hardly ever do not

  var BY_TEXT = 5, WELL = 10; // of what a page says: at least, and what is added for how well
  var QUOTED = 2; // texts of an answer that are shown, if no more are asked for
  var WISH = new RegExp("(^[^的]|.[^的])的?(?:课文|原文|全文|翻译|译文|注释|作者|讲解|朗读|知识点|主要内容|中心思想|思维导图|练习题|试卷|试题|答案|笔记|教案|" +
    "教学设计|课件|视频|微课|公开课|说课|怎么办|怎么做|ppt)$"); // what is wanted of a subject
  var TITLE = /(.{2})(?:老师|教师)$/; // is not said where somebody is named
  var NEARLY = 0.75; // of the characters of a word, so that it is taken to be others
  var CORRECTIONS = 16; // of what has a wrong character in it, at most
  var EACH = 50; // of words and facets that are met, where not all are
  var TIMES = 1.2, LENGTH = 0.75; // of BM25, as usual (Robertson and Zaragoza, 2009)

  /** In lower case, each letter in one form and without marks that do not count. */
  function folded(text) {
    return text.normalize("NFKC").replace(DOT, "$1").toLowerCase().normalize("NFD").replace(NO_PART, "").normalize("NFC");
  }

  /** The tokens of a text and the position of each: pairs of neighbours where nothing stands between words, else words. */
  function tokens(text) {
    var found = [], position = 0;
    (folded(text).match(RUN) || []).forEach(function (run) {
      var characters = Array.from(run);
      if (characters.length === 1 || !IS_UNSPACED.test(run)) found.push({ token: run, at: position });
      else for (var i = 1; i < characters.length; i++) found.push({ token: characters[i - 1] + characters[i], at: position++ });
      position = found[found.length - 1].at + APART;
    });
    return found;
  }

  /**
   * What a word is looked for by: tokens and where they stand in it. Of pairs that overlap every other one will do, and
   * less is downloaded. A lone character at an end may be part of any pair of a text, and is no help.
   */
  function phrase(word) {
    var all = tokens(word), last = all.length - 1, kept = [];
    var isLone = function (one) { return IS_UNSPACED.test(one.token) && Array.from(one.token).length === 1; };
    all.forEach(function (one, i) {
      if ((i === 0 || i === last) && isLone(one)) return;
      var former = kept[kept.length - 1], next = all[i + 1];
      if (!(former && former.at + 1 === one.at && next && next.at === one.at + 1)) kept.push(one);
    });
    if (kept.length === 1 && all.length > 1 && kept[0].token.length < LEAST && !IS_UNSPACED.test(kept[0].token)) return [];
    last = kept.length - 1;
    return kept.filter(function (one, i) { return last < MOST || i === 0 || i === last || i === last >> 1; });
  }

  /** How many positions a page of a length has: the next power of two. */
  function room(length) {
    return Math.pow(2, 32 - Math.clz32(length));
  }

  /** Where each page has its row: places by number, rows and hours. */
  function rowsOf(table) {
    var place = -1, row = 0, hour = 1, rows = [];
    table.rows.replace(/(\d*)([/.,])(\+*)/g, function (all, left, how, later) {
      if (how === ",") hour += 1 + Number(left);
      else {
        if (how === "/") { place++; row = Number(left); } else row += 1 + Number(left);
        hour = 1 + later.length;
      }
      rows.push([place, row, hour]);
    });
    return rows;
  }

  /** Compares words as the index sorts them: by their characters, also those beyond the first plane. */
  function compare(one, other) {
    var left = Array.from(one), right = Array.from(other);
    for (var i = 0; i < left.length && i < right.length; i++) {
      if (left[i] !== right[i]) return left[i].codePointAt(0) - right[i].codePointAt(0);
    }
    return left.length - right.length;
  }

  /**
   * Words in their order, in parts of which each is asked for when a word of it is.
   * load: a promise of what a script of an address holds. address: of the table of the parts. Part: what each is made into.
   */
  function Parts(load, address, Part) {
    this.load = load;
    this.address = address;
    this.Part = Part;
    this.opened = null;
    this.parts = new Map();
  }

  /** A promise of the table. */
  Parts.prototype.open = function () {
    var own = this;
    if (!this.opened) {
      this.opened = this.load(this.address).then(function (table) {
        own.table = table;
        own.firsts = table.parts.length ? table.firsts.split(" ") : [];
        return table;
      });
      this.opened.catch(function () { own.opened = null; });
    }
    return this.opened;
  };

  /** A promise of the part that would hold a word, by the first word of each; nothing where none would. */
  Parts.prototype.of = function (word) {
    var own = this;
    return this.open().then(function () {
      var low = -1, high = own.firsts.length;
      while (low + 1 < high) {
        var middle = (low + high) >> 1;
        if (compare(own.firsts[middle], word) <= 0) low = middle; else high = middle;
      }
      return low < 0 ? null : own.part(low);
    });
  };

  Parts.prototype.part = function (number) {
    var own = this, address = this.address.replace(/\.[^.]+\.js$/, "/" + this.table.parts[number] + ".js");
    if (!this.parts.has(number)) {
      var part = this.load(address).then(function (columns) { return new own.Part(columns); });
      part.catch(function () { own.parts.delete(number); });
      this.parts.set(number, part);
    }
    return this.parts.get(number);
  };

  /** A part of the index: where the steps from position to position of each of its words lie. */
  function Part(columns) {
    var steps = (this.steps = new Map()), end = 0;
    columns[0].split(" ").forEach(function (word, at) {
      steps.set(word, columns[2].slice(end, end += columns[1][at]));
    });
  }

  /** The positions of a word, in their order. */
  Part.prototype.positions = function (word) {
    var position = 0;
    return (this.steps.get(word) || []).map(function (step) { return position += step; });
  };

  /** A part of the lexicon: the packs that have each of its words, as letters. */
  function Holders(columns) {
    var packs = (this.packs = new Map()), letters = columns[1].split(" ");
    columns[0].split(" ").forEach(function (word, at) { packs.set(word, letters[at]); });
  }

  /** The lexicon of all packs, as builder/search/lexicon.py writes it. */
  function Lexicon(load, address) {
    this.parts = new Parts(load, address, Holders);
  }

  /** A promise of the names of the packs in which a word may be said: those that have all of its tokens. */
  Lexicon.prototype.holders = function (word) {
    var parts = this.parts, wanted = phrase(word);
    if (!wanted.length) return Promise.resolve([]);
    return Promise.all(wanted.map(function (one) {
      return parts.of(one.token).then(function (part) { return part && part.packs.get(one.token) || ""; });
    })).then(function (all) {
      return parts.table.packs.filter(function (name, number) {
        return all.every(function (letters) { return letters.indexOf(String.fromCharCode(97 + number)) >= 0; });
      });
    });
  };

  /**
   * The full text of a pack.
   * load: a promise of what a script of an address holds. address: of the index.
   */
  function Texts(load, address) {
    this.load = load;
    this.address = address;
    this.index = new Parts(load, address, Part);
    this.opened = null;
    this.files = new Map();
    this.known = new Map();
  }

  Texts.prototype.open = function () {
    var texts = this;
    if (!this.opened) {
      this.opened = this.index.open().then(function (table) {
        texts.table = table;
        texts.rows = rowsOf(table);
        texts.lengths = Array.from(table.lengths[1], function (letter) { return table.lengths[0][letter.charCodeAt(0) - 97]; });
        texts.ends = [];
        texts.lengths.reduce(function (start, length, page) { return (texts.ends[page] = start + room(length)); }, 0);
        texts.usual = texts.lengths.reduce(function (sum, length) { return sum + length; }, 0) / texts.lengths.length;
      });
      this.opened.catch(function () { texts.opened = null; });
    }
    return this.opened;
  };

  /** A promise of the pages that hold a word: places by their names, each with its rows, hours and how well they do. */
  Texts.prototype.find = function (word) {
    var texts = this, wanted = phrase(word);
    if (!wanted.length) return Promise.resolve([]);
    if (this.known.has(word)) return Promise.resolve(this.known.get(word));
    return this.open().then(function () { return texts.phrase(wanted); }).then(function (found) {
      texts.known.set(word, found);
      return found;
    });
  };

  /** A promise of the pages that hold tokens where they stand in a phrase, and how much that says of each: as in BM25, from 0 to 1. */
  Texts.prototype.phrase = function (wanted) {
    var texts = this, steps = wanted.map(function (one) { return one.at - wanted[0].at; });
    return Promise.all(wanted.map(function (one) { return texts.token(one.token); })).then(function (all) {
      var often = new Map(), page = 0, others = all.slice(1).map(function (positions) { return new Set(positions); });
      all[0].forEach(function (start) {
        if (!others.every(function (positions, i) { return positions.has(start + steps[i + 1]); })) return;
        while (texts.ends[page] <= start) page++;
        if (start + steps[steps.length - 1] < texts.ends[page]) often.set(page, (often.get(page) || 0) + 1);
      });
      return Array.from(often, function (one) {
        var length = 1 - LENGTH + LENGTH * texts.lengths[one[0]] / texts.usual, at = texts.rows[one[0]];
        return { place: texts.table.places[at[0]], row: at[1], hour: at[2], points: one[1] / (one[1] + TIMES * length) };
      });
    });
  };

  /** A promise of the positions of a token, in their order. */
  Texts.prototype.token = function (token) {
    return this.index.of(token).then(function (part) { return part ? part.positions(token) : []; });
  };

  /** A promise of the text of a page. */
  Texts.prototype.text = function (place, row, hour) {
    var texts = this, number = this.table.places.indexOf(place), file = -1;
    this.table.texts.forEach(function (one, at) { if (one[0] === number && one[1] <= row) file = at; });
    if (file < 0) return Promise.resolve("");
    if (!this.files.has(file)) {
      var folder = this.address.replace("/indexes/", "/texts/").replace(/\.[^.]+\.js$/, "/");
      var loaded = this.load(folder + place + "." + this.table.texts[file][2] + ".js");
      loaded.catch(function () { texts.files.delete(file); });
      this.files.set(file, loaded);
    }
    return this.files.get(file).then(function (entries) {
      var entry = entries.find(function (one) { return one[0] === row && one[1] === hour; });
      return entry ? entry[2] : "";
    });
  };

  /** A part of a text around the first of some words in it: pieces, of which every other one is to be marked. */
  function excerpt(text, words) {
    var letters = "", places = [], characters = Array.from(text.replace(/\n+/g, "\n")), marked = new Set(), first = -1;
    characters.forEach(function (character, at, all) {
      Array.from(tokens.plain(character)).forEach(function (letter) { letters += letter; for (var i = 0; i < letter.length; i++) places.push(at); });
      if (at === all.length - 1) places.push(at + 1);
    });
    words.forEach(function (word) {
      var wanted = tokens.plain(word);
      for (var at = wanted ? letters.indexOf(wanted) : -1; at >= 0; at = letters.indexOf(wanted, at + wanted.length)) {
        for (var i = places[at]; i <= places[at + wanted.length - 1]; i++) marked.add(i);
        if (first < 0 || places[at] < first) first = places[at];
      }
    });
    var from = Math.max(0, first), least = Math.max(0, from - BEFORE);
    while (from > least && !ENDS.test(characters[from - 1])) from--;
    var isBegun = from === 0 || ENDS.test(characters[from - 1]);
    while (isBegun && CLOSES.test(characters[from])) from++;
    var to = Math.min(characters.length, from + BEFORE + AFTER), pieces = [isBegun ? "" : "…"];
    for (var i = from; i < to; i++) {
      if (marked.has(i) !== (pieces.length % 2 === 0)) pieces.push("");
      pieces[pieces.length - 1] += characters[i] === "\n" ? " · " : characters[i];
    }
    if (to < characters.length) {
      if (pieces.length % 2 === 0) pieces.push("");
      pieces[pieces.length - 1] += "…";
    }
    return pieces;
  }

  /** Letters and digits alone, as tokens have them. */
  tokens.plain = function (text) {
    return (folded(text).match(/[\p{L}\p{N}\p{M}]+/gu) || []).join("");
  };

  /* ---- of a pack */

  /** Takes in which pages say a word. */
  finder.Pack.prototype.hear = function (word, pages) {
    var rows = new Map(), places = new Map(), pack = this;
    var name = this.name.split("/"), folder = { stages: "textbooks/", sections: name[1] + "/", site: "" }[name[0]];
    this.places.forEach(function (place, number) { places.set(place[0], number); });
    pages.forEach(function (page) {
      var place = places.get(folder + page.place), points = BY_TEXT + WELL * page.points;
      if (place === undefined || page.row >= pack.places[place][2]) return;
      var row = pack.firstOf[place] + page.row, former = rows.get(row);
      if (!former || former.points < points) rows.set(row, { points: points, place: page.place, row: page.row, hour: page.hour });
    });
    this.said.set(word, rows);
  };

  /** Looks into its texts for words; where no page meets the first, others need not be looked for unless some would do. */
  finder.Pack.prototype.listen = function (words, some) {
    var pack = this, texts = this.texts, look = function (word) {
      return texts.find(word.raw).then(function (pages) {
        if (pack.texts === texts) pack.hear(word.plain, pages); // else another version has come meanwhile
      });
    };
    if (!words.length) return Promise.resolve();
    return look(words[0]).then(function () {
      return some || (pack.texts === texts && pack.holds(words[0].plain)) ? Promise.all(words.slice(1).map(look)) : null;
    });
  };

  /** Whether any of its pages may meet a word, as far as texts have been looked into for it. */
  finder.Pack.prototype.holds = function (word) {
    return (this.said.has(word) && this.said.get(word).size > 0) || this.entitles(word);
  };

  /** Whether any of its titles may meet a word. */
  finder.Pack.prototype.entitles = function (word) {
    var any = [this.text, this.also, this.placeText].some(function (text) { return text.whole.indexOf(word) >= 0; });
    if (!any && finder.LATIN.test(word)) this.findSpelt(finder.asSpelt(word), null, function () { any = true; });
    return any;
  };

  /**
   * Takes in what titles have instead of a word with one wrong character. The others say which word was meant where they are
   * four or more; the beginning and the end of a title count as one each.
   */
  finder.Pack.prototype.findMiswritten = function (word, meant) {
    if (!WRITTEN.test(word)) return;
    for (var wrong = 0; wrong < word.length; wrong++) {
      var one = word.slice(0, wrong) + "\\p{Script=Han}" + word.slice(wrong + 1);
      var shape = { 3: "^" + one + "$", 4: "^" + one + "|" + one + "$" }[word.length] || one;
      (this.text.whole.match(new RegExp(shape, "gmu")) || []).forEach(function (found) { meant.add(found); });
    }
  };

  /** A promise of the words of ways that each pack's texts may say: where some word of a way is nowhere in a pack, none of that. */
  finder.Desk.prototype.helpful = function (ways, some) {
    var lexicon = this.lexicon, packs = this.finder.packs, found = new Map();
    if (!lexicon.reader) lexicon.reader = new Lexicon(this.load, lexicon.address);
    packs.forEach(function (pack) { found.set(pack.name, new Set()); });
    return Promise.all(ways.map(function (words) {
      var said = new Map(packs.map(function (pack) { return [pack, []]; }));
      if (some) words.forEach(function (word) { lexicon.reader.holders(word.raw).catch(Boolean); }); // all are wanted: at once
      return words.reduce(function (before, word) {
        return before.then(function () {
          return said.size ? lexicon.reader.holders(word.raw) : [];
        }).then(function (names) {
          said.forEach(function (own, pack) {
            if (names.indexOf(pack.name) >= 0) own.push(word);
            else if (!some && !pack.entitles(word.plain)) said.delete(pack);
          });
        });
      }, Promise.resolve()).then(function () {
        said.forEach(function (own, pack) { own.forEach(function (word) { found.get(pack.name).add(word); }); });
      });
    })).then(function () { return found; });
  };

  /* ---- parts of the texts that were meant */

  /** Tells an answer again with parts of the texts that were meant. */
  finder.Desk.prototype.quote = function (asked, answer) {
    var desk = this, packs = new Map(), wanted = [], isLost = false, words = [].concat.apply([], this.ways(asked)).map(function (word) { return word.plain; });
    if (this.excerpts.of !== answer.query) this.excerpts = { of: answer.query, at: new Map() };
    var known = this.excerpts.at;
    this.finder.packs.forEach(function (pack) { packs.set(pack.name, pack); });
    answer.groups.slice(0, asked.quoted || QUOTED).forEach(function (rows) { if (rows[0].said && !known.has(rows[0].address)) wanted.push(rows[0]); });
    if (!wanted.length) return;
    Promise.all(wanted.map(function (row) {
      return packs.get(row.pack).texts.text(row.said.place, row.said.row, row.said.hour).then(function (text) {
        known.set(row.address, excerpt(text, words));
      }, function () { isLost = true; });
    })).then(function () {
      if (desk.asked === asked && isLost) return desk.renew();
      return null;
    }).catch(function () {
      if (desk.asked === asked) desk.texts = "failed";
    }).then(function () {
      if (desk.asked === asked) desk.tellOf(desk.told, desk.state); // more may have been found meanwhile
    });
  };

  /* ---- what comes nearest */

  /** Answers a question that nothing meets in any of its ways. more: of the answer, as in `Finder.search`. */
  finder.Finder.prototype.nearest = function (ways, asked, more) {
    var last = this.lastWay(ways), corrected = [], taken = [last.whole], found = null;
    if (last.isAll) taken.push(last);
    found = this.collect(taken, 0);
    more.some = !found || last.whole.leavesOut;
    if (!found) {
      taken = corrected = this.corrected(ways.understood ? [last.whole, ways[0]] : [last.whole]);
      found = this.collect(corrected, 0);
      more.near = found !== null && !last.whole.leavesOut;
      more.some = !more.near;
    }
    if (!found) {
      taken = [last];
      found = this.collect(taken, 0);
    }
    if (!found && corrected.length === 1) taken = [last = corrected[0]];
    more.words = finder.wordsOf(taken);
    return this.answer(found || this.collectSome(last), asked, more);
  };

  /** How a query may be meant that nothing meets: by its words apart, and by what they are about; `whole`: with its words not taken apart. */
  finder.Finder.prototype.lastWay = function (ways) {
    var way = ways.understood || ways[0];
    var whole = way.words.map(function (word) { return word.replace(WISH, "$1").replace(TITLE, "$1"); }), words = this.parted(whole);
    return {
      words: words, facets: way.facets, less: 0, isAll: words.join("") === whole.join(""),
      whole: { words: whole, facets: way.facets, less: 0, leavesOut: whole.join("") !== way.words.join("") },
    };
  };

  /** Ways with their words as titles have them, where these have one other character: one for each that may be meant. */
  finder.Finder.prototype.corrected = function (ways) {
    var packs = this.packs;
    return ways.map(function (way) {
      var all = way.words.reduce(function (before, word) {
        var meant = new Set();
        if (packs.some(function (pack) { return pack.holds(word); })) meant.add(word);
        else packs.forEach(function (pack) { pack.findMiswritten(word, meant); });
        return before.map(function (words) {
          return Array.from(meant, function (one) { return words.concat(one); });
        }).flat().slice(0, CORRECTIONS);
      }, [[]]);
      return all.filter(function (words) { return words.join() !== way.words.join(); }).map(function (words) {
        return { words: words, facets: way.facets, less: way.less };
      });
    }).flat();
  };

  /** Whether a text is the whole title of a lesson. */
  finder.Finder.prototype.isTitle = function (text) {
    return this.packs.some(function (pack) {
      for (var line = "\n" + text + "\n", at = pack.text.whole.indexOf(line); at >= 0; at = pack.text.whole.indexOf(line, at + 1)) {
        if (pack.facets[pack.of[pack.text.lineAt(at + 1, 0)]][finder.KIND][0] === "lesson") return true;
      }
      return false;
    });
  };

  /**
   * Words; instead of one that is nearly all made of words that titles have, those; and instead of one that begins with
   * the title of a lesson, that and the rest, as who wrote it.
   */
  finder.Finder.prototype.parted = function (words) {
    var own = this, packs = this.packs, parts = [];
    var isKnown = function (text) {
      return packs.some(function (pack) { return pack.text.whole.indexOf(text) >= 0 || pack.placeText.whole.indexOf(text) >= 0; });
    };
    words.forEach(function (word) {
      var known = [], covered = 0, begun = 0;
      for (var at = 0, end; finder.HAN.test(word) && at < word.length - 1; at = Math.max(end, at + 1)) {
        for (end = at + 1; end < word.length && isKnown(word.slice(at, end + 1));) end++;
        if (end === at + 1) continue;
        if (at === 0 && own.isTitle(word.slice(0, end))) begun = end;
        known.push(word.slice(at, end));
        covered += end - at;
      }
      parts = parts.concat(covered >= NEARLY * word.length ? known : begun ? [word.slice(0, begun), word.slice(begun)] : word);
    });
    return parts;
  };

  /**
   * The worth of each row that meets some of the words, or all of the facets if there are several: the more of both, the better.
   * Where none does, one facet may fail that is not the subject; nothing where even so there is none.
   */
  finder.Finder.prototype.collectSome = function (way) {
    var own = this, any = false, fails = finder.failing(way.facets), facets = Object.keys(way.facets).length;
    var words = way.words.filter(function (word) { return word.length > 1 || own.isTitle(word); });
    if ((words.length ? way.words.length : 0) + facets < 2) return null;
    var worthsOf = function (pack, word) {
      var least = word.length > 1 ? 0 : finder.EXACT; // a character is in too many titles
      return finder.worths(pack, [word], 0, null).map(function (points) { return points < least ? finder.NONE : points; });
    };
    var worth = this.packs.map(function (pack) { return words.map(worthsOf.bind(null, pack)); });
    var collect = function (most) {
      return own.packs.map(function (pack, number) {
        var base = [];
        var fits = pack.meant.map(function (combination, at) {
          var lost = fails(combination).map(function (one) { return one.facet; });
          base[at] = facets - lost.length - (lost.indexOf("grade") < 0 ? 0 : 0.5);
          return facets > 1 && lost.length <= most && lost.indexOf("subject") < 0;
        });
        return Float32Array.from(pack.of, function (combination, row) {
          var met = worth[number].map(function (points) { return points[row]; }).filter(function (points) { return points !== finder.NONE; });
          if (!met.length && !fits[combination]) return finder.NONE;
          any = true;
          var points = (met.length + base[combination]) * EACH + (pack.names[row] ? 0 : finder.HOLDS_OTHERS) + Math.max.apply(null, met.concat(0));
          return Math.min(points, finder.WORTHIEST / 1000);
        });
      });
    };
    var found = collect(0);
    if (!any) found = collect(1);
    return any ? found : null;
  };

  finder.texts = { Texts: Texts, Lexicon: Lexicon, tokens: tokens, phrase: phrase, excerpt: excerpt };
})(typeof self === "undefined" ? globalThis : self);
