/** A growing buffer for the bytes of a pickle. */

export class ByteSink {
  private buffer = new Uint8Array(1024);
  private view = new DataView(this.buffer.buffer);
  private length = 0;

  private room(count: number): number {
    const at = this.length;
    this.length += count;
    if (this.length > this.buffer.length) {
      const wider = new Uint8Array(Math.max(this.buffer.length * 2, this.length));
      wider.set(this.buffer);
      this.buffer = wider;
      this.view = new DataView(wider.buffer);
    }
    return at;
  }

  u8(value: number): this {
    const at = this.room(1);
    this.buffer[at] = value;
    return this;
  }

  /** ASCII characters as bytes: opcodes are written as the letters they are. */
  ascii(text: string): this {
    for (let i = 0; i < text.length; i++) this.u8(text.charCodeAt(i));
    return this;
  }

  u16(value: number): this {
    const at = this.room(2);
    this.view.setUint16(at, value, true);
    return this;
  }

  u32(value: number): this {
    const at = this.room(4);
    this.view.setUint32(at, value, true);
    return this;
  }

  i32(value: number): this {
    const at = this.room(4);
    this.view.setInt32(at, value, true);
    return this;
  }

  /** Big-endian, as BINFLOAT stores it. */
  f64(value: number): this {
    const at = this.room(8);
    this.view.setFloat64(at, value, false);
    return this;
  }

  raw(data: Uint8Array): this {
    const at = this.room(data.length);
    this.buffer.set(data, at);
    return this;
  }

  take(): Uint8Array {
    return this.buffer.slice(0, this.length);
  }
}
