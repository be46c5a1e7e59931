import { readdirSync, readFileSync } from 'node:fs';
import { openFile } from '../src/torch/serialization/describe/open-file';
import { MemorySource } from '../src/torch/serialization/byte-source';
const dir = process.argv[2];
for (const f of readdirSync(dir).sort()) {
  const bytes = new Uint8Array(readFileSync(`${dir}/${f}`));
  const t = performance.now();
  const file = await openFile(new MemorySource(bytes));
  const took = performance.now() - t;
  const d = file.description;
  const p = d.pickles[d.mainPickle];
  console.log(f, d.identity.id, d.container, `rec ${d.records.length} pk ${d.pickles.length} st ${d.storages.length} tn ${d.tensors.length}`, p ? `${p.opcodes} ${p.ending} refused ${p.refusedAt?.name ?? p.refusedAt?.opcode}` : '', p?.calls.map(c => c.text).slice(0, 2).join(' | ').slice(0, 120) ?? '', JSON.stringify(d.faults).slice(0, 200), took > 50 ? `SLOW ${took}` : '');
  let rows = 0;
  for (const [i] of d.pickles.entries()) rows += (await file.opcodeRows(i, 0, 1e6)).length;
  for (const [i, t] of d.tensors.entries()) if (!t.fault && t.numel < 1e6) { await file.statistics(i); await file.readTensor(i, { start: 0, end: 50 }); }
}
