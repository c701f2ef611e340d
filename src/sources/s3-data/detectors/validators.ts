/** Whether the last digits are those that the weights make of the digits before, by the rule of Brazil's numbers. */
export function hasCheckDigits(text: string, weights: readonly (readonly number[])[]): boolean {
  const digits = text.replace(/\D/g, '');
  if (/^(\d)\1*$/.test(digits)) return false;
  return weights.every((row) => {
    const sum = row.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
    const rest = sum % 11;
    return Number(digits[row.length]) === (rest < 2 ? 0 : 11 - rest);
  });
}

/** Whether the last of the digits is right by Luhn's formula. */
export function luhn(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  const sum = digits
    .split('')
    .toReversed()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return digits.length > 1 && sum % 10 === 0;
}

/** Whether letters and digits, the check digits after two letters, are right by ISO 7064, as those of an IBAN are. */
export function mod97(text: string): boolean {
  const code = text.replace(/[^A-Za-z0-9]/g, '').toUpperCase();
  const digits = `${code.slice(4)}${code.slice(0, 4)}`.replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  return digits.split('').reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}
