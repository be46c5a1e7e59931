/** Many values of the device read back at once: each wait for the GPU costs more than the bytes do. */
import type { Results } from '../backend';
import { bufferUsage, mapMode } from './gpu-flags';

const FLOAT_BYTES = 4;

interface Place {
  readonly start: number;
  readonly length: number;
}

export class Readback {
  private readonly buffer: GPUBuffer;
  private readonly places = new Map<string, Place>();

  /** `lengths` by name, in floats. */
  constructor(device: GPUDevice, lengths: ReadonlyMap<string, number>) {
    let size = 0;
    for (const [name, length] of lengths) {
      this.places.set(name, { start: size, length });
      size += length;
    }
    this.buffer = device.createBuffer({
      size: size * FLOAT_BYTES,
      usage: bufferUsage.mapRead | bufferUsage.copyTarget,
    });
  }

  /** Copies a named value whole, or one of its slices of `length` floats. */
  take(
    encoder: GPUCommandEncoder,
    name: string,
    from: GPUBuffer,
    part?: { readonly length: number; readonly slice: number },
  ): void {
    const place = this.places.get(name)!;
    const { length, slice } = part ?? { length: place.length, slice: 0 };
    const to = (place.start + slice * length) * FLOAT_BYTES;
    encoder.copyBufferToBuffer(from, 0, this.buffer, to, length * FLOAT_BYTES);
  }

  /** Waits for what has been submitted. Once. */
  async read(): Promise<Results> {
    await this.buffer.mapAsync(mapMode.read);
    const all = new Float32Array(this.buffer.getMappedRange());
    return new Map(
      [...this.places].map(([name, { start, length }]) => [name, all.slice(start, start + length)]),
    );
  }

  destroy(): void {
    this.buffer.destroy();
  }
}
