/* Asks the search of a built site: a line of JSON for each question, a line with the addresses of the pages shown.
   A line without a query is answered with all that is known of all pages. Needs the folder of the scripts and the site's. */
"use strict";
const fs = require("fs");
const path = require("path");
const vm = require("vm");
const [scripts, root] = process.argv.slice(2);
const reader = path.resolve(scripts, "texts.js");
globalThis.self = globalThis;
require(path.resolve(scripts, "finder.js"));
const { Desk, FACETS } = globalThis.finder;

async function load(address) {
  const text = fs.readFileSync(path.join(root, address), "utf8");
  return JSON.parse(text.slice(text.indexOf("(") + 1, text.lastIndexOf(")")));
}

async function run(address) {
  vm.runInThisContext(fs.readFileSync(address === reader ? reader : path.join(root, address), "utf8"));
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
    const told = question.query === undefined
      ? pages() : (await ask(question)).groups.map((members) => members[0].address);
    console.log(JSON.stringify(told));
  }
}

main();
