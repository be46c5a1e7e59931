/** Answers what the page asks about the files of the shelf. A file is opened once, and the newest few stay open. */
import { PythonError } from '../../../torch/errors';
import type { ByteSource } from '../../../torch/serialization/byte-source';
import { openFile } from '../../../torch/serialization/describe/open-file';
import { Cancelled, type OpenFile } from '../../../torch/serialization/describe/types';
import { Refusal } from '../../../torch/serialization/refusal';
import type { UnreadView } from '../../views/inspection';
import { compareFiles, differenceOf } from './compare';
import { exportFile } from './export';
import { foldsOf } from './folds';
import type { InspectionAnswer, InspectionRequest, Watch } from './inspections';
import { statisticsOf } from './statistics';
import { bytesOf, stepsOf } from './steps';
import { inspected, openings } from './verdict';

/** Files kept open: two side by side, and the one looked at before. */
const KEPT = 3;

/** Items of a value that are listed at once. */
const LISTED = 200;

export class Inspector {
  private readonly sourceOf: (name: string) => ByteSource | null;
  /** By the source they are read from: a file that is written over has another one. */
  private readonly opened = new Map<ByteSource, Promise<OpenFile>>();

  constructor(sourceOf: (name: string) => ByteSource | null) {
    this.sourceOf = sourceOf;
  }

  /** `null` where a file is not on the shelf, can no longer be read, or `watch` has stopped the reading. */
  async answer(request: InspectionRequest, watch: Watch = {}): Promise<InspectionAnswer | null> {
    try {
      return await ('left' in request ? this.answerOfTwo(request, watch) : this.answerOfOne(request, watch));
    } catch (error) {
      if (error instanceof PythonError || error instanceof Refusal || error instanceof Cancelled) return null;
      throw error;
    }
  }

  private async answerOfOne(
    request: Exclude<InspectionRequest, { readonly left: string }>,
    watch: Watch,
  ): Promise<InspectionAnswer | null> {
    const source = this.sourceOf(request.file);
    const file = source && (await this.open(source));
    if (!file) return null;
    switch (request.about) {
      case 'describe':
        return inspected(file);
      case 'openings':
        return openings(request.file, file.description, source);
      case 'statistics':
        return each(request.tensors, Number, file, watch, (tensor, own) => statisticsOf(file, tensor, own));
      case 'outline':
        return file.outline(request.pickle, request.path, { depth: 1, items: LISTED });
      case 'folds':
        return foldsOf(file, request.pickle);
      case 'opcodes':
        return file.opcodeRows(request.pickle, request.from, request.count);
      case 'records':
        return file.checkRecords({ checksums: true, ...watch });
      case 'export':
        return exportFile(request.file, file, request.as, watch);
    }
  }

  private async answerOfTwo(
    request: Extract<InspectionRequest, { readonly left: string }>,
    watch: Watch,
  ): Promise<InspectionAnswer | null> {
    const sources = [this.sourceOf(request.left), this.sourceOf(request.right)];
    const [left, right] = await Promise.all(sources.map((source) => source && this.open(source)));
    if (!left || !right) return null;
    if (request.about === 'compare') return compareFiles(left.description, right.description);
    return each(
      request.pairs,
      ([tensor]) => tensor,
      left,
      watch,
      (pair, own) => differenceOf(left, right, pair, own),
    );
  }

  private open(source: ByteSource): Promise<OpenFile> {
    const known = this.opened.get(source);
    if (known) return known;
    const file = openFile(source);
    this.opened.set(source, file);
    for (const oldest of this.opened.keys()) {
      if (this.opened.size <= KEPT) break;
      this.opened.delete(oldest);
    }
    return file;
  }
}

/** What `look` finds for each subject, a tensor of `file`; where something cannot be read, why. */
async function each<Subject, View>(
  subjects: readonly Subject[],
  tensorOf: (subject: Subject) => number,
  file: OpenFile,
  watch: Watch,
  look: (subject: Subject, watch: Watch) => Promise<View>,
): Promise<(View | UnreadView)[]> {
  const views: (View | UnreadView)[] = [];
  const steps = stepsOf(
    subjects.map((subject) => bytesOf(file, tensorOf(subject))),
    watch,
  );
  for (const [i, subject] of subjects.entries()) {
    try {
      views.push(await look(subject, steps[i]));
    } catch (error) {
      if (!(error instanceof PythonError || error instanceof Refusal)) throw error;
      views.push({ tensor: tensorOf(subject), problem: error.message });
    }
    steps[i].onProgress?.(1, 1);
  }
  return views;
}
