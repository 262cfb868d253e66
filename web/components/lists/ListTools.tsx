import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { ListName } from '../../../core/contract/list-files.ts';
import type { ViewScreen } from '../../../core/contract/saved-views.ts';
import { deleteView, listFile, saveView, viewsQuery } from '../../api/lists.ts';
import { mayEditInventory, useAccount } from '../../frame/account.ts';
import { Icon } from '../../frame/icons.tsx';
import { FileMenu } from './FileMenu.tsx';
import { useListTexts } from './texts.ts';
import './lists.css';

/** What of an address makes a view: all but the page. */
const viewOf = (search: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(search).flatMap(([name, value]) =>
      name === 'page' || value === undefined ? [] : [[name, String(value)]],
    ),
  );

function Views({ screen }: { readonly screen: ViewScreen }) {
  const { l } = useListTexts();
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const account = useAccount();
  const queryClient = useQueryClient();
  const views = useQuery(viewsQuery(screen)).data?.items ?? [];
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const onSettled = () => queryClient.invalidateQueries({ queryKey: ['views', screen] });
  const save = useMutation({
    mutationFn: () => saveView({ body: { screen, name: name.trim(), isShared, search: viewOf(search) } }),
    onSuccess: () => setName(''),
    onSettled,
  });
  const remove = useMutation({ mutationFn: (viewId: string) => deleteView({ params: { viewId } }), onSettled });
  const mayShare = mayEditInventory(account);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') save.mutate();
  };
  return (
    <details className="list-menu">
      <summary className="button">{l.views}</summary>
      <div className="list-panel">
        {views.length === 0 && <p className="secondary small">{l.noViews}</p>}
        <ul>
          {views.map((view) => (
            <li key={view.id}>
              <button
                type="button"
                className="list-view"
                onClick={() => void navigate({ to: '.', search: (() => view.search) as never })}
              >
                {view.name}
                {view.isShared && <span className="muted small"> · {l.sharedBy(view.by)}</span>}
              </button>
              {view.isMine && (
                <button
                  type="button"
                  className="button quiet"
                  aria-label={l.removeView(view.name)}
                  onClick={() => remove.mutate(view.id)}
                >
                  <Icon name="close" size={16} />
                </button>
              )}
            </li>
          ))}
        </ul>
        <form onSubmit={onSubmit}>
          <input
            className="field"
            aria-label={l.name}
            placeholder={l.name}
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          {mayShare && (
            <label className="list-check">
              <input type="checkbox" checked={isShared} onChange={() => setShared(!isShared)} /> {l.share}
            </label>
          )}
          <button type="submit" className="button" disabled={name.trim() === '' || save.isPending}>
            {l.save}
          </button>
          <span className="small" role="status">
            {save.isError || remove.isError ? l.failed : save.isSuccess && name === '' ? l.saved : ''}
          </span>
        </form>
      </div>
    </details>
  );
}

type ListToolsProps = {
  readonly screen: ViewScreen;
  /** What the file of the list is asked for; absent where it has none. */
  readonly file?: { readonly list: ListName; readonly query: object };
};

/** Saved views of a list and its file, at the end of its filters. */
export function ListTools({ screen, file }: ListToolsProps) {
  const { l, language } = useListTexts();
  return (
    <div className="list-tools">
      <Views screen={screen} />
      {file !== undefined && (
        <FileMenu>
          {(['csv', 'xlsx'] as const).map((format) => (
            <a
              key={format}
              href={listFile(file.list, { ...file.query, page: undefined, pageSize: undefined, format, language })}
              download
            >
              {l[format]}
            </a>
          ))}
        </FileMenu>
      )}
    </div>
  );
}
