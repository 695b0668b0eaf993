// micromark, a parser of CommonMark, of which jest cannot load the modules: a list of texts in, of HTML out.
import { text } from 'node:stream/consumers';
import { micromark } from 'micromark';

// Without `allowDangerousHtml`, HTML is shown as a text.
const options = { allowDangerousProtocol: true };
const texts = JSON.parse(await text(process.stdin));
console.log(JSON.stringify(texts.map((markdown) => micromark(markdown, options))));
