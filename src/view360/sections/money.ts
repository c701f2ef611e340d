/** Amounts as decimal text, added without loss. */

const SCALE = 15;

function scaled(amount: string): bigint {
  const [, sign = '', digits = '0', fraction = ''] = /^(-?)(\d*)(?:\.(\d*))?$/.exec(plain(amount)) ?? [];
  const units = BigInt(`${digits || '0'}${fraction.slice(0, SCALE).padEnd(SCALE, '0')}`);
  return sign === '-' ? -units : units;
}

/** Without an exponent, which AWS writes for very small amounts. */
function plain(amount: string): string {
  return /e/i.test(amount) ? Number(amount).toFixed(SCALE) : amount;
}

function written(units: bigint): string {
  const sign = units < 0n ? '-' : '';
  const digits = String(units < 0n ? -units : units).padStart(SCALE + 1, '0');
  return `${sign}${digits.slice(0, -SCALE)}.${digits.slice(-SCALE)}`.replace(/\.?0+$/, '');
}

export function sumOf(amounts: readonly string[]): string {
  return written(amounts.reduce((sum, amount) => sum + scaled(amount), 0n));
}

export function difference(one: string, other: string): string {
  return written(scaled(one) - scaled(other));
}

/** Percent, or null of nothing. */
export function percentage(change: string, of: string): string | null {
  return Number(of) === 0 ? null : ((100 * Number(change)) / Math.abs(Number(of))).toFixed(4);
}
