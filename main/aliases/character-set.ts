/** Which code units one element of a pattern takes. */
import { sameIgnoringCase, type Range, type UnitTest } from "./unicode.ts";

export interface CharacterSet {
  readonly includes: UnitTest;
  /** The one unit that it holds; null for any other set. */
  readonly only: number | null;
  /** Whether Unicode's tables decide: categories, or letters regardless of case. */
  readonly byTable: boolean;
  /** Regardless of case it holds an i, which cultures pair up differently. */
  readonly holdsI: boolean;
  /** .NET knows it, this console has no table of it. */
  readonly unknown: boolean;
}

const I_LETTERS = [0x49, 0x69, 0x130, 0x131];

/** Gathers what stands in a class. */
export class SetBuilder {
  negated = false;
  readonly #ignoreCase: boolean;
  readonly #ranges: Range[] = [];
  readonly #tests: UnitTest[] = [];
  #minus: CharacterSet | null = null;
  #byTable = false;
  #unknown = false;

  constructor(ignoreCase: boolean) {
    this.#ignoreCase = ignoreCase;
  }

  addRange(first: number, last = first): void {
    this.#ranges.push([first, last]);
  }

  /** A test that holds whatever the case. */
  addTest(test: UnitTest, negated: boolean, byTable: boolean): void {
    this.#tests.push(negated ? (unit) => !test(unit) : test);
    this.#byTable ||= byTable;
  }

  addUnknown(): void {
    this.#unknown = true;
  }

  /** Takes away what is in another set (`[a-z-[aeiou]]`). */
  subtract(set: CharacterSet): void {
    this.#minus = set;
  }

  build(): CharacterSet {
    const [ranges, tests, minus, negated] = [this.#ranges, this.#tests, this.#minus, this.negated];
    const inRange: UnitTest = (unit) => ranges.some(([first, last]) => first <= unit && unit <= last);
    const inRanges: UnitTest = this.#ignoreCase ? (unit) => sameIgnoringCase(unit).some(inRange) : inRange;
    const [range] = ranges;
    const single = !negated && minus === null && tests.length === 0 && ranges.length === 1 && range !== undefined && range[0] === range[1];
    return {
      includes: (unit) => (inRanges(unit) || tests.some((test) => test(unit))) !== negated && minus?.includes(unit) !== true,
      only: single && (!this.#ignoreCase || sameIgnoringCase(range[0]).length === 1) ? range[0] : null,
      byTable: this.#byTable || this.#ignoreCase || minus?.byTable === true,
      holdsI: (this.#ignoreCase && I_LETTERS.some(inRange)) || minus?.holdsI === true,
      unknown: this.#unknown || minus?.unknown === true,
    };
  }
}

/** One character, as it stands or regardless of case. */
export function singleUnit(unit: number, ignoreCase: boolean): CharacterSet {
  const builder = new SetBuilder(ignoreCase);
  builder.addRange(unit);
  return builder.build();
}
