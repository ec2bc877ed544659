/** Values of a workbook's cells as text. */

/** Digits that Excel keeps of a number, and shows. */
const DIGITS = 15;
const DAY_ENDS_AT = "T00:00:00";

/**
 * A number as plain decimal text, with the digits that Excel shows at most: 1.1000000000000001, which stands in the file for 1.1, is 1.1 again. A
 * whole number that stands there in full keeps all its digits. Throws where it is no number.
 */
export function plainNumber(text: string): string {
  if (/^-?\d+$/.test(text)) return text.replace(/^-?0+$/, "0").replace(/^(-?)0+(?=\d)/, "$1");
  const value = Number(text);
  if (!Number.isFinite(value) || text.trim() === "") throw new RangeError("not a number");
  const [digits = "0", exponent = "0"] = Math.abs(value).toExponential(DIGITS - 1).split("e");
  const kept = digits.replace(".", "").replace(/0+$/, "");
  if (kept === "") return "0";
  const point = 1 + Number(exponent);
  const whole = point <= 0 ? "0" : kept.slice(0, point).padEnd(point, "0");
  const part = point <= 0 ? "0".repeat(-point) + kept : kept.slice(point);
  return `${value < 0 ? "-" : ""}${whole}${part === "" ? "" : `.${part}`}`;
}

/**
 * `YYYY-MM-DD`, with `THH:MM:SS` where it has a time of day. A time without a date, which Excel keeps as a part of its day 0, is `HH:MM:SS`. To
 * the second: as parts of a day times are never quite what was entered.
 */
export function dateText(date: Date): string {
  const text = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString().slice(0, 19);
  if (date.getUTCFullYear() < 1900) return text.slice(11);
  return text.endsWith(DAY_ENDS_AT) ? text.slice(0, -DAY_ENDS_AT.length) : text;
}

/** `A1` for column 0 of row 1. */
export function cellName(column: number, row: number): string {
  let letters = "";
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26)) letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return `${letters}${row}`;
}
