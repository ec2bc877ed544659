/** The form in which two names of identity stores count as the same name. */
export function nameKey(name: string): string {
  return name.trim().normalize("NFC").toLowerCase();
}
