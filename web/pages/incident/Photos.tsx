import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { IncidentDetail } from '../../../core/contract/incidents.ts';
import type { Photo } from '../../../core/contract/photos.ts';
import { ApiError } from '../../api/endpoint.ts';
import { addPhoto, photoAddress, photosQuery } from '../../api/photos.ts';
import { Wrong } from '../../components/form/Wrong.tsx';
import { Moment } from '../../components/Moments.tsx';
import { smallPhoto } from '../../components/small-photo.ts';
import { useMaySpeak } from '../../frame/account.ts';
import { useIncidentTexts } from './texts.ts';

function Add({ incidentId }: { readonly incidentId: string }) {
  const { i } = useIncidentTexts();
  const input = useRef<HTMLInputElement>(null);
  const queryClient = useQueryClient();
  const add = useMutation({
    mutationFn: async (file: File) => {
      const photo = await smallPhoto(file);
      if (photo === null) throw new ApiError('too-large', 0, 'the photograph cannot be read');
      return await addPhoto({ params: { incidentId } }, photo);
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['incident', incidentId] }),
  });
  return (
    <div className="photo-add">
      <input
        ref={input}
        type="file"
        accept="image/*"
        className="hidden-visually"
        tabIndex={-1}
        aria-hidden
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file !== undefined) add.mutate(file);
          target.value = '';
        }}
      />
      <button type="button" className="button" disabled={add.isPending} onClick={() => input.current?.click()}>
        {add.isPending ? i.photoSending : i.photoAdd}
      </button>
      {add.error instanceof ApiError && ['too-large', 'bad-input'].includes(add.error.code) ? (
        <p role="alert" className="wrong">
          {i.photoTooLarge}
        </p>
      ) : (
        <Wrong error={add.error} />
      )}
    </div>
  );
}

function Picture({ photo, incidentId }: { readonly photo: Photo; readonly incidentId: string }) {
  const { i } = useIncidentTexts();
  const from = photo.by ?? (photo.village === null ? '' : i.photoOf(photo.village));
  const address = photoAddress(incidentId, photo.id);
  return (
    <li>
      <a href={address} target="_blank" rel="noreferrer">
        <img src={address} alt={i.photoBy(from)} width={photo.width} height={photo.height} loading="lazy" />
      </a>
      <p className="small muted">
        {from} · <Moment at={photo.at} />
      </p>
    </li>
  );
}

/** What was photographed on the spot, by the officer of the village or by who works on it. */
export function Photos({ incident }: { readonly incident: IncidentDetail }) {
  const { i } = useIncidentTexts();
  const items = useQuery(photosQuery(incident.id)).data?.items ?? [];
  const maySend = useMaySpeak() && incident.mergedInto === null;
  if (items.length === 0 && !maySend) return null;
  return (
    <section>
      <h2>{i.photos}</h2>
      {items.length > 0 && (
        <ul className="photos">
          {items.map((photo) => (
            <Picture key={photo.id} photo={photo} incidentId={incident.id} />
          ))}
        </ul>
      )}
      {maySend && <Add incidentId={incident.id} />}
    </section>
  );
}
