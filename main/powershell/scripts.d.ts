/** Scripts are imported as text: by the bundler, by the test runner, and in source runs by build/raw-imports.mjs. */
declare module "*.ps1?raw" {
  const text: string;
  export default text;
}
