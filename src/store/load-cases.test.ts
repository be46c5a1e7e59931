import { expect, test } from 'vitest';
import { type LoadProgram, plainProgram } from '../notebook/load-program';
import type { LoadView } from '../notebook/views';
import { caseOf, forgotten, guessed, type LoadCases, recorded } from './load-cases';

const program: LoadProgram = { ...plainProgram, file: 'a.pth', how: 'state_dict', className: 'Net' };
const load = { program, run: 1 } as LoadView;
const none: LoadCases = new Map();

test('a guess may change until its program has run, and stays beside the result', () => {
  const cases = recorded(guessed(guessed(none, program, 'works'), program, 'silent'), load);
  expect(caseOf(cases, program)).toEqual({ program, guess: 'silent', load });
  expect(caseOf(guessed(cases, program, 'error'), program).guess).toBe('silent');
});

test('a file written anew keeps its guesses and loses its results', () => {
  const other = { ...program, file: 'b.pth' };
  const cases = recorded(recorded(guessed(none, program, 'error'), load), { ...load, program: other });
  expect(caseOf(forgotten(cases, 'a.pth'), program)).toEqual({ program, guess: 'error', load: null });
  expect(caseOf(forgotten(cases, 'a.pth'), other).load).not.toBeNull();
  expect([...forgotten(cases).values()].map((one) => one.load)).toEqual([null, null]);
});
