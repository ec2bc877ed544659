/** The code that two people compare when a console is let in: how it is written, and how what was typed of it is read. */
export const CODE_CHARACTERS = 10;

/** `ABCDEFGHJK` as `ABCDE-FGHJK`. */
export function grouped(characters: string): string {
  return `${characters.slice(0, CODE_CHARACTERS / 2)}-${characters.slice(CODE_CHARACTERS / 2)}`;
}

/** A code as it was typed: small letters, blanks, and what looks alike are read as what was meant. */
export function readCode(typed: string): string {
  const plain = typed.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  return plain.length === CODE_CHARACTERS ? grouped(plain) : plain;
}

/** Whether what was typed is as long as a code is. */
export function isWholeCode(typed: string): boolean {
  return readCode(typed).length === CODE_CHARACTERS + 1;
}
