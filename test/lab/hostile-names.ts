/** Names as people, files and attackers make them: what has a meaning to LDAP, to PowerShell or to a terminal, and what nobody sees. */
import * as fc from "fast-check";

const pieces = ['"', "'", "`", "$(calc)", "$env:TEMP", "`n", "\n", "\r\n", "\0", "\t", ",", "+", ";", "<", ">", "=", "#", "\\", "\\2C", "\\\\", " ", "  ", "*", "(", ")", ")(cn=*", "/", "|", "&", "{0}", "%PATH%", "--", "\u202E", "\u200F", "\u00A0", "😀", "👩‍👩‍👧", "é", "e\u0301", "ß", "İ", "ı", "中", "\uFFFD", "\uD800", "\uDC00", "\u007F", "CN=", ",DC=lab", "x", "Sales"];

/** One of every kind that was ever thought of. */
export const knownNames: readonly string[] = ["Sales, \"North\"", "$(Get-Process)", "a`nb", "O'Neil", "#hash", " lead", "trail ", "  both  ", "back\\slash", "back\\", "a+b=c;d<e>f", "x".repeat(64), "x".repeat(65), "😀".repeat(32), "😀".repeat(33), "مرحبا", "\u202Egnp.exe", "line\nfeed", "zero\0octet", "*", "(cn=*)", "\uD83D", "", " "];

/** Names out of such pieces, up to 80 units long. */
export const hostileName: fc.Arbitrary<string> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(...knownNames) },
  { weight: 6, arbitrary: fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 8 }).map((parts) => parts.join("")) },
  { weight: 3, arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 80 }) },
);
