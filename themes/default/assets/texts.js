/* Finds pages by what they say, and shows where. Comes only when it is asked for; runs where finder.js does.
   Indexes and texts are described in builder/search/indexes.py and texts.py, tokens in tokens.py. */
(function (scope) {
  "use strict";

  var UNSPACED = "\\u3005\\u3007\\u3041-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  var RUN = new RegExp("[" + UNSPACED + "]+|(?:(?![" + UNSPACED + "])[\\p{L}\\p{N}])+", "gu");
  var IS_UNSPACED = new RegExp("^[" + UNSPACED + "]", "u");
  var BEFORE = 24, AFTER = 60; // characters of an excerpt
  var MOST = 3; // tokens of a phrase that are asked for: where three stand as they should, others hardly ever do not

  /** In lower case, each letter in one form and without marks. */
  function folded(text) {
    return text.normalize("NFKC").toLowerCase().normalize("NFD").replace(/\p{M}+/gu, "").normalize("NFC");
  }

  /** The tokens of a text: pairs of neighbours where nothing stands between words, else words. */
  function tokens(text) {
    var found = [];
    (folded(text).match(RUN) || []).forEach(function (run) {
      var characters = Array.from(run);
      if (characters.length === 1 || !IS_UNSPACED.test(run)) found.push(run);
      else for (var i = 1; i < characters.length; i++) found.push(characters[i - 1] + characters[i]);
    });
    return found;
  }

  /**
   * What a word is looked for by: phrases, each of tokens and where they stand in it. Of pairs that overlap every other
   * one will do, and less is downloaded. A lone character is part of many pairs, and no help.
   */
  function phrases(word) {
    var all = tokens(word), found = [], open = null;
    var isPair = function (token) { return token !== undefined && IS_UNSPACED.test(token) && Array.from(token).length > 1; };
    var overlap = function (one, other) {
      return isPair(one) && isPair(other) && Array.from(one)[1] === Array.from(other)[0];
    };
    all.forEach(function (token, at) {
      if (IS_UNSPACED.test(token) && !isPair(token)) { open = null; return; }
      if (!open) found.push(open = { start: at, tokens: [] });
      var last = open.tokens[open.tokens.length - 1];
      var isCovered = last && last.at + 1 === at - open.start && overlap(last.token, token) && overlap(token, all[at + 1]);
      if (!isCovered) open.tokens.push({ token: token, at: at - open.start });
    });
    return found.map(function (phrase) {
      var last = phrase.tokens.length - 1;
      return phrase.tokens.filter(function (token, at) {
        return last < MOST || at === 0 || at === last || at === last >> 1;
      });
    });
  }

  function bytes(text) {
    return Uint8Array.from(atob(text), function (character) { return character.charCodeAt(0); });
  }

  /* ---- what Pagefind reads: CBOR (RFC 8949), of the columns in which it is sent */

  var WEIGHT = -25, encoder = new TextEncoder();

  /** Numbers, texts and lists as CBOR. */
  function cbor(value) {
    var out = [];
    function head(kind, number) {
      if (number < 24) out.push(kind | number);
      else if (number < 0x100) out.push(kind | 24, number);
      else if (number < 0x10000) out.push(kind | 25, number >> 8, number & 255);
      else out.push(kind | 26, number >>> 24, (number >> 16) & 255, (number >> 8) & 255, number & 255);
    }
    (function add(one) {
      if (typeof one === "number") { if (one < 0) head(0x20, -1 - one); else head(0, one); }
      else if (typeof one === "string") {
        var letters = encoder.encode(one);
        head(0x60, letters.length);
        letters.forEach(function (letter) { out.push(letter); });
      } else {
        head(0x80, one.length);
        one.forEach(add);
      }
    })(value);
    return new Uint8Array(out);
  }

  /** What is known of all pages. */
  function ofAll(table) {
    var lengths = table.lengths[0];
    return cbor([
      "", Array.from(table.lengths[1], function (letter, at) { return [String(at), lengths[letter.charCodeAt(0) - 97]]; }),
      table.ranges.map(function (range, number) { return range.split(" ").concat(number.toString(36)); }), [], [], [],
    ]);
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

  /** A part of the index. */
  function ofPart(columns) {
    var page = 0, place = 0;
    return cbor([columns[0].split(" ").map(function (word, at) {
      var pages = [];
      for (var i = 0; i < columns[1][at]; i++, page++) {
        var places = columns[4].slice(place, place += columns[3][page]);
        pages.push([columns[2][page], [WEIGHT].concat(places), []]);
      }
      return [word, pages, []];
    })]);
  }

  /** Where the words of a part lie: Pagefind tells of a page the first place alone. */
  function Places(columns) {
    var starts = (this.starts = new Map()), page = 0, place = 0;
    this.columns = columns;
    columns[0].split(" ").forEach(function (word, at) {
      starts.set(word, { page: page, place: place, pages: columns[1][at] });
      for (var i = 0; i < columns[1][at]; i++) place += columns[3][page++];
    });
  }

  /** All places of a word, by the name of the page; nothing where the part does not have it. */
  Places.prototype.of = function (word) {
    var start = this.starts.get(word), columns = this.columns, found = new Map(), page = 0;
    if (!start) return null;
    for (var i = start.page, at = start.place; i < start.page + start.pages; i++) {
      var places = [], place = 0;
      for (var end = at + columns[3][i]; at < end; at++) places.push(place += columns[4][at]);
      found.set(String(page += columns[2][i]), places);
    }
    return found;
  };

  /**
   * The full text of a pack.
   * load: a promise of what a script of an address holds. address: of the index. engine: what searches it.
   */
  function Texts(load, address, engine) {
    this.load = load;
    this.address = address;
    this.pagefind = engine;
    this.opened = null;
    this.parts = new Map();
    this.places = [];
    this.files = new Map();
    this.known = new Map();
  }

  Texts.prototype.open = function () {
    var texts = this;
    if (!this.opened) {
      this.opened = this.load(this.address).then(function (table) {
        texts.table = table;
        texts.rows = rowsOf(table);
        texts.pointer = texts.pagefind.init_pagefind(ofAll(texts.table));
      });
      this.opened.catch(function () { texts.opened = null; });
    }
    return this.opened;
  };

  Texts.prototype.part = function (number) {
    var texts = this, address = this.address.replace(/\.[^.]+\.js$/, "/" + this.table.parts[number] + ".js");
    if (!this.parts.has(number)) {
      var part = this.load(address).then(function (data) {
        texts.places.push(new Places(data));
        texts.pointer = texts.pagefind.load_index_chunk(texts.pointer, ofPart(data));
      });
      part.catch(function () { texts.parts.delete(number); });
      this.parts.set(number, part);
    }
    return this.parts.get(number);
  };

  /** A promise of the pages that hold a word: places by their names, each with its rows, hours and how well they do. */
  Texts.prototype.find = function (word) {
    var texts = this, wanted = phrases(word);
    if (!wanted.length) return Promise.resolve([]);
    if (this.known.has(word)) return Promise.resolve(this.known.get(word));
    return this.open().then(function () {
      return Promise.all(wanted.map(function (phrase) { return texts.phrase(phrase); }));
    }).then(function (all) {
      var found = all[0].filter(function (one) {
        return all.every(function (other) { return other === all[0] || other.labels.has(one.label); });
      });
      texts.known.set(word, found);
      return found;
    });
  };

  /** A promise of the pages that hold tokens where they stand in a phrase. */
  Texts.prototype.phrase = function (phrase) {
    var texts = this;
    return Promise.all(phrase.map(function (one) { return texts.token(one.token); })).then(function (all) {
      var labels = new Map(), best = 0;
      all[0].forEach(function (places, label) {
        var starts = places.at, points = places.points;
        for (var i = 1; i < all.length && starts.length; i++) {
          var other = all[i].get(label), shift = phrase[i].at;
          starts = other ? starts.filter(function (start) { return other.at.indexOf(start + shift) >= 0; }) : [];
          if (other) points += other.points;
        }
        if (!starts.length) return;
        labels.set(label, points);
        best = Math.max(best, points);
      });
      var found = [];
      labels.forEach(function (points, label) {
        var at = texts.rows[label];
        found.push({ label: label, place: texts.table.places[at[0]], row: at[1], hour: at[2], points: points / (best || 1) });
      });
      found.labels = labels;
      return found;
    });
  };

  /** A promise of the pages that hold a token, by their names: where, and how much that says of them. */
  Texts.prototype.token = function (token) {
    var texts = this, bare = token.normalize("NFD"); // as Pagefind compares them
    var parts = JSON.parse(this.pagefind.request_indexes(this.pointer, bare)).filter(Boolean);
    return Promise.all(parts.map(function (label) { return texts.part(parseInt(label, 36)); })).then(function () {
      var results = JSON.parse(texts.pagefind.search(texts.pointer, bare, bare, "{}", "", true, false)).results;
      var part = texts.places.find(function (places) { return places.starts.has(bare); }), places = part && part.of(bare);
      return new Map(results.filter(function (one) { return places && places.has(one.p); }).map(function (one) {
        return [one.p, { at: places.get(one.p), points: one.s }];
      }));
    });
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
    var letters = "", places = [];
    Array.from(text.replace(/\n+/g, " · ")).forEach(function (character, at, all) {
      Array.from(tokens.plain(character)).forEach(function (letter) { letters += letter; for (var i = 0; i < letter.length; i++) places.push(at); });
      if (at === all.length - 1) places.push(at + 1);
    });
    var characters = Array.from(text.replace(/\n+/g, " · ")), marked = new Set(), first = -1;
    words.forEach(function (word) {
      var wanted = tokens.plain(word);
      for (var at = wanted ? letters.indexOf(wanted) : -1; at >= 0; at = letters.indexOf(wanted, at + wanted.length)) {
        for (var i = places[at]; i <= places[at + wanted.length - 1]; i++) marked.add(i);
        if (first < 0 || places[at] < first) first = places[at];
      }
    });
    var from = Math.max(0, (first < 0 ? 0 : first) - BEFORE), to = Math.min(characters.length, from + BEFORE + AFTER);
    var pieces = [from ? "…" : ""];
    for (var i = from; i < to; i++) {
      if (marked.has(i) !== (pieces.length % 2 === 0)) pieces.push("");
      pieces[pieces.length - 1] += characters[i];
    }
    if (to < characters.length) {
      if (pieces.length % 2 === 0) pieces.push("");
      pieces[pieces.length - 1] += "…";
    }
    return pieces;
  }

  /** Letters and digits alone, as tokens have them. */
  tokens.plain = function (text) {
    return (folded(text).match(/[\p{L}\p{N}]+/gu) || []).join("");
  };

  scope.finder.texts = { Texts: Texts, tokens: tokens, phrases: phrases, excerpt: excerpt, bytes: bytes };
})(typeof self === "undefined" ? globalThis : self);
