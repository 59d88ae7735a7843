/* The search page: what is typed and chosen lies in its address. */
(function () {
  "use strict";
  var search = window.catalogueSearch, area = document.querySelector(".seek");
  if (!search || !area) return;
  var STOPS = "a, summary";
  var PAGE = 20, LONG = 8, PAUSE = 600, LONG_PAUSE = 1000; // milliseconds without a key: then the address is written, then texts are looked into
  var SCREEN = 6; // groups that fill a screen: while one types, the rest comes when they are seen
  var QUOTED = 2; // of what was found in texts, and so many more when these have been read
  var FACETS = ["stage", "subject", "edition", "grade", "volume", "kind"];
  var element = search.element, button = search.button, fill = search.fill;
  var form = area.querySelector("form"), input = form.querySelector("input");
  var facets = area.querySelector(".facets"), found = area.querySelector(".found"), count = area.querySelector("[role=status]");
  var narrow = area.querySelector(".narrow"), results = area.querySelector(".results"), after = area.querySelector(".after");
  var chosen = area.querySelector(".chosen");
  var say = function (name, values) { return fill(area.getAttribute("data-" + name), values || {}); };
  var state = read(), number = 0, limit = PAGE, composing = false, latest = null, unwritten = "", later = 0, texts = "texts", pause = 0, quoted = QUOTED;
  var left = history.state || {}; // where the reader was, when the page is come back to
  var next = -1; // the first of those that more were asked for, where the keyboard goes on
  var opened = {}, choices = {}, drawn = {}, fields = {}, numbers = new Intl.NumberFormat(document.documentElement.lang);

  area.hidden = false;
  var wide = window.matchMedia("(min-width: 56em)");
  narrow.open = wide.matches;
  wide.onchange = function () { narrow.open = wide.matches; };

  FACETS.forEach(function (facet) {
    fields[facet] = element("fieldset", { hidden: "" });
    facets.append(fields[facet]);
  });

  function read() {
    var given = new URLSearchParams(location.search), filters = {};
    FACETS.forEach(function (facet) { filters[facet] = Array.from(new Set(given.getAll(facet))); });
    return { query: given.get("q") || "", filters: filters };
  }

  function address() {
    var given = new URLSearchParams();
    if (state.query) given.set("q", state.query);
    FACETS.forEach(function (facet) { state.filters[facet].forEach(function (id) { given.append(facet, id); }); });
    var text = given.toString();
    return location.pathname + (text ? "?" + text : "");
  }

  /** Writes the state into the address: as a step that one can go back from, or in place of the last. */
  function note(step) {
    if (step) settle();
    var wanted = address();
    clearTimeout(later);
    unwritten = step ? "" : wanted;
    if (step) write("pushState", wanted);
    else later = setTimeout(settle, PAUSE); // browsers tire of an address for every key
  }

  function settle() {
    if (unwritten) write("replaceState", unwritten);
    unwritten = "";
  }

  function write(how, wanted) {
    if (wanted === location.pathname + location.search) return;
    try { history[how](null, "", wanted); } catch (error) { /* from a file */ }
  }

  /** Keeps how far the reader has come, for browsers that make a page anew when it is come back to. */
  function keep() {
    settle();
    try { history.replaceState({ limit: limit, texts: texts, quoted: quoted, top: window.scrollY }, ""); } catch (error) { /* from a file */ }
  }

  var finder = search.connect(function (answer) { if (answer.id === number || answer.id == null) show(answer); }, function () { location.reload(); });

  function ask(retry) {
    number++;
    var anything = state.query.trim() || FACETS.some(function (facet) { return state.filters[facet].length; });
    if (!anything) { turn(false); count.textContent = ""; return; }
    if (!found.firstChild) { turn(true); count.textContent = say("loading"); }
    finder.ask({
      id: number, query: state.query, filters: state.filters, limit: limit, retry: retry, texts: texts, quoted: quoted,
      stage: state.filters.stage[0] || search.remembered("stage"), edition: state.filters.edition[0] || search.remembered("edition"),
    });
  }

  /** Shows what was found, or the ways to browse; facets come after the list. */
  function turn(isFound) {
    document.body.classList.toggle("searching", isFound);
    results.hidden = chosen.hidden = !isFound;
    if (!isFound) facets.hidden = true;
  }

  function show(answer) {
    turn(true);
    results.setAttribute("aria-busy", String(answer.state === "loading"));
    if (answer.amiss) {
      after.replaceChildren(notice(answer.amiss));
      if (answer.state === "failed" && !answer.total) {
        browse();
        count.textContent = "";
        found.replaceChildren();
        latest = null;
        return;
      }
    } else after.replaceChildren();
    if (answer.texts === "loading") after.append(element("p", { class: "state" }, [say("reading")]));
    if (answer.texts === "more") after.append(element("p", {}, [button(say("read-on"), function () { texts = "all"; ask(); })]));
    var titles = answer.words.titles;
    chips(titles);
    var held = Array.from(found.querySelectorAll(STOPS)).indexOf(document.activeElement);
    var isTyped = texts === "" && document.activeElement === input, first = isTyped ? SCREEN : limit;
    var made = function (rows) { return item(rows, titles); };
    found.replaceChildren.apply(found, answer.groups.slice(0, first).map(made));
    var stop = found.children[next] ? found.children[next].querySelector(STOPS) : found.querySelectorAll(STOPS)[held];
    if (stop) stop.focus({ preventScroll: true });
    next = -1;
    if (left.top && answer.state === "ready" && answer.texts !== "loading") {
      window.scrollTo(0, left.top);
      left = {};
    }
    quoteOn(answer);
    if (answer.of > answer.groups.length) {
      after.append(button(say("more"), function () { limit += PAGE; next = found.children.length; ask(); }, { class: "more" }));
    }
    latest = answer;
    narrow.hidden = !FACETS.some(function (facet) { return state.filters[facet].length || offered(facet).length; });
    (isTyped ? requestAnimationFrame : setTimeout)(function () {
      setTimeout(function () {
        if (latest !== answer) return;
        found.append.apply(found, answer.groups.slice(first).map(made));
        if (narrow.open) narrowed();
      });
    });
    if (answer.state === "loading") count.textContent = say("loading"); // a count that grows would be no count
    else if (!answer.total && (answer.texts === "loading" || texts === "")) count.textContent = say("reading");
    else if (!answer.total) none(answer, titles);
    else count.textContent = say(answer.alike ? "alike" : answer.some ? "some" : isPart() ? "least" : "count", { count: numbers.format(answer.total), query: state.query });
  }

  /** Whether more may be found in texts that have not been looked into. */
  function isPart() {
    return latest.texts === "more" || latest.texts === "loading" || latest.texts === "failed";
  }

  /** Shows the other ways to go on. */
  function browse() {
    document.body.classList.remove("searching");
  }

  function notice(name) {
    return element("p", { class: "notice", role: "alert" }, [say(name), " ", button(say("retry"), function () { ask(true); })]);
  }

  /** Asks for more to be quoted when the reader has come to what is not. */
  function quoteOn(answer) {
    if (!reached) return;
    reached.disconnect();
    var following = answer.groups[quoted], isQuoted = answer.groups.slice(0, quoted).every(function (rows) { return !rows[0].said || rows[0].excerpt; });
    if (following && following[0].said && isQuoted && answer.texts !== "loading") reached.observe(found.children[quoted]);
  }

  var reached = window.IntersectionObserver && new IntersectionObserver(function (entries) {
    if (!entries.some(function (entry) { return entry.isIntersecting; })) return;
    reached.disconnect();
    quoted += QUOTED;
    ask();
  }, { rootMargin: "0px 0px -25% 0px" }); // what only just shows has not been come to

  function item(rows, titles) {
    var row = rows[0];
    var link = element("a", { href: search.root + row.address }, [search.marked(row)]);
    link.addEventListener("click", function () { search.remember(row.facets); });
    var made = element("li", {}, [element("h2", {}, [link]), element("p", { class: "facts" }, [search.facts(row, titles)])]);
    if (row.excerpt && row.excerpt.length) {
      made.append(element("p", { class: "excerpt", dir: "auto" }, row.excerpt.map(function (piece, number) {
        return number % 2 ? element("mark", {}, [piece]) : piece;
      })));
    }
    if (rows.length > 1) {
      var others = element("ul", {}, rows.slice(1).map(function (other) {
        return element("li", {}, [element("a", { href: search.root + other.address }, [search.facts(other, titles)])]);
      }));
      made.append(element("details", {}, [element("summary", {}, [say("others", { count: rows.length - 1 })]), others]));
    }
    return made;
  }

  /** What is chosen, where the facets lie folded. */
  function chips(titles) {
    var made = [];
    FACETS.forEach(function (facet) {
      state.filters[facet].forEach(function (id) {
        var title = titled(titles[facet], id), drop = function () { toggle(facet, id, false); };
        made.push(element("li", {}, [button(title + " ×", drop, { "aria-label": say("without", { filter: title }) })]));
      });
    });
    var isHere = chosen.contains(document.activeElement);
    chosen.replaceChildren.apply(chosen, made);
    if (isHere) (chosen.querySelector("button") || input).focus();
  }

  /** The title of an ID, or the ID where there is none, as of one that somebody has made up. */
  function titled(titles, id) {
    return typeof titles[id] === "string" ? titles[id] : id;
  }

  function toggle(facet, id, isChosen) {
    var others = state.filters[facet].filter(function (one) { return one !== id; });
    state.filters[facet] = isChosen ? others.concat(id) : others;
    changed(true);
  }

  /** Nothing was found: each filter can be dropped where that would help. */
  function none(answer, titles) {
    browse();
    count.textContent = say("none", { query: state.query });
    var offer = function (dropped, many) {
      if (!many) return false;
      var named = dropped.map(function (facet) {
        return state.filters[facet].map(function (id) { return titled(titles[facet], id); }).join("、");
      });
      var drop = function () {
        dropped.forEach(function (facet) { state.filters[facet] = []; });
        changed(true);
        input.focus();
      };
      after.append(element("p", {}, [button(say("drop", { filter: named.join("、"), count: many }), drop)]));
      return true;
    };
    var used = FACETS.filter(function (facet) { return state.filters[facet].length; });
    if (!used.filter(function (facet) { return offer([facet], answer.without[facet]); }).length) offer(used, answer.without.all);
    after.append(element("p", {}, [say("advice")]));
  }

  /** What there is to choose of a facet; nothing where it makes no difference. */
  function offered(facet) {
    var chosen = state.filters[facet], counts = latest.counts[facet];
    var ids = latest.words.ids[facet].map(String).filter(function (id) { return counts[id] || chosen.indexOf(id) >= 0; });
    return ids.length < 2 && !chosen.length ? [] : ids;
  }

  /** The facets, of which only what is another than before is made anew. */
  function narrowed() {
    var words = latest.words, focused = document.activeElement;
    FACETS.forEach(function (facet) {
      var chosen = state.filters[facet], counts = latest.counts[facet], ids = offered(facet);
      if (facet === "grade") ids.sort(function (a, b) { return a - b; });
      var items = ids.map(function (id) {
        var one = choice(facet, id);
        one.box.checked = chosen.indexOf(id) >= 0;
        put(one.title, titled(words.titles[facet], id));
        put(one.count, numbers.format(counts[id] || 0) + (isPart() ? "+" : ""));
        return one.item;
      });
      var isOpen = opened[facet] || ids.slice(LONG).some(function (id) { return chosen.indexOf(id) >= 0; });
      var signs = ids.join() + (isOpen ? "+" : "");
      if (drawn[facet] === signs) return;
      drawn[facet] = signs;
      var made = fields[facet], rest = items.splice(LONG);
      made.hidden = !ids.length;
      made.replaceChildren.apply(made, [element("legend", {}, [say(facet)])].concat(items));
      if (rest.length) {
        var more = element("details", {}, [element("summary", {}, [say("further", { count: rest.length })])].concat(rest));
        more.open = isOpen;
        more.addEventListener("toggle", function () { opened[facet] = more.open; });
        made.append(more);
      }
    });
    facets.hidden = false;
    if (focused !== document.activeElement && facets.contains(focused)) focused.focus();
  }

  function choice(facet, id) {
    var key = "_" + facet + "-" + id;
    if (choices[key]) return choices[key];
    var box = element("input", { type: "checkbox", id: key }), title = element("span"), count = element("small");
    box.addEventListener("change", function () { toggle(facet, id, box.checked); });
    var item = element("div", { class: "choice" }, [box, element("label", { for: key }, [title, " ", count])]);
    return (choices[key] = { item: item, box: box, title: title, count: count });
  }

  function put(place, text) {
    if (place.textContent !== text) place.textContent = text;
  }

  function changed(step) {
    note(step);
    begin(step ? "texts" : "");
    if (!step) pause = setTimeout(function () { texts = "few"; ask(); }, LONG_PAUSE);
  }

  function begin(how) {
    limit = PAGE;
    quoted = QUOTED;
    left = {};
    clearTimeout(pause);
    texts = how;
    ask();
  }

  narrow.addEventListener("toggle", function () { if (narrow.open && latest) narrowed(); });
  input.addEventListener("compositionstart", function () { composing = true; });
  input.addEventListener("compositionend", function () { composing = false; typed(); });
  input.addEventListener("input", function (event) { if (!composing && !event.isComposing) typed(); });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    if (composing) return;
    state.query = input.value;
    changed(true);
  });
  window.addEventListener("pagehide", keep);
  window.addEventListener("popstate", function () {
    clearTimeout(later);
    unwritten = "";
    state = read();
    input.value = state.query;
    begin("texts");
  });

  function typed() {
    state.query = input.value;
    changed(false);
  }

  input.value = state.query;
  limit = left.limit || limit;
  texts = left.texts || texts;
  quoted = left.quoted || quoted;
  finder.open();
  ask();
})();
