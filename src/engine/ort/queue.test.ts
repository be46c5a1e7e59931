import { describe, expect, it } from 'vitest';
import { Queue } from './queue';

const turn = () => new Promise((resolve) => setTimeout(resolve, 1));

describe('Queue', () => {
  it('starts a job only when the one before has ended', async () => {
    const queue = new Queue();
    const events: string[] = [];
    const job = (name: string) => async () => {
      events.push(`${name} starts`);
      await turn();
      events.push(`${name} ends`);
      return name;
    };
    const results = await Promise.all([queue.add(job('a')), queue.add(job('b')), queue.add(job('c'))]);
    expect(results).toEqual(['a', 'b', 'c']);
    expect(events).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
  });

  it('goes on after a job that fails, and tells its caller alone', async () => {
    const queue = new Queue();
    const failed = queue.add(async () => {
      await turn();
      throw new Error('no');
    });
    const next = queue.add(async () => 'yes');
    await expect(failed).rejects.toThrow('no');
    await expect(next).resolves.toBe('yes');
  });
});
