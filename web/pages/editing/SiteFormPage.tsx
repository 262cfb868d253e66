import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { Site } from '../../../core/contract/sites.ts';
import { SITE_KINDS, SITE_STATUSES, type SiteKind, type SiteStatus } from '../../../core/domain/site.ts';
import { createSite, deleteSite, updateSite } from '../../api/inventory.ts';
import { regionQuery, siteQuery } from '../../api/queries.ts';
import { Answer, Skeleton } from '../../components/Screen.tsx';
import { tellSaved } from '../../components/saved/saved.ts';
import { TargetPicker } from '../../components/targets/TargetPicker.tsx';
import { EditFrame, EditPage, useInventoryChanged } from './EditFrame.tsx';
import { ChoiceField, NumberField, TextField } from './fields.tsx';
import { PinMap } from './PinMap.tsx';
import { RetireButton } from './RetireButton.tsx';
import { useEditTexts } from './texts.ts';
import { useEdit } from './use-edit.ts';

type Fields = {
  readonly code: string;
  readonly name: string;
  readonly kind: SiteKind;
  readonly status: SiteStatus;
  readonly regionCode: string;
  readonly lat: number | null;
  readonly lng: number | null;
  readonly address: string | null;
  readonly contact: string | null;
};

const fieldsOf = ({ code, name, kind, status, regionCode, lat, lng, address, contact }: Site): Fields => ({
  code,
  name,
  kind,
  status,
  regionCode,
  lat,
  lng,
  address,
  contact,
});

function SiteForm({ site, regionCode }: { readonly site: Site | null; readonly regionCode: string }) {
  const { e, t } = useEditTexts();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const inventoryChanged = useInventoryChanged();
  const current: Fields =
    site === null
      ? {
          code: '',
          name: '',
          kind: 'village-office',
          status: 'active',
          regionCode,
          lat: null,
          lng: null,
          address: null,
          contact: null,
        }
      : fieldsOf(site);
  const key = siteQuery(site?.id ?? '').queryKey;
  const leave = () =>
    void (site === null ? navigate({ to: '/sites' }) : navigate({ to: '/sites/$siteId', params: { siteId: site.id } }));

  const form = useEdit<Fields, Site>({
    key: `site.${site?.id ?? 'new'}`,
    current,
    isNew: site === null,
    save: ({ changes, seen }, values) =>
      site === null
        ? createSite({ body: { ...values } })
        : updateSite({ params: { siteId: site.id }, body: { ...changes, expected: seen } }),
    ahead(values) {
      const before = queryClient.getQueryData(key);
      if (before !== undefined) queryClient.setQueryData(key, { ...before, ...values });
      return () => queryClient.setQueryData(key, before);
    },
    async onSaved({ id, name }, { changes, seen }) {
      tellSaved(site === null ? e.site.created(name) : e.site.saved(name), () =>
        site === null
          ? deleteSite({ params: { siteId: id } }).then(() => navigate({ to: '/sites' }))
          : updateSite({ params: { siteId: id }, body: { ...seen, expected: changes } }),
      );
      await navigate({ to: '/sites/$siteId', params: { siteId: id } });
      await inventoryChanged();
    },
    refresh: () => queryClient.invalidateQueries({ queryKey: key }),
  });
  const { values, bind, set } = form;
  const region = useQuery({ ...regionQuery(values.regionCode), enabled: values.regionCode !== '' }).data;
  const show = (field: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return '–';
    if (field === 'kind') return t.siteKind[value as SiteKind];
    if (field === 'status') return t.siteStatus[value as SiteStatus];
    return String(value);
  };
  return (
    <EditFrame
      form={form}
      current={current}
      show={show}
      onCancel={leave}
      ending={
        site !== null &&
        site.status !== 'retired' && (
          <RetireButton
            text={e.site.retire}
            question={e.site.retireSure}
            retire={() =>
              updateSite({
                params: { siteId: site.id },
                body: { status: 'retired', expected: { status: site.status } },
              })
            }
            onDone={async () => {
              tellSaved(e.site.retired(site.name), () =>
                updateSite({
                  params: { siteId: site.id },
                  body: { status: site.status, expected: { status: 'retired' } },
                }),
              );
              leave();
              await inventoryChanged();
            }}
          />
        )
      }
    >
      <div className="edit-columns">
        <div className="edit-column">
          <TextField {...bind('name')} most={200} isRequired />
          <div className="edit-pair">
            <TextField {...bind('code')} most={80} isRequired isMono hint={e.hint.code} />
            <ChoiceField {...bind('kind')} options={SITE_KINDS.map((value) => ({ value, text: t.siteKind[value] }))} />
          </div>
          <ChoiceField
            {...bind('status')}
            options={SITE_STATUSES.map((value) => ({ value, text: t.siteStatus[value] }))}
          />
          <TargetPicker
            label={e.field['regionCode'] ?? ''}
            kinds={['region']}
            isSingle
            chosen={
              values.regionCode === ''
                ? []
                : [{ kind: 'region', id: values.regionCode, name: region?.name ?? values.regionCode }]
            }
            onChange={([chosen]) => set({ regionCode: chosen?.id ?? '' })}
          />
          <TextField {...bind('address')} most={500} isLong />
          <TextField {...bind('contact')} most={200} />
        </div>
        <div className="edit-column">
          <PinMap
            place={values.lat === null || values.lng === null ? null : { lat: values.lat, lng: values.lng }}
            regionCode={values.regionCode}
            onChange={(place) => set({ lat: place?.lat ?? null, lng: place?.lng ?? null })}
          />
          <div className="edit-pair">
            <NumberField {...bind('lat')} least={-90} most={90} />
            <NumberField {...bind('lng')} least={-180} most={180} />
          </div>
        </div>
      </div>
    </EditFrame>
  );
}

/** `/sites/new`: within the region whose screen led here. */
export function NewSitePage() {
  const { e } = useEditTexts();
  const { region } = useSearch({ from: '/sites/new' });
  return (
    <EditPage title={e.site.new} context={e.site.context}>
      <SiteForm site={null} regionCode={region ?? ''} />
    </EditPage>
  );
}

/** `/sites/$siteId/edit` */
export function EditSitePage() {
  const { e, t } = useEditTexts();
  const { siteId } = useParams({ from: '/sites/$siteId/edit' });
  const query = useQuery(siteQuery(siteId));
  return (
    <EditPage title={query.data === undefined ? t.sites.column.name : e.site.edit(query.data.name)}>
      <Answer query={query} what={t.sites.column.name} waiting={<Skeleton height={420} />}>
        {(site) => <SiteForm key={site.id} site={site} regionCode={site.regionCode} />}
      </Answer>
    </EditPage>
  );
}
