/** What a learner does for an hour, without the pauses between. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Tab } from '../browser/tab';

/** Before the page runs: what it waits for comes at once. */
export function compressTime(): void {
  const original = globalThis.setTimeout;
  const hurried = (run: TimerHandler, ms = 0, ...args: unknown[]): number =>
    original(run, Math.min(ms, 1), ...args) as unknown as number;
  globalThis.setTimeout = hurried as typeof globalThis.setTimeout;
}

/** Plays until so many steps have been taken in all. */
export async function train(tab: Tab, steps: number): Promise<void> {
  await tab.call(pressPlay);
  while ((await tab.call(stepsTaken)) < steps) await wait(250);
  await tab.call(pressPlay);
  await wait(500);
}

export async function flips(tab: Tab, times: number): Promise<void> {
  await tab.call(async (left) => {
    for (; left > 0; left--) await globalThis.probe.flip();
  }, times);
}

/** Hidden layers of another width each time: two edits that do not fit, a third that does, and a training step. */
export async function edits(tab: Tab, times: number): Promise<void> {
  for (let done = 0; done < times; done += 3) {
    const width = 2 + ((done / 3) % 63);
    await tab.call(setWidth, width);
    await tab.call(stepOnce);
  }
}

function pressPlay(): void {
  document.querySelector<HTMLButtonElement>('#cell-train button[aria-pressed]')?.click();
}

function stepsTaken(): number {
  const text = document.querySelector('#cell-train figcaption')?.textContent ?? '';
  return Number(/(\d+) steps?: loss/.exec(text)?.[1] ?? 0);
}

async function setWidth(width: number): Promise<void> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const fields = [...document.querySelectorAll<HTMLInputElement>('#cell-network input[inputmode]')];
  const named = (name: string) => fields.filter((field) => field.closest('label')?.textContent === name);
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
  const [, into] = named('in_features');
  for (const field of [named('out_features')[0], named('num_features')[0], into]) {
    set?.call(field, String(width));
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await frame();
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await frame();
  }
  const code = () => document.querySelector('#cell-network pre')?.textContent ?? '';
  while (!code().includes(`nn.Linear(2, ${width})`) || !code().includes(`nn.Linear(${width}, 2)`))
    await frame();
}

async function stepOnce(): Promise<void> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const words = () => document.querySelector('#cell-train figcaption')?.textContent ?? '';
  const before = words();
  document.querySelector<HTMLButtonElement>('#cell-train button[data-primary]')?.click();
  while (words() === before || !words().includes('step')) await frame();
}
