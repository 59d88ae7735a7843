/* The search page: what is typed and chosen lies in its address. */
(function () {
  "use strict";
  var search = window.catalogueSearch, area = document.querySelector(".seek");
  if (!search || !area) return;
  var STOPS = "a, summary";
  var PAGE = 20, LONG = 8, PAUSE = 600, LONG_PAUSE = 1000; // milliseconds without a key: then the address is written, then texts are looked into
  var SPELT = /^[a-zü\s]+$/i; // is looked for in texts only when all of them are asked for
  var SCREEN = 6; // groups that fill a screen: while one types, the rest comes when they are seen
  var QUOTED = 2; // of what was found in texts, and so many more when these have been read
  var FACETS = ["stage", "subject", "edition", "grade", "volume", "kind"];
  var element = search.element, button = search.button, fill = search.fill, numbers = search.numbers, put = search.put, draw = search.draw;
  var form = area.querySelector("form"), input = form.querySelector("input");
  var facets = area.querySelector(".facets"), found = area.querySelector(".found"), count = area.querySelector("[role=status]");
  var narrow = area.querySelector(".narrow"), results = area.querySelector(".results"), after = area.querySelector(".after");
  var chosen = area.querySelector(".chosen");
  var say = function (name, values) { return fill(area.getAttribute("data-" + name), values || {}); };
  var state = read(location.search), number = 0, limit = PAGE, latest = null, unwritten = "", isTyping = false, hasPaused = false, later = 0, texts = "texts", pause = 0, quoted = QUOTED;
  var name = document.title, left = {}; // where the reader was, when this is come back to
  var former = null; // where the reader was before what is unwritten
  var isNew = false; // whether anything else is asked for than what is shown
  var coming = []; // what is still to be drawn of what was shown last
  var next = -1; // the first of those that more were asked for, where the keyboard goes on
  var opened = {}, choices = {}, drawn = {}, fields = {};

  area.hidden = false;
  count.tabIndex = -1; // the keyboard goes there from what is gone once it was pressed
  var wide = window.matchMedia("(min-width: 56em)");
  narrow.open = wide.matches;
  wide.onchange = function () { narrow.open = wide.matches; };

  area.querySelector(".skip").onclick = function (event) {
    event.preventDefault();
    (found.querySelector(STOPS) || count).focus();
  };
  FACETS.forEach(function (facet) {
    fields[facet] = element("fieldset", { hidden: "" });
    facets.append(fields[facet]);
  });

  function read(search) {
    var given = new URLSearchParams(search), filters = {};
    FACETS.forEach(function (facet) { filters[facet] = Array.from(new Set(given.getAll(facet))); });
    return { query: given.get("q") || "", filters: filters };
  }

  /** What the address says behind its question mark when it says the state. */
  function written() {
    var given = new URLSearchParams();
    if (state.query) given.set("q", state.query);
    FACETS.forEach(function (facet) { state.filters[facet].forEach(function (id) { given.append(facet, id); }); });
    return "?" + given;
  }

  /** Whether the address says something already, however it is written. */
  function isAddress(said) {
    return JSON.stringify(read(said)) === JSON.stringify(read(location.search));
  }

  /** Writes the state into the address, as a step that one can go back from; all that is typed until Enter is one. */
  function note(step) {
    clearTimeout(later);
    if (step) {
      settle();
      former = progress();
      write("pushState", written());
      isTyping = false;
    } else {
      if (!unwritten) former = progress();
      unwritten = written();
      later = setTimeout(settle, PAUSE); // browsers tire of an address for every key
    }
  }

  function settle() {
    if (!unwritten) return;
    isTyping = write(isTyping ? "replaceState" : "pushState", unwritten) || isTyping;
    unwritten = "";
  }

  /** Writes the address, where it says anything else by now. */
  function write(how, wanted) {
    if (isAddress(wanted)) return false;
    try {
      if (how === "pushState") history.replaceState(former, "");
      history[how](null, "", location.pathname + (wanted === "?" ? "" : wanted));
    } catch (error) { /* from a file */ }
    entitle();
    return true;
  }

  /** Has the page's title say what is asked for, for lists of pages. */
  function entitle() {
    document.title = (state.query && state.query + " · ") + name;
  }

  /** How far the reader has come in the list. */
  function progress() {
    return { limit: limit, texts: texts, quoted: quoted, top: left.top || window.scrollY };
  }

  /** Keeps the place for browsers that make a page anew when it is come back to. */
  function keep() {
    isTyping = true; // a page that is being left takes no step more
    settle();
    try { history.replaceState(progress(), ""); } catch (error) { /* from a file */ }
  }

  /** Goes on where the reader was. */
  function resume(from) {
    entitle();
    clearTimeout(pause);
    hasPaused = true;
    left = from || {};
    limit = left.limit || PAGE;
    texts = left.texts || "texts";
    quoted = left.quoted || QUOTED;
    ask();
  }

  var finder = search.connect(function (answer) { if (answer.id === number || answer.id == null) show(answer); }, function () { location.reload(); });

  function ask(retry) {
    number++;
    var anything = state.query.trim() || FACETS.some(function (facet) { return state.filters[facet].length; });
    if (!anything) { turn(false); put(count, ""); return; }
    if (!found.firstChild) { turn(true); put(count, say("loading")); }
    finder.ask({
      id: number, query: state.query, filters: state.filters, limit: limit, retry: retry, texts: texts, quoted: quoted,
      edition: state.filters.edition[0] || search.remembered("edition"),
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
    var offers = answer.amiss ? [{ is: "notice", text: say(answer.amiss), label: say("retry"), press: function () { ask(true); } }] : [];
    if (answer.state === "failed" && !answer.total) {
      browse();
      put(count, "");
      draw(found, [], item);
      draw(after, offers, offer);
      latest = null;
      coming = [];
      return;
    }
    if ((answer.some || answer.near) && answer.texts === "loading" && !found.firstChild) { // what meets all may still come
      answer = Object.assign({}, answer, { groups: [], of: 0, total: 0 });
    }
    if (answer.texts === "loading") offers.push({ is: "state", text: say("reading") });
    if (answer.texts === "titles" && (texts || hasPaused)) {
      offers.push({ label: say("read"), press: function () { texts = SPELT.test(state.query) ? "all" : "texts"; ask(); } });
    }
    if (answer.texts === "more") offers.push({ label: say("read-on"), press: function () { texts = "all"; ask(); } });
    if (reached) reached.disconnect();
    var titles = answer.words.titles, focused = document.activeElement;
    chips(titles);
    var held = Array.from(found.querySelectorAll(STOPS)).indexOf(focused);
    var isTyped = texts === "" && focused === input, first = isTyped ? SCREEN : limit;
    var made = function (rows) { return item(rows, titles); };
    draw(found, answer.groups.slice(0, first), made, isNew ? 0 : answer.groups.length); // who reads on is not thrown back
    isNew = false;
    var stop = found.children[next] ? found.children[next].querySelector(STOPS) : !focused.isConnected && found.querySelectorAll(STOPS)[held];
    if (stop) stop.focus({ preventScroll: true });
    next = -1;
    if (left.top && answer.state === "ready" && answer.texts !== "loading") {
      window.scrollTo(0, left.top);
      left = {};
    }
    if (answer.of > answer.groups.length) {
      offers.push({ is: "more", label: say("more"), press: function () { limit += PAGE; next = found.children.length; ask(); } });
    }
    latest = answer;
    narrow.hidden = !FACETS.some(function (facet) { return state.filters[facet].length || offered(facet).length; });
    var steps = narrow.open ? [refine] : [];
    for (var many = answer.groups.length; many > first; many -= SCREEN) steps.unshift(draw.bind(null, found, answer.groups.slice(0, many), made));
    steps.push(quoteOn.bind(null, answer));
    coming = steps;
    var goOn = follow.bind(null, steps);
    if (isTyped) requestAnimationFrame(requestAnimationFrame.bind(null, goOn)); // once the first are seen
    else goOn();
    if (answer.state === "loading") put(count, say("loading")); // a count that grows would be no count
    else if (!answer.total && (answer.texts === "loading" || texts === "")) put(count, say("reading"));
    else if (!answer.total) none(answer, titles, offers);
    else {
      var isTitles = answer.texts === "titles" || answer.texts === "many";
      var how = answer.alike ? "alike" : answer.near ? "near" : answer.some ? "some" : isPart() ? "least" : isTitles ? "titles" : "count";
      put(count, say(how, { count: numbers.format(answer.total), query: state.query }));
    }
    redraw(after, function () { draw(after, offers, offer); }, function () { return count; });
  }

  /** Does what can wait, step by step: a key waits for one of them at most; once anything else is shown, the rest is left. */
  function follow(steps) {
    setTimeout(function () {
      if (coming !== steps || !steps.length) return;
      steps.shift()();
      follow(steps);
    });
  }

  /** Draws a part of the page; where the keyboard stood in it, it stays there, or goes on elsewhere if that is gone. */
  function redraw(place, work, elsewhere) {
    var focused = document.activeElement, isHere = place.contains(focused);
    work();
    if (isHere && focused !== document.activeElement) (focused.isConnected ? focused : elsewhere()).focus({ preventScroll: true });
  }

  /** What is said, or can be pressed, after the list. */
  function offer(one) {
    return element("p", Object.assign({ class: one.is || "" }, one.is === "notice" ? { role: "alert" } : {}), [one.text || "", " ", one.label ? button(one.label, one.press) : ""]);
  }

  /** Whether more may be found in texts that have not been looked into. */
  function isPart() {
    return latest.amiss || latest.texts === "more" || latest.texts === "loading";
  }

  /** Shows the other ways to go on. */
  function browse() {
    document.body.classList.remove("searching");
  }

  /** Asks for more to be quoted when the reader has come to what is not. */
  function quoteOn(answer) {
    if (!reached) return;
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
      var books = search.books(rows), many = books.length - 1, own = books[0].length > 1 ? 0 : 1; // the first is listed for its others
      var summary = many ? say("others", { count: many }) : say("same", { count: rows.length });
      var items = books.slice(own).map(function (book) { return element("li", {}, links(book, titles)); });
      made.append(element("details", {}, [element("summary", {}, [summary]), element("ul", {}, items)]));
    }
    return made;
  }

  /** Leads to the lessons of one title in a textbook: the first by what the textbook is, the others by their number. */
  function links(book, titles) {
    var made = [element("a", { href: search.root + book[0].address }, [search.facts(book[0], titles)])];
    book.slice(1).forEach(function (other, at) {
      var place = at + 2 + "/" + book.length;
      made.push(" · ", element("a", { href: search.root + other.address, "aria-label": other.title + " " + place }, [place]));
    });
    return made;
  }

  /** What is chosen, where the facets lie folded. */
  function chips(titles) {
    var all = [];
    FACETS.forEach(function (facet) {
      state.filters[facet].forEach(function (id) { all.push([facet, id, titled(titles[facet], id)]); });
    });
    var made = function (one) {
      var drop = function () { toggle(one[0], one[1], false); };
      return element("li", {}, [button(one[2] + " ×", drop, { "aria-label": say("without", { filter: one[2] }) })]);
    };
    redraw(chosen, function () { draw(chosen, all, made); }, function () { return chosen.querySelector("button") || input; });
  }

  /** The title of an ID, or the ID where there is none, as of one that somebody has made up. */
  function titled(titles, id) {
    return typeof titles[id] === "string" ? titles[id] : id;
  }

  function toggle(facet, id, isChosen) {
    var others = state.filters[facet].filter(function (one) { return one !== id; });
    state.filters[facet] = isChosen ? others.concat(id) : others;
    note(true);
    begin(texts === "few" ? "" : texts); // as what was promised was counted
    if (!texts) wait();
  }

  /** Nothing was found: each filter can be dropped where that would help. */
  function none(answer, titles, offers) {
    browse();
    var named = function (facets) {
      return facets.map(function (facet) { return state.filters[facet].map(titled.bind(null, titles[facet])); }).flat().join("、");
    };
    var offerWithout = function (dropped, many) {
      if (!many) return false;
      var drop = function () {
        dropped.forEach(function (facet) { state.filters[facet] = []; });
        changed(true);
      };
      offers.push({ label: say("drop", { filter: named(dropped), count: numbers.format(many) }), press: drop });
      return true;
    };
    var used = FACETS.filter(function (facet) { return state.filters[facet].length; });
    put(count, answer.amiss ? "" : say(used.length && state.query ? "within" : "none", { query: state.query || named(used) }));
    if (!used.filter(function (facet) { return offerWithout([facet], answer.without[facet]); }).length) offerWithout(used, answer.without.all);
    offers.push({ text: say("advice") });
  }

  /** What there is to choose of a facet; nothing where it makes no difference. */
  function offered(facet) {
    var chosen = state.filters[facet], counts = latest.counts[facet];
    var ids = latest.words.ids[facet].map(String).filter(function (id) { return counts[id] || chosen.indexOf(id) >= 0; });
    return ids.length < 2 && !chosen.length ? [] : ids;
  }

  function refine() {
    redraw(facets, narrowed, function () { return count; });
  }

  /** The facets, of which only what is another than before is made anew. */
  function narrowed() {
    var words = latest.words;
    FACETS.forEach(function (facet) {
      var chosen = state.filters[facet], counts = latest.counts[facet], ids = offered(facet);
      var isBeyond = facet === "stage" && chosen.length && latest.beyond;
      if (facet === "grade") ids.sort(function (a, b) { return a - b; });
      var items = ids.map(function (id) {
        var one = choice(facet, id);
        one.box.checked = chosen.indexOf(id) >= 0;
        put(one.title, titled(words.titles[facet], id));
        put(one.count, numbers.format(counts[id] || 0) + (isPart() || (isBeyond && chosen.indexOf(id) < 0) ? "+" : ""));
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
        more.addEventListener("toggle", function () {
          opened[facet] = more.open;
          drawn[facet] = ids.join() + (more.open ? "+" : "");
        });
        made.append(more);
      }
    });
    facets.hidden = false;
  }

  function choice(facet, id) {
    var key = "_" + facet + "-" + id;
    if (choices[key]) return choices[key];
    var box = element("input", { type: "checkbox", id: key }), title = element("span"), count = element("small");
    box.addEventListener("change", function () { toggle(facet, id, box.checked); });
    var item = element("div", { class: "choice" }, [box, element("label", { for: key }, [title, " ", count])]);
    return (choices[key] = { item: item, box: box, title: title, count: count });
  }

  function changed(step) {
    note(step);
    begin(step ? "texts" : "");
    hasPaused = false;
    if (!step) wait();
  }

  /** Looks into texts after a pause: once after what was typed, and then only where nothing else is found. */
  function wait() {
    pause = setTimeout(function () {
      if (hasPaused && latest && latest.total) return;
      hasPaused = true;
      texts = "few";
      ask();
    }, LONG_PAUSE);
  }

  function begin(how) {
    limit = PAGE;
    quoted = QUOTED;
    left = {};
    clearTimeout(pause);
    texts = how;
    isNew = true;
    ask();
  }

  narrow.addEventListener("toggle", function () { if (narrow.open && latest) refine(); });
  search.listen(input, typed);
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    state.query = input.value;
    changed(true);
  });
  window.addEventListener("pagehide", keep);
  window.addEventListener("pageshow", function (event) { if (event.persisted) isTyping = false; });
  ["wheel", "touchmove", "keydown"].forEach(function (name) { // who moves on is not taken back
    window.addEventListener(name, function () { left = {}; }, { passive: true });
  });
  window.addEventListener("popstate", function (event) {
    if (isAddress(written())) return; // as a link within the page
    clearTimeout(later);
    unwritten = "";
    isTyping = false;
    state = read(location.search);
    input.value = state.query;
    resume(event.state);
  });

  function typed() {
    state.query = input.value;
    changed(false);
  }

  input.value = state.query;
  finder.open();
  resume(history.state);
})();
