/** The next even number of the form 2, 4, 6, 8 or 10 × 10ⁿ, so that an axis and its middle have short numbers. */
export function niceCeiling(value: number): number {
  const power = 10 ** Math.max(0, Math.ceil(Math.log10(value)) - 1);
  const step = [2, 4, 6, 8, 10].find((factor) => factor * power >= value) ?? 10;
  return step * power;
}
