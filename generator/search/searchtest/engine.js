// Runs soeg.js under Node. A line on stdin is a call, [name, ...arguments], and
// the line on stdout that answers it is { value } or { error }. A name is one of
// calls; "run" comes first, with soeg.js.
const readline = require('node:readline');
const vm = require('node:vm');

globalThis.window = globalThis;
const engines = new Map();
let opened = 0;

const calls = {
  run: (source) => { vm.runInThisContext(source, { filename: 'soeg.js' }); },
  open(index) {
    vm.runInThisContext(index, { filename: 'soeg-indeks.js' });
    engines.set(++opened, globalThis.haandbogSoeg.makeEngine(globalThis.haandbogIndeks));
    return opened;
  },
  close: (id) => { engines.delete(id); },
  search: (id, query, limit) => engines.get(id).search(query, limit).results,
  guessed: (id, query) => engines.get(id).search(query, 1).guessed.map(({ word, near }) => `${word} ${near}`),
  stems: (id, words) => words.map(engines.get(id).stem),
};

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const [name, ...args] = JSON.parse(line);
  let answer;
  try {
    answer = { value: calls[name](...args) };
  } catch (fault) {
    answer = { error: fault.stack };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
});
