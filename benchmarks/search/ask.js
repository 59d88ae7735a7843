/* Asks the search of a built site: a line of JSON for each question, a line with its answer: the addresses of the pages shown,
   and the bytes and the number of the files that were downloaded for it. A question with `visit` begins a visit anew, in which
   nothing but the packs of titles has come. A line without a query is answered with all that is known of all pages.
   Needs the folder of the scripts and the site's. */
"use strict";
const fs = require("fs");
const path = require("path");
const vm = require("vm");
const zlib = require("zlib");
const [scripts, root] = process.argv.slice(2);
const QUALITY = { [zlib.constants.BROTLI_PARAM_QUALITY]: 5 }; // what servers do on the fly
const reader = path.resolve(scripts, "texts.js");
globalThis.self = globalThis;
require(path.resolve(scripts, "finder.js"));
const { Desk, FACETS } = globalThis.finder;

const sizes = new Map(), here = new Set(); // of files as they are sent; those that the browser has by now
let bytes = 0, files = 0;

/** The text of a file of the site; what a browser has already costs nothing. */
function fetched(address) {
  const content = fs.readFileSync(address === reader ? reader : path.join(root, address));
  if (!here.has(address)) {
    here.add(address);
    if (!sizes.has(address)) sizes.set(address, zlib.brotliCompressSync(content, { params: QUALITY }).length);
    bytes += sizes.get(address);
    files++;
  }
  return content.toString("utf8");
}

async function load(address) {
  const text = fetched(address);
  return JSON.parse(text.slice(text.indexOf("(") + 1, text.lastIndexOf(")")));
}

async function run(address) {
  vm.runInThisContext(fetched(address));
}

let settle = null;
const desk = new Desk(load, (answer) => {
  if (answer.state !== "loading" && answer.texts !== "loading") settle(answer);
}, "", null, run, reader);

/** What the desk says when it has all that it needs. */
function ask(question) {
  return new Promise((resolve, reject) => {
    settle = (answer) => (answer.state === "ready" && answer.texts !== "failed" ? resolve(answer) : reject(answer));
    desk.ask({ filters: {}, stage: "", edition: "", ...question });
  });
}

/** Begins a visit: what reads texts, what was read of them, and what is known of characters has to come again. */
function visit() {
  const { finder } = desk;
  finder.packs.forEach((pack) => {
    const { index } = pack;
    pack.index = null;
    pack.readBy(index);
  });
  finder.readings = finder.traditional = null;
  delete globalThis.finder.texts; // so that it is fetched and run again
  desk.lexicon = { address: desk.lexicon.address };
  desk.looked.for = "";
  here.clear();
}

/** What a question is answered with, and what was downloaded for it. */
async function answered({ visit: anew, ...question }) {
  if (anew) visit();
  bytes = files = 0;
  const told = await ask(question);
  return { shown: told.groups.map((members) => members[0].address), bytes, files };
}

/** Of all pages all that the finder knows, and what their text is named in `records.py`, for those who set another beside it. */
function pages() {
  return desk.finder.packs.flatMap((pack) => {
    const facets = pack.facets.map(wordsFor), others = pack.titles.map(() => []);
    pack.alsoOf.forEach((row, number) => others[row].push(pack.also.line(number)));
    return pack.titles.map((title, number) => {
      const row = pack.row(number, []), place = pack.placeOf[number], folder = pack.places[place][0].split("/").pop();
      const page = {
        address: row.address, title, others: others[number].join("\n"), place: row.place, facets: facets[pack.of[number]],
        group: String(pack.group[number]),
      };
      return [page, `${pack.name}/${folder} ${number - pack.firstOf[place]}`];
    });
  });
}

/** All words that the finder would understand as these facets. */
function wordsFor(facets) {
  const has = (name, id) => facets[FACETS.indexOf(name)].map(String).includes(String(id));
  const meets = (meant) => meant.every(([name]) => meant.some(([other, id]) => other === name && has(name, id)));
  return [...desk.finder.words.known].filter(([, meant]) => meets(meant)).map(([said]) => said).join("\n");
}

async function main() {
  await ask({ query: "" });
  for await (const line of require("readline").createInterface({ input: process.stdin })) {
    const question = JSON.parse(line);
    console.log(JSON.stringify(question.query === undefined ? pages() : await answered(question)));
  }
}

main();
