/* Asks the finder of a built site: a line of JSON for each question, a line with the addresses of the pages shown.
   A line without a query is answered with all that is known of all pages. Needs the finder's file and the site's folder. */
"use strict";
const fs = require("fs");
const path = require("path");
const [finder, root] = process.argv.slice(2);
require(path.resolve(finder));

function held(address) {
  const text = fs.readFileSync(path.join(root, address), "utf8");
  return JSON.parse(text.slice(text.indexOf("(") + 1, text.lastIndexOf(")")));
}

let settle = null;
const desk = new globalThis.finder.Desk(
  async (address) => held(address),
  (answer) => { if (answer.state !== "loading") settle(answer); },
);

/** What the desk says when it has all that it needs. */
function ask(question) {
  return new Promise((resolve, reject) => {
    settle = (answer) => (answer.state === "ready" ? resolve(answer) : reject(new Error(answer.state)));
    desk.ask({ filters: {}, stage: "", edition: "", ...question });
  });
}

/** All that the finder knows of all pages, for those who set another beside it. */
function pages() {
  return desk.finder.packs.flatMap((pack) => {
    const facets = pack.facets.map(wordsFor), others = pack.titles.map(() => []);
    pack.also.lines.forEach((title, number) => others[pack.alsoOf[number]].push(title));
    return pack.titles.map((title, number) => {
      const row = pack.row(number), [subject] = row.facets[1], [kind] = row.facets[5];
      return {
        address: row.address, title, others: others[number].join("\n"), place: row.place, facets: facets[pack.of[number]],
        group: kind === "lesson" ? `${subject} ${pack.text.lines[number]}` : row.address,
      };
    });
  });
}

/** All words that the finder would understand as these facets. */
function wordsFor(facets) {
  const has = (name, id) => facets[globalThis.finder.FACETS.indexOf(name)].map(String).includes(String(id));
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
