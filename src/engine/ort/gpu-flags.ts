/** WebGPU's flags (W3C WebGPU, namespaces GPUBufferUsage and GPUMapMode), which TypeScript's DOM library leaves out. */

export const bufferUsage = { mapRead: 0x1, copySource: 0x4, copyTarget: 0x8, storage: 0x80 } as const;

export const mapMode = { read: 0x1 } as const;
