// What Kaoto does with a file: reads it into its model, shows its flows, writes it down again. Run by bench/kaoto.
import { readFileSync, readdirSync, writeFileSync, mkdirSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { CamelResourceFactory } from './node_modules/@kaoto/kaoto/lib/esm/models/camel/camel-resource-factory.js';

const [from, to] = process.argv.slice(2);
const FOLDERS = ['.', 'errors', 'kamelets'];
let files = 0;
let shapes = 0;
const wrong = [];

// an error policy without an id gets one; `validate` refuses the file then, since nobody names it
function withoutNewIds(before, after) {
  if (!Array.isArray(before) || !Array.isArray(after)) return after;
  return after.map((item, i) => {
    if (!item.routeConfiguration || before[i]?.routeConfiguration?.id !== undefined) return item;
    const { id, ...rest } = item.routeConfiguration;
    if (id) console.log(`note: an error policy without an id got the id ${id}: take it out again`);
    return { routeConfiguration: rest };
  });
}

for (const folder of FOLDERS) {
  mkdirSync(`${to}/${folder}`, { recursive: true });
  for (const name of readdirSync(`${from}/${folder}`).filter(one => /\.(camel|kamelet)\.yaml$/.test(one)).sort()) {
    const text = readFileSync(`${from}/${folder}/${name}`, 'utf8');
    const resource = CamelResourceFactory.createCamelResource(text, { path: name });
    const shown = resource.getVisualEntities();
    const saved = resource.toString();
    writeFileSync(`${to}/${folder}/${name}`, saved);
    files += 1;
    shapes += shown.length;
    const before = parse(text);
    const expected = Array.isArray(before) ? before.length : 1;
    if (shown.length !== expected) wrong.push(`${folder}/${name}: shows ${shown.length} flows of ${expected}`);
    if (!isDeepStrictEqual(withoutNewIds(before, parse(saved)), before)) wrong.push(`${folder}/${name}: something is lost or changed`);
  }
}
console.log(`kaoto: ${files} files, ${shapes} flows and connectors, ${wrong.length ? wrong.length + ' wrong' : 'nothing lost'}`);
wrong.forEach(one => console.log(one));
process.exit(wrong.length || files < 40 ? 1 : 0);
