/** What was measured beside what was promised. */

import type { Level } from '../browser/probe';
import { median } from '../median';
import type { Answers } from './answers';
import type { Visits } from './openings';

export interface Bar {
  readonly what: string;
  /** Median. */
  readonly measured: number;
  /** At most; `null` where nothing was promised. */
  readonly promised: number | null;
  readonly unit: 'ms' | 'frames' | 'reports';
}

export function openingBars(
  laptop: readonly Visits[],
  slowLine: readonly Visits[],
  unslowed: readonly Visits[],
): Bar[] {
  const cold = laptop.map((visits) => visits.cold);
  const warm = laptop.flatMap((visits) => visits.warm);
  const ms = (what: string, values: readonly number[], promised: number | null): Bar =>
    bar(what, values, promised);
  return [
    ms(
      'switch usable, first visit',
      cold.map((visit) => visit.usableAt),
      1500,
    ),
    ms(
      '  of which until it is there',
      cold.map((visit) => visit.switchAt),
      null,
    ),
    ms(
      '  first forward, from the click',
      cold.map((visit) => visit.flip.values.ms),
      100,
    ),
    ms(
      '  longest task',
      cold.map((visit) => visit.longestTask),
      null,
    ),
    ms(
      'switch usable, later visits',
      warm.map((visit) => visit.usableAt),
      500,
    ),
    ms(
      '  first forward, from the click',
      warm.map((visit) => visit.flip.values.ms),
      100,
    ),
    ms(
      'switch usable, first visit at 1.6 Mbit/s',
      slowLine.map(({ cold: visit }) => visit.usableAt),
      3000,
    ),
    bar(
      "unslowed: work of the page's thread, first visit",
      unslowed.map((visits) => visits.cold.threadMs),
      null,
    ),
    bar(
      "unslowed: work of the page's thread, later visits",
      unslowed.flatMap((visits) => visits.warm.map((visit) => visit.threadMs)),
      null,
    ),
  ];
}

export function answerBars(answers: Partial<Record<Level, Answers>>): Bar[] {
  return Object.entries(answers).flatMap(([level, { flips, edits, longestTaskOfEdits, arrival }]) => {
    // A GPU that is emulated is no measure of values.
    const promised = level === 'webgpu' ? null : 100;
    return [
      bar(
        `${level}: a flip shows its state`,
        flips.map((flip) => flip.state.frames),
        1,
        'frames',
      ),
      bar(
        `${level}: a flip shows its state`,
        flips.map((flip) => flip.state.ms),
        null,
      ),
      bar(
        `${level}: a flip shows its values`,
        flips.map((flip) => flip.values.ms),
        promised,
      ),
      bar(
        `${level}: an edit shows its values`,
        edits.map((edit) => edit.ms),
        null,
      ),
      bar(`${level}: longest task of edits`, [longestTaskOfEdits], null),
      ...(arrival
        ? [
            bar(`${level}: arrives, from its choice`, [arrival.ms], null),
            bar(`${level}: says so on the way`, [arrival.reports], null, 'reports'),
            bar(
              `${level}: a flip meanwhile shows its values`,
              arrival.flips.map((flip) => flip.values.ms),
              null,
            ),
          ]
        : []),
    ];
  });
}

function bar(
  what: string,
  values: readonly number[],
  promised: number | null,
  unit: Bar['unit'] = 'ms',
): Bar {
  return { what, measured: median(values), promised, unit };
}

export function printBars(bars: readonly Bar[]): void {
  for (const { what, measured, promised, unit } of bars) {
    const kept = promised === null ? '' : `at most ${promised}: ${measured <= promised ? 'kept' : 'missed'}`;
    console.log(`${what.padEnd(46)}${measured.toFixed(0).padStart(8)} ${unit.padEnd(8)} ${kept}`);
  }
}
