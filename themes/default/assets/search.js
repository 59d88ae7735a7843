/* The box in the head of every page, and the way to the finder. Without it the form leads to the search page. */
(function () {
  "use strict";
  var SHOWN = innerWidth < 480 ? 6 : 8, INDEX = "search/index.js", SOON = 200; // milliseconds in which an answer is there, or it is said that it takes time
  var PATIENCE = 45000; // milliseconds in which a download comes, or is lost
  var DIRECT = /^[\u0400-\u052f\u0600-\u06ff\u0f00-\u0fff\u1800-\u18af]/; // nothing else is composed of these letters
  var form = document.querySelector(".ask");
  if (!form || !window.Promise || !window.Map) return;
  var root = form.getAttribute("data-root"), isCopy = location.protocol === "file:"; // with no connection that may fail
  var numbers = new Intl.NumberFormat(document.documentElement.lang);

  /* ---- the finder: in a worker, or in the page where there can be none */

  /**
   * Asks the finder; tells every answer, and what is amiss. It comes when it is first asked for, its list and first pack beside it.
   * renew: gets the page as it is now, once the site has been published anew.
   */
  function connect(tell, renew) {
    var opened = false, worker = null, ready = false, desk = null, waiting = null, isOld = false, stage = remembered("stage");

    function script(address) {
      return new Promise(function (resolve, reject) {
        var element = document.createElement("script");
        element.src = root + address;
        element.onload = resolve;
        element.onerror = function () { reject(new Error(address)); };
        setTimeout(element.onerror, PATIENCE);
        document.head.appendChild(element).remove();
      });
    }

    function heard(answer) {
      isOld = answer.isOld;
      var isWhole = answer.state !== "failed" && answer.texts !== "failed";
      answer.amiss = isWhole || answer.state === "loading" ? "" : isCopy ? "missing" : isOld ? "old" : "failed";
      tell(answer);
    }

    /** The address of the pack that the finder will want first. */
    function first(index) {
      return (index.packs.filter(function (pack) { return pack[0] === "stages/" + stage; })[0] || index.packs[0] || [])[1];
    }

    function here() {
      var held = null, take = function (data) { held = data; }, early = {};
      var load = function (address) {
        return script(address).then(function () {
          var data = held;
          held = null; // what cannot be read as a script must not pass for the last one
          return data;
        });
      };
      var bring = function (address) {
        var coming = early[address];
        delete early[address];
        return coming || load(address);
      };
      if (worker) {
        worker.onerror = worker.onmessage = null;
        worker.terminate();
      }
      worker = null;
      ready = false;
      window.finder = { index: take, pack: take };
      var index = load(INDEX);
      index.then(function (list) {
        var address = first(list);
        if (address) (early[address] = load(address)).catch(Boolean);
      }).catch(Boolean);
      var fail = function (isGone) {
        opened = false;
        var tell = function (isOld) { heard({ state: "failed", id: waiting && waiting.id, isOld: isOld }); };
        if (isGone) load(INDEX).then(tell.bind(null, true), tell.bind(null, false)); // if it comes, the site has been published anew
        else tell(false);
      };
      script(form.getAttribute("data-finder")).then(function () {
        desk = new window.finder.Desk(bring, heard, stage, index, script, form.getAttribute("data-reader"));
        if (waiting) desk.ask(waiting);
      }, fail.bind(null, true)).catch(fail.bind(null, false)); // which cannot be run
    }

    function open() {
      if (opened) return;
      opened = true;
      if (isCopy || !window.Worker || !window.fetch) { here(); return; }
      var text = function (address, how) {
        return new Promise(function (resolve) {
          setTimeout(resolve, PATIENCE, "");
          fetch(root + address, how).then(function (answer) { return answer.ok ? answer.text() : ""; }).then(resolve, function () { resolve(""); });
        });
      };
      var index = text(INDEX, { cache: "no-cache" });
      try { worker = new Worker(root + form.getAttribute("data-finder")); } catch (error) { here(); return; }
      worker.onmessage = function (event) { heard(event.data); };
      worker.onerror = here;
      index.then(function (list) {
        var early = "";
        try { early = first(JSON.parse(list.slice(list.indexOf("(") + 1, list.lastIndexOf(")")))); } catch (error) { list = ""; }
        if (early) text(early).then(function (pack) { if (worker) worker.postMessage({ pack: pack }); });
        if (!worker) return;
        ready = true;
        worker.postMessage({ root: new URL(root || "./", location.href).href, stage: stage, index: list, early: early, reader: form.getAttribute("data-reader") });
        if (waiting) worker.postMessage(waiting);
      });
    }

    return {
      open: open,
      ask: function (asked) {
        waiting = asked;
        if (asked.retry && isOld) renew();
        else if (desk) desk.ask(asked);
        else if (worker && ready) worker.postMessage(asked);
        else open();
      },
    };
  }

  /* ---- what the reader has chosen before; it never leaves the device */

  function remembered(name) {
    try { return localStorage.getItem("catalogue-" + name) || ""; } catch (error) { return ""; }
  }

  function remember(facets) {
    try {
      if (facets.stage.length === 1) localStorage.setItem("catalogue-stage", facets.stage[0]);
      if (facets.edition.length === 1) localStorage.setItem("catalogue-edition", facets.edition[0]);
    } catch (error) { /* a browser that keeps nothing */ }
  }

  /* ---- words */

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (all, name) { return name in values ? values[name] : all; });
  }

  function element(name, attributes, children) {
    var made = document.createElement(name);
    for (var key in attributes) made.setAttribute(key, attributes[key]);
    (children || []).forEach(function (child) { made.append(child); });
    return made;
  }

  function button(text, press, attributes) {
    var made = element("button", Object.assign({ type: "button" }, attributes), [text]);
    made.addEventListener("click", press);
    return made;
  }

  /** Writes a text where it is another, so that none is announced again. */
  function put(place, text) {
    if (place.textContent !== text) place.textContent = text;
  }

  /** Makes the children of a place of what they show. One that shows the same stays: it may be open, or being pressed. many: as many stay as are to come. */
  function draw(place, shown, make, many) {
    shown.forEach(function (one, at) {
      var child = place.children[at], signs = JSON.stringify(one);
      if (child && child.signs === signs) return;
      var made = make(one);
      made.signs = signs;
      if (child) child.replaceWith(made);
      else place.append(made);
    });
    while (place.children[many || shown.length]) place.lastChild.remove();
  }

  /** A title in which what was asked for is marked. */
  function marked(row) {
    var title = element("span", row.language ? { lang: row.language, dir: "auto" } : {}), done = 0;
    row.marks.forEach(function (mark) {
      title.append(row.title.slice(done, mark[0]), element("mark", {}, [row.title.slice(mark[0], mark[1])]));
      done = mark[1];
    });
    title.append(row.title.slice(done));
    if (row.other) title.append(" · ", element("bdi", { lang: "" }, [row.other]));
    return title;
  }

  /** What a row is, in a few words: where it stands, its stage, its edition, and whether that is an old one. */
  function facts(row, titles) {
    var kind = row.facets.kind[0], said = [];
    if (kind !== "lesson") said.push(titles.kind[kind]);
    if (row.place && row.place !== said[0]) said.push(row.place);
    if (!row.place || kind !== "lesson") row.facets.stage.slice(0, 2).forEach(function (id) { said.push(titles.stage[id]); });
    row.facets.edition.forEach(function (id) { said.push(titles.edition[id]); });
    said.push(row.note);
    return said.filter(Boolean).join(" · ");
  }

  /** Rows of a group by the textbooks that they stand in. */
  function books(rows) {
    var found = new Map();
    rows.forEach(function (row) {
      var book = row.address.replace(/[^/]*$/, "");
      found.set(book, (found.get(book) || []).concat(row));
    });
    return Array.from(found.values());
  }

  /** Tells what is typed, but not of what an input method makes characters; phones compose all words. */
  function listen(input, tell) {
    input.addEventListener("compositionend", function () { tell(); });
    input.addEventListener("input", function (event) { if (!event.isComposing || DIRECT.test(event.data)) tell(); });
  }

  window.catalogueSearch = {
    root: root, form: form, connect: connect, listen: listen, remembered: remembered, remember: remember,
    fill: fill, numbers: numbers, element: element, button: button, put: put, draw: draw, marked: marked, facts: facts, books: books,
  };

  /* ---- the box: a combobox with a list of suggestions (WAI-ARIA Authoring Practices) */

  var input = form.querySelector("input"), find = document.querySelector(".find");
  var list = element("div", { role: "listbox", id: "_suggestions", "aria-label": form.getAttribute("data-suggestions") });
  var news = element("p", { class: "state" }), drop = element("div", { class: "drop", hidden: "" }, [list, news]);
  var status = element("p", { role: "status", class: "unseen" });
  var number = 0, active = -1, late = 0, withheld = null;
  form.append(drop, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", "_suggestions");
  input.setAttribute("aria-expanded", "false");

  if (find) {
    find.addEventListener("click", function (event) {
      if (document.querySelector(".search-page")) return;
      event.preventDefault();
      if (form.classList.toggle("open")) input.focus();
    });
  }

  document.addEventListener("error", function (event) {
    if (/\/search-page\./.test(event.target.src)) document.body.classList.remove("search-page"); // this box serves instead
  }, true);

  var finder = connect(function (answer) {
    var isStill = answer.id === number && document.activeElement === input;
    withheld = isStill && active >= 0 && !drop.hidden ? answer : null; // what is chosen does not move when more comes
    if (isStill && !withheld) show(answer);
  }, function () { location.href = page(input.value); });

  /** The address of the search page that asks the same. */
  function page(query) {
    return form.action.replace(/\?.*/, "") + "?" + new URLSearchParams({ q: query });
  }

  function ask(retry) {
    var query = input.value.trim();
    number++;
    withheld = null;
    choose(-1);
    if (!query) { close(); return; }
    finder.ask({
      id: number, query: query, filters: {}, limit: SHOWN, retry: retry,
      edition: remembered("edition"),
    });
    late = late || setTimeout(function () { if (drop.hidden) say("loading"); }, SOON);
  }

  function say(state) {
    list.replaceChildren();
    tell(state);
    status.textContent = news.firstChild.textContent;
    open();
  }

  /** What there is to say below the list of the catalogue that it was found in. */
  function tell(state) {
    news.textContent = form.getAttribute("data-" + state);
    if (state && state !== "loading") news.append(" ", button(form.getAttribute("data-retry"), function () { input.focus(); ask(true); }));
  }

  function show(answer) {
    if (answer.amiss && !answer.total) { say(answer.amiss); return; }
    if (!answer.groups.length && (answer.state === "loading" || answer.texts === "loading")) { say("loading"); return; }
    var text = answer.total ? fill(form.getAttribute(answer.alike ? "data-alike" : "data-all"), { count: numbers.format(answer.total) }) : form.getAttribute("data-none");
    draw(list, answer.groups.concat({ all: page(answer.query), text: text }), function (rows) {
      if (rows.all) return option(rows.all, text);
      var row = rows[0], many = books(rows).length, more = many > 1 ? fill(form.getAttribute("data-editions"), { count: many }) : "";
      return option(root + row.address, marked(row), [facts(row, answer.words.titles), more].filter(Boolean).join(" · "), row);
    });
    tell(answer.amiss);
    if (answer.state !== "loading") put(status, text);
    open();
  }

  function option(href, title, more, row) {
    var item = element("a", { role: "option", "aria-selected": "false", href: href, tabindex: "-1" }, [title]);
    if (more) item.append(" ", element("small", {}, [more]));
    if (row) item.addEventListener("click", function () { remember(row.facets); });
    else item.className = "all";
    return item;
  }

  function open() {
    Array.from(list.children).forEach(function (item, place) { item.id = "_suggestion-" + place; });
    list.hidden = !list.firstChild;
    news.hidden = !news.firstChild;
    drop.hidden = false;
    input.setAttribute("aria-expanded", String(!list.hidden));
  }

  function close() {
    withheld = null;
    choose(-1);
    clearTimeout(late);
    late = 0;
    number++; // answers that are on their way are of no use any more
    drop.hidden = true;
    status.textContent = "";
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(place) {
    var options = list.querySelectorAll("[role=option]");
    if (!options.length) return;
    if (options[active]) options[active].setAttribute("aria-selected", "false");
    active = place < -1 ? options.length - 1 : place >= options.length ? -1 : place;
    if (active < 0) {
      input.removeAttribute("aria-activedescendant");
      if (withheld) show(withheld);
      return;
    }
    options[active].setAttribute("aria-selected", "true");
    options[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[active].id);
  }

  input.addEventListener("focus", finder.open);
  listen(input, ask);
  input.addEventListener("keydown", function (event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (drop.hidden) ask();
      else choose(event.key === "ArrowDown" ? active + 1 : active - 1);
    } else if (event.key === "Escape" && (!drop.hidden || form.classList.contains("open"))) {
      event.preventDefault();
      if (!drop.hidden) close();
      else {
        form.classList.remove("open");
        find.focus();
      }
    } else if (event.key === "Enter" && active >= 0 && !drop.hidden) {
      event.preventDefault();
      list.querySelectorAll("[role=option]")[active].click();
    }
  });
  form.addEventListener("focusout", function (event) { if (event.relatedTarget !== input && !drop.contains(event.relatedTarget)) close(); });
  if (document.activeElement === input) {
    finder.open(); // the reader was here first
    ask();
  }
  drop.addEventListener("mousedown", function (event) { event.preventDefault(); }); // keeps the keyboard
})();
