/** The app's own scheme. Never file://, whose pages may read each other. */
export const scheme = "app";
export const pageOrigin = `${scheme}://console`;
export const pageAddress = `${pageOrigin}/index.html`;

/** Whether an address is a page of this app. */
export function isOwnPage(address: string): boolean {
  try {
    const url = new URL(address);
    return url.protocol === `${scheme}:` && url.host === "console" && url.username === "" && url.password === "";
  } catch {
    return false;
  }
}
