import { afterEach, describe, expect, it, vi } from 'vitest';
import { download } from './download';

const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);

function serve(response: () => Response | Promise<Response>): void {
  vi.stubGlobal('fetch', async () => response());
}

/** In pieces of 7 bytes, as a network would. */
function pieces(sent = bytes): Response {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let i = 0; i < sent.length; i += 7) controller.enqueue(sent.slice(i, i + 7));
      controller.close();
    },
  });
  return new Response(stream);
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('download', () => {
  it('gives every byte and reports rising counts up to the whole, not each piece', async () => {
    serve(() => pieces());
    const reports: number[] = [];
    const got = await download('x', bytes.length, (loaded, total) => {
      expect(total).toBe(1000);
      reports.push(loaded);
    });
    expect(got).toEqual(bytes);
    expect(reports.at(-1)).toBe(1000);
    expect(reports.length).toBeLessThanOrEqual(50);
    expect(reports).toEqual([...new Set(reports)].sort((a, b) => a - b));
  });

  it.each([
    ['a file that is not there', () => new Response('no', { status: 404 }), 'HTTP 404'],
    ['a page instead of the file', () => pieces(bytes.slice(0, 30)), '30 of 1000 bytes arrived'],
    ['a longer file', () => pieces(new Uint8Array(1001)), 'longer'],
    ['no network', () => Promise.reject(new TypeError('Failed to fetch')), 'Failed to fetch'],
  ])('fails on %s', async (_what, response, message) => {
    serve(response);
    await expect(download('x', bytes.length, () => undefined)).rejects.toMatchObject({
      code: 'load-failed',
      message: expect.stringContaining(message),
    });
  });
});
