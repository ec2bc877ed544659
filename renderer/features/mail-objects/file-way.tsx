export function FileWay(_: { readonly storeId: string; readonly offer: unknown; readonly route: unknown }) {
  return null;
}
