/** A DNS name that breaks at its dots where a column is too narrow for it. */
import { Fragment } from "react";

export function HostName({ name }: { readonly name: string }) {
  const [first, ...others] = name.split(".");
  return (
    <>
      {first}
      {others.map((part, index) => (
        <Fragment key={index}>
          .<wbr />
          {part}
        </Fragment>
      ))}
    </>
  );
}
