/** Fluent's spinner in a file of its own, for `soon`: most waits end before one is shown. */
export { Spinner } from "@fluentui/react-components";
