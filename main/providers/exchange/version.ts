/** From what Active Directory stores of a server to the version people name. */

/** The entries of the provider drop-down, oldest first. */
export const variants = ["2013", "2016", "2019", "subscription"] as const;
export type Variant = (typeof variants)[number];

/** The last day of Microsoft's support (learn.microsoft.com/lifecycle/products); null has no end. */
export const supportEnds: Readonly<Record<Variant, string | null>> = {
  "2013": "2023-04-11",
  "2016": "2025-10-14",
  "2019": "2025-10-14",
  subscription: null,
};

export interface Build {
  readonly major: number;
  readonly minor: number;
  readonly build: number;
  /** Null where only the packed number was there, which lacks it. */
  readonly revision: number | null;
}

/** Active Directory stores the build with this added; Get-ExchangeServer shows it without. */
const BUILD_OFFSET = 30_000;
/** The first build of Subscription Edition, which kept the number 15.2 of Exchange 2019. */
const FIRST_SUBSCRIPTION_BUILD = 2562;

/**
 * Reads `serialNumber`, such as `Version 15.2 (Build 31118.007)` or, before 2007, `Version 6.5 (Build 7638.2: Service Pack
 * 2)`; null for anything else.
 */
export function parseSerialNumber(text: string): Build | null {
  const match = /^Version (\d{1,3})\.(\d{1,3}) \(Build (\d{1,6})(?:\.(\d{1,6}))?(?::[^()]*)?\)$/i.exec(text.trim());
  if (match === null) return null;
  const build = Number(match[3]);
  return {
    major: Number(match[1]),
    minor: Number(match[2]),
    build: build >= BUILD_OFFSET ? build - BUILD_OFFSET : build,
    revision: match[4] === undefined ? null : Number(match[4]),
  };
}

/** Unpacks `versionNumber`: the constant 7 in 4 bits, major in 6, minor in 6, a flag in 1, build in 15. */
export function unpackVersionNumber(packed: number): Build | null {
  if (!Number.isInteger(packed) || packed < 0 || packed > 0xff_ff_ff_ff || packed >>> 28 !== 7) return null;
  return { major: (packed >>> 22) & 0x3f, minor: (packed >>> 16) & 0x3f, build: packed & 0x7fff, revision: null };
}

/** Which release a build belongs to, or null for one that is not in the drop-down, such as Exchange 2010. */
export function variantOf({ major, minor, build }: Build): Variant | null {
  if (major !== 15) return null;
  if (minor === 0) return "2013";
  if (minor === 1) return "2016";
  if (minor !== 2) return null;
  return build >= FIRST_SUBSCRIPTION_BUILD ? "subscription" : "2019";
}

/** Releases before the drop-down's, by major version (learn.microsoft.com/exchange/new-features/build-numbers-and-release-dates). */
const earlier: Readonly<Record<number, (minor: number) => string>> = {
  6: (minor) => (minor === 0 ? "2000" : "2003"),
  8: () => "2007",
  14: () => "2010",
};

/** The release of a build: its entry of the drop-down, its year, or its number where no release with it is known. */
export function releaseOf(build: Build): string {
  return variantOf(build) ?? earlier[build.major]?.(build.minor) ?? `${build.major}.${build.minor}`;
}

/** `15.0.1497.2`, without the revision where it is not known. */
export function formatBuild({ major, minor, build, revision }: Build): string {
  return [major, minor, build, ...(revision === null ? [] : [revision])].join(".");
}
