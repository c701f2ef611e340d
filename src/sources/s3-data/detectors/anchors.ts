import { wasmKernel } from '../../../wasm-kernel.ts';

/** What may be at an anchor; see anchors.wat. */
export const AnchorKind = {
  /** The byte after a number. */
  Ssn: 0,
  Phone: 1,
  Card: 2,
  /** The byte after the first dot of the host name. */
  Email: 3,
  /** The first letter of `AKIA` or `ASIA`. */
  AccessKey: 4,
} as const;
export type AnchorKind = (typeof AnchorKind)[keyof typeof AnchorKind];

/** Where anchors.wat has what. */
/** As far back as the `@` of a host name's first dot may be, and more. */
const LEAD = 128;
const TAIL = 64;
const BYTES = 0x40000 + LEAD;
/** As many bytes are looked at together: they stay in the processor's cache while detectors follow the anchors. */
export const ANCHOR_SLICE = 0x10000;

interface Exports {
  memory: { buffer: ArrayBuffer };
  anchors: (from: number, end: number) => number;
}

let kernel: ReturnType<typeof load> | undefined;

/**
 * Finds the places of at most `ANCHOR_SLICE` bytes from `from` on where a detector should look; `isLast` tells that
 * nothing comes after them, so that digits may end there. What was found before is overwritten.
 *
 * @returns the anchors, in order, and how many they are: place * 8 + kind, places counted from `from`, plus `ANCHOR_BIAS`
 */
export function findAnchors(
  bytes: Uint8Array,
  from: number,
  to: number,
  isLast: boolean,
): { words: Uint32Array; count: number } {
  kernel ??= load();
  const { memory, words, anchors } = kernel;
  const lead = Math.min(LEAD, from);
  memory.fill(0, BYTES - LEAD, BYTES - lead);
  memory.set(bytes.subarray(from - lead, to), BYTES - lead);
  memory.fill(0, BYTES + to - from, BYTES + to - from + TAIL);
  let count = anchors(BYTES, BYTES + to - from + 1);
  // Behind the last byte there are zeros, at which digits end that may go on in the next slice.
  const behind = (to - from + BYTES) * 8;
  if (!isLast) while (count > 0 && (words[count - 1] as number) >= behind) count -= 1;
  return { words, count };
}

export const ANCHOR_BIAS = BYTES;

function load() {
  const { memory, anchors } = wasmKernel('anchors') as Exports;
  return {
    memory: new Uint8Array(memory.buffer),
    words: new Uint32Array(memory.buffer, 0, 0x10000),
    anchors,
  };
}
