import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Wall } from '../../../core/contract/walls.ts';
import { deleteWall, wallsQuery } from '../../api/walls.ts';
import { SecretText } from '../../components/form/SecretText.tsx';
import { Wrong } from '../../components/form/Wrong.tsx';
import { Ago } from '../../components/Moments.tsx';
import { Answer, Empty, PageHead } from '../../components/Screen.tsx';
import { Table } from '../../components/Table.tsx';
import { Sure } from '../portal/Sure.tsx';
import { useWallTexts } from '../wall/texts.ts';
import { WallForm } from './WallForm.tsx';
import './walls.css';

/** Walls of the region: what each shows, when a screen last showed it, and the end of its address. */
export function WallsPage() {
  const { w } = useWallTexts();
  const words = w.manage;
  const query = useQuery(wallsQuery);
  const queryClient = useQueryClient();
  const [edited, setEdited] = useState<Wall | 'new' | null>(null);
  const [made, setMade] = useState<string | null>(null);
  const renew = () => queryClient.invalidateQueries({ queryKey: ['walls'] });
  const revoke = useMutation({
    mutationFn: (wallId: string) => deleteWall({ params: { wallId } }),
    onSuccess: renew,
  });
  const add = (
    <button
      type="button"
      className="button primary"
      onClick={() => {
        setMade(null);
        setEdited('new');
      }}
    >
      {words.add}
    </button>
  );
  const isEmpty = query.data?.items.length === 0;
  return (
    <div className="page">
      <PageHead title={words.title} context={words.context} {...(edited === null && !isEmpty && { actions: add })} />
      {made !== null && (
        <div className="wall-made" role="status">
          <p>{words.once}</p>
          <SecretText label={words.address} value={made} copy={words.copy} copied={words.copied} />
        </div>
      )}
      {edited !== null ? (
        <WallForm
          key={edited === 'new' ? 'new' : edited.id}
          wall={edited === 'new' ? null : edited}
          onDone={(token) => {
            setEdited(null);
            setMade(token === null ? null : `${location.origin}/wall/${token}`);
            void renew();
          }}
          onCancel={() => setEdited(null)}
        />
      ) : (
        <Answer query={query} what={words.title}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={words.empty} action={add}>
                {words.emptyText}
              </Empty>
            ) : (
              <Table
                columns={[
                  words.name,
                  words.region,
                  [words.variant, 'wide-only'],
                  [words.seen, 'wide-only'],
                  ['', 'number'],
                ]}
              >
                {items.map((wall) => (
                  <tr key={wall.id}>
                    <th scope="row">{wall.name}</th>
                    <td>{wall.regionName}</td>
                    <td className="wide-only">{words.variantShort[wall.variant]}</td>
                    <td className="wide-only">
                      {wall.seenAt === null ? <span className="muted">{words.never}</span> : <Ago at={wall.seenAt} />}
                    </td>
                    <td className="number">
                      <button type="button" className="button quiet" onClick={() => setEdited(wall)}>
                        {words.edit}
                      </button>
                      <Sure
                        text={words.revoke}
                        question={words.sure}
                        isBusy={revoke.isPending}
                        onSure={() => {
                          setMade(null);
                          revoke.mutate(wall.id);
                        }}
                      />
                    </td>
                  </tr>
                ))}
              </Table>
            )
          }
        </Answer>
      )}
      <Wrong error={revoke.error} />
    </div>
  );
}
