import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Answer, Skeleton } from '../../components/Screen.tsx';
import { EditPage } from './EditFrame.tsx';
import { useEditTexts } from './texts.ts';

/** The page of a form, of something new or of what stands already. */
export function FormPage<T extends { readonly name: string }>(props: {
  readonly kind: 'device' | 'site' | 'link';
  /** What the screen calls it. */
  readonly what: string;
  readonly isNew: boolean;
  /** Of what stands already. */
  readonly query: UseQueryResult<T>;
  readonly children: (thing: T | null) => ReactNode;
}) {
  const { kind, what, isNew, query, children } = props;
  const { e } = useEditTexts();
  const words = e[kind];
  if (isNew) {
    return (
      <EditPage title={words.new} context={words.context}>
        {children(null)}
      </EditPage>
    );
  }
  return (
    <EditPage title={query.data === undefined ? what : words.edit(query.data.name)}>
      <Answer query={query} what={what} waiting={<Skeleton height={420} />}>
        {(thing) => children(thing)}
      </Answer>
    </EditPage>
  );
}
